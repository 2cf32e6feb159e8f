import Catalog
import Pricing
import Runs

/// Reads single things by their ids, in batches; one that is gone is absent from the answer.
struct RecordReader: Sendable {
    let client: GraphQLClient

    func variants(_ numbers: [Int64], currency: Currency) async throws(StoreError) -> [Int64: VariantRecord] {
        try await records(.variantStates, .variant, numbers) { node throws(AnswerFault) in
            try VariantRecord(node: node, currency: currency)
        }
    }

    /// Reads some fields; those that hang under no further object cost a third.
    func variants(
        _ numbers: [Int64],
        fields: FieldSet,
        currency: Currency
    ) async throws(StoreError) -> [Int64: LiveVariant] {
        guard fields.isSubset(of: .ofVariantItself) else {
            return try await variants(numbers, currency: currency).mapValues { LiveVariant($0, fields: fields) }
        }
        return try await records(.variantPrices, .variant, numbers) { node throws(AnswerFault) in
            try LiveVariant(node: node, fields: fields, currency: currency)
        }
    }

    func products(_ numbers: [Int64]) async throws(StoreError) -> [Int64: ProductRecord] {
        try await records(.productStates, .product, numbers) { node throws(AnswerFault) in
            try ProductRecord(node: node)
        }
    }

    func stock(items: [Int64], location: Int64) async throws(StoreError) -> [Int64: StockState] {
        let place = JSONMember("location", .string(ResourceID(.location, location).gid))
        return try await records(.stockStates, .inventoryItem, items, place) { node throws(AnswerFault) in
            try StockState(node: node)
        }
    }

    /// As many ids as a list may have, as one call may cost, and as the bucket holds.
    private func idsPerCall(_ operation: AdminOperation, _ maximum: Int) -> Int {
        let cost = PaceMemory.documentedCost(ofOneOf: operation)
        return max(1, min(StoreLimits.idsPerCall, (min(maximum, 1000) - 10) / max(Int(cost), 1)))
    }

    /// Reads `nodes(ids:)`, whose answer has one entry per id, in order, null for what is gone.
    private func records<Record: Sendable>(
        _ operation: AdminOperation,
        _ kind: ResourceID.Kind,
        _ numbers: [Int64],
        _ more: JSONMember...,
        reading: @escaping @Sendable (AnswerField) throws(AnswerFault) -> Record
    ) async throws(StoreError) -> [Int64: Record] {
        let unique = Array(Set(numbers)).sorted()
        let most = idsPerCall(operation, await client.bucket.maximum)
        let batches = stride(from: 0, to: unique.count, by: most).map { start in
            Array(unique[start..<min(start + most, unique.count)])
        }
        let parts = try await client.inParallel(batches) { batch throws(StoreError) -> [(Int64, Record)] in
            let ids = JSONValue.array(batch.map { .string(ResourceID(kind, $0).gid) })
            return try await client.read(operation, .object([JSONMember("ids", ids)] + more), units: batch.count) {
                data throws(AnswerFault) in
                let nodes = try data.member("nodes")
                let elements = try nodes.elements()
                guard elements.count == batch.count else { throw nodes.fault("has another length than was asked for") }
                var found: [(Int64, Record)] = []
                for (number, node) in zip(batch, elements) where !node.isNull {
                    guard try node.member("id").id(kind).number == number else { throw node.fault("is another id") }
                    found.append((number, try reading(node)))
                }
                return found
            }
        }
        return Dictionary(parts.joined().map { ($0.0, $0.1) }) { first, _ in first }
    }
}
