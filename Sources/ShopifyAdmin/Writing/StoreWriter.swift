import Catalog
import Pricing
import Runs

/// The narrow writes: each sends one mutation and tells what the store would not do.
struct StoreWriter: Sendable {
    let client: GraphQLClient

    func update(product: Int64, to values: [CatalogField: FieldValue]) async throws(StoreError) -> [WriteRefusal] {
        guard !values.isEmpty else { return [] }
        let input = try prepared(.updateProduct) { () throws(UnsendableField) in
            try FieldInput.product(product, values)
        }
        return try await send(.updateProduct, ["product": input], payload: "productUpdate") {
            payload throws(AnswerFault) in
            try Self.require("product", in: payload)
        }
    }

    /// Amounts must be in the shop's currency: the API takes bare numbers and would believe any (FAULTS MO-8).
    func update(
        variants: [VariantUpdate],
        of product: Int64,
        currency: Currency
    ) async throws(StoreError) -> [WriteRefusal] {
        try requireCount(variants.count, atMost: StoreLimits.variantsPerCall, .updateVariants)
        let inputs = try prepared(.updateVariants) { () throws(UnsendableField) in
            var inputs: [JSONValue] = []
            for update in variants {
                inputs.append(try FieldInput.variant(update.variant, update.values, currency: currency))
            }
            return JSONValue.array(inputs)
        }
        return try await send(
            .updateVariants,
            ["product": .string(ResourceID(.product, product).gid), "variants": inputs],
            payload: "productVariantsBulkUpdate"
        ) { payload throws(AnswerFault) in
            try Self.require("product", in: payload)
        }
    }

    func setStock(_ updates: [StockUpdate], key: String, reference: String) async throws(StoreError) -> StockAnswer {
        guard !updates.isEmpty else { return StockAnswer(refusals: [], changes: [:]) }
        try requireCount(updates.count, atMost: StoreLimits.quantitiesPerCall, .setStock)
        let quantities = updates.map { update -> JSONValue in
            [
                "inventoryItemId": .string(ResourceID(.inventoryItem, update.inventoryItem).gid),
                "locationId": .string(ResourceID(.location, update.location).gid),
                "quantity": .integer(update.quantity), "changeFromQuantity": .integer(update.expected),
            ]
        }
        let input: JSONValue = [
            "name": "available", "reason": "correction", "referenceDocumentUri": .string(reference),
            "quantities": .array(quantities),
        ]
        var changes: [Int64: Int64] = [:]
        // A change to what already is leaves no adjustment group: what is not listed has to be read.
        let refusals = try await sendUnderKey(
            .setStock,
            ["input": input, "key": .string(key)],
            payload: "inventorySetQuantities"
        ) { payload throws(AnswerFault) in
            changes = try Self.changes(in: payload, of: updates)
        }
        return StockAnswer(refusals: refusals, changes: changes)
    }

    /// The changes an answer lists, by inventory item; only those at the location that was written.
    private static func changes(
        in payload: AnswerField,
        of updates: [StockUpdate]
    ) throws(AnswerFault) -> [Int64: Int64] {
        var changes: [Int64: Int64] = [:]
        guard let group = try payload.nullable("inventoryAdjustmentGroup"), group.value["changes"] != nil else {
            return changes
        }
        let places = Set(updates.map(\.location))
        for change in try group.member("changes").elements() {
            guard let item = try change.nullable("item"), let location = try change.nullable("location"),
                places.count == 1, places.contains(try location.member("id").id(.location).number)
            else { continue }
            changes[try item.member("id").id(.inventoryItem).number] = try change.member("delta").integer()
        }
        return changes
    }

    func activateStock(_ update: StockUpdate, key: String) async throws(StoreError) -> [WriteRefusal] {
        try await sendUnderKey(
            .activateStock,
            [
                "item": .string(ResourceID(.inventoryItem, update.inventoryItem).gid),
                "location": .string(ResourceID(.location, update.location).gid),
                "available": .integer(update.quantity), "key": .string(key),
            ],
            payload: "inventoryActivate"
        ) { payload throws(AnswerFault) in
            try Self.require("inventoryLevel", in: payload)
        }
    }

    /// Sends, waits as long as an earlier sending under the key is at work, and turns spent keys into errors (FAULTS AP-5).
    private func sendUnderKey(
        _ operation: AdminOperation,
        _ variables: JSONValue,
        payload: String,
        proof: (AnswerField) throws(AnswerFault) -> Void
    ) async throws(StoreError) -> [WriteRefusal] {
        var attempt = 1
        while true {
            let refusals = try await send(operation, variables, payload: payload, proof: proof)
            if refusals.contains(where: { $0.code == "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" }) {
                throw .keyMisused(shop: client.shop, operation: operation.name)
            }
            if refusals.contains(where: { $0.code == "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED" }) {
                throw .keySpent(shop: client.shop, operation: operation.name)
            }
            guard let busy = refusals.first(where: { $0.code == "IDEMPOTENCY_CONCURRENT_REQUEST" }) else {
                return refusals
            }
            do throws(StoreError) {
                try await client.pauseForKey(attempt: attempt, operation: operation)
            } catch {
                throw .unknownOutcome(
                    shop: client.shop,
                    operation: operation.name,
                    reason: "its key is still in use: \(busy.message)"
                )
            }
            attempt += 1
        }
    }

    private func send(
        _ operation: AdminOperation,
        _ variables: JSONValue,
        payload: String,
        proof: (AnswerField) throws(AnswerFault) -> Void
    ) async throws(StoreError) -> [WriteRefusal] {
        let answer = try await client.perform(operation, variables)
        do throws(AnswerFault) {
            let field = try answer.data.member(payload)
            let refusals = try UserError.list(in: field).map(\.refusal)
            if refusals.isEmpty { try proof(field) }
            return refusals
        } catch {
            // It was carried out, one way or the other; what it did has to be read.
            throw .unknownOutcome(shop: client.shop, operation: operation.name, reason: error.description)
        }
    }

    /// What must be in the payload where nothing was refused.
    private static func require(_ name: String, in payload: AnswerField) throws(AnswerFault) {
        let written = try payload.member(name)
        if written.isNull { throw written.fault("is null though nothing was refused") }
    }

    func prepared(
        _ operation: AdminOperation,
        _ input: () throws(UnsendableField) -> JSONValue
    ) throws(StoreError) -> JSONValue {
        do throws(UnsendableField) {
            return try input()
        } catch {
            throw .refused(
                shop: client.shop,
                operation: operation.name,
                code: "UNSENDABLE",
                message: "\(error.field.rawValue) \(error.reason); nothing was sent"
            )
        }
    }

    private func requireCount(_ count: Int, atMost limit: Int, _ operation: AdminOperation) throws(StoreError) {
        guard count > limit else { return }
        throw .refused(
            shop: client.shop,
            operation: operation.name,
            code: "UNSENDABLE",
            message: "\(count) items are more than the \(limit) of one call; nothing was sent"
        )
    }
}
