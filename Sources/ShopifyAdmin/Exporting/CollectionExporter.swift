import Runs
import Snapshots

/// Pulls the members of all collections to local disk.
struct CollectionExporter: Sendable {
    let client: GraphQLClient
    let bulk: BulkExporter

    func export(to path: String) async throws(StoreError) -> CatalogExport {
        do throws(StoreError) {
            return try await proven(path)
        } catch {
            LocalFile.remove(path)
            guard case .unavailable(let shop, let operation, let reason) = error else { throw error }
            throw .incomplete(shop: shop, reason: "\(operation) got no useful answer: \(reason)")
        }
    }

    private func proven(_ path: String) async throws(StoreError) -> CatalogExport {
        var objection = ""
        for _ in 1...2 {
            let before = try await count()
            let pulled: BulkFile
            switch try await bulk.export(to: path, resuming: nil) {
            case .file(let file): pulled = file
            case .empty: pulled = try BulkFile(emptyAt: path)
            case .unservable(let reason):
                throw .incomplete(shop: client.shop, reason: "the collections cannot be exported: \(reason)")
            }
            let after = try await count()
            let found = StoreCount.objection(to: pulled.rootObjects, of: "collections", before: before, after: after)
            guard let found else {
                let proof = SnapshotProof(
                    bytes: pulled.bytes,
                    objects: pulled.objects,
                    rootObjects: pulled.rootObjects
                )
                return CatalogExport(path: path, proof: proof)
            }
            objection = found
        }
        throw .incomplete(shop: client.shop, reason: objection)
    }

    private func count() async throws(StoreError) -> StoreCount {
        try await client.read(.collectionsCount) { data throws(AnswerFault) in
            try StoreCount(try data.member("collectionsCount"))
        }
    }
}
