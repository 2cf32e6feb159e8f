import Catalog
import Runs
import Snapshots

/// Pulls a catalogue to local disk and holds it against a count that has nothing to do with the export.
///
/// Where the two disagree, or the count changed meanwhile, it is pulled once more; then it counts as incomplete.
struct CatalogExporter: Sendable {
    let client: GraphQLClient
    let bulk: BulkExporter
    let pages: CatalogPages

    func export(to path: String, resuming ticket: ExportTicket?) async throws(StoreError) -> CatalogExport {
        do throws(StoreError) {
            return try await proven(path: path, ticket: ticket)
        } catch {
            LocalFile.remove(path)
            // Failing for good in the middle of a reading leaves the snapshot unproven (FAULTS SN-4, SN-9).
            guard case .unavailable(let shop, let operation, let reason) = error else { throw error }
            throw .incomplete(shop: shop, reason: "\(operation) got no useful answer: \(reason)")
        }
    }

    private func proven(path: String, ticket: ExportTicket?) async throws(StoreError) -> CatalogExport {
        var ticket = ticket
        var bulkFailure: String?
        var objections: [String] = []
        for _ in 1...2 {
            let before = try await counts()
            var file: BulkFile?
            if bulkFailure == nil {
                switch try await bulk.export(to: path, resuming: ticket) {
                case .file(let complete): file = complete
                case .empty: file = try BulkFile(emptyAt: path)
                case .unservable(let reason): bulkFailure = reason
                }
                ticket = nil
            }
            let pulled: BulkFile
            if let file {
                pulled = file
            } else {
                pulled = try await pages.export(to: path, counts: before, because: bulkFailure ?? "")
            }
            let after = try await counts()
            objections = Self.objections(to: pulled, before: before, after: after)
            if objections.isEmpty {
                let proof = SnapshotProof(
                    bytes: pulled.bytes,
                    objects: pulled.objects,
                    rootObjects: pulled.rootObjects,
                    products: after.products.exact,
                    variants: after.variants.exact
                )
                return CatalogExport(path: path, proof: proof)
            }
        }
        throw .incomplete(shop: client.shop, reason: objections.joined(separator: "; "))
    }

    /// What the counts say against the file.
    ///
    /// The variants are counted when the file is read, against the proof.
    private static func objections(to file: BulkFile, before: CatalogCounts, after: CatalogCounts) -> [String] {
        let variants = file.objects == 0 ? 0 : nil
        return [
            StoreCount.objection(
                to: file.rootObjects,
                of: "products",
                before: before.products,
                after: after.products
            ),
            StoreCount.objection(to: variants, of: "variants", before: before.variants, after: after.variants),
        ].compactMap(\.self)
    }

    private func counts() async throws(StoreError) -> CatalogCounts {
        try await client.read(.catalogCounts) { data throws(AnswerFault) in try CatalogCounts(data) }
    }
}
