import Catalog

/// The titles of a file's products, of all or of some: those that stand in their lines as they are.
///
/// Reports name every product that differs; reading its title back costs more than keeping it. Not Sendable by itself: written by one
/// reader, then frozen into a ``PackedSnapshot``.
final class TitleTable {
    private let bytes = RowStorage<UInt8>()
    /// By the product, where its title begins + 1; 0 where it was not kept.
    private let starts = RowStorage<UInt32>()

    /// Adds the next product, with its title where it is to be kept.
    func append(_ title: UnsafeBufferPointer<UInt8>?) {
        starts.append(0)
        if let title { keep(title, ofProduct: starts.count - 1) }
    }

    /// Adds products whose titles are in another table, of which those are kept that are asked for.
    func append(_ other: TitleTable, of rows: UnsafeBufferPointer<ProductRow>, keeping kept: some Sequence<Int>) {
        let first = starts.count
        for _ in rows { starts.append(0) }
        for product in kept where starts.rows[first + product] == 0 {
            if let title = other.title(ofProduct: product, rows[product]) { keep(title, ofProduct: first + product) }
        }
    }

    /// The title of a product, valid as long as the table lives and is not added to; nil where it was not kept.
    func title(ofProduct product: Int, _ row: ProductRow) -> UnsafeBufferPointer<UInt8>? {
        guard product < starts.count, starts.rows[product] != 0 else { return nil }
        let start = Int(starts.rows[product]) - 1
        return UnsafeBufferPointer(rebasing: bytes.buffer[start..<start + Int(row.titleLength)])
    }

    private func keep(_ title: UnsafeBufferPointer<UInt8>, ofProduct product: Int) {
        // Beyond four gigabytes of titles the others are read back.
        guard let start = UInt32(exactly: bytes.count + 1) else { return }
        bytes.append(contentsOf: title)
        starts.rows[product] = start
    }
}
