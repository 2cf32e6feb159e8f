import CSimdjson

extension SKUIndex {
    /// Rows of another snapshot whose partners are brought nearer at a time: their cache lines fit the innermost cache together.
    package static let approachedRows = 32

    /// Starts to bring everything nearer that a comparison will look at for some rows of another snapshot: the index's slots, the
    /// rows those name, their products and levels.
    ///
    /// Two stores rarely have their items in one order, so that each of these is somewhere else; asked for together, they come
    /// together. Only a hint: nothing follows from it.
    package func approach(_ rows: Range<Int>, of other: PackedSnapshot) {
        let theirs = other.variants
        let ours = snapshot.variants
        let products = snapshot.products
        guard let first = ours.baseAddress, let firstProduct = products.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: rows.count) { places in
            for (number, row) in rows.enumerated() {
                places[number] = prefetchSlot(of: theirs[row].sku)
            }
            for number in places.indices {
                let row = row(inSlot: places[number])
                places[number] = row
                guard row >= 0 else { continue }
                csj_prefetch(first + row)
                csj_prefetch(UnsafeRawPointer(first + row) + 64)
            }
            for number in places.indices where places[number] >= 0 {
                let product = firstProduct + Int(first[places[number]].product)
                csj_prefetch(product)
                csj_prefetch(UnsafeRawPointer(product) + 64)
                snapshot.prefetchLevelRange(ofVariant: places[number])
            }
            for number in places.indices where places[number] >= 0 {
                snapshot.prefetchLevels(ofVariant: places[number])
            }
        }
    }
}
