extension Resolvers {
    static func addMutations(to table: inout [String: Resolver]) {
        table["Mutation.productUpdate"] = mutation { field, run in ProductUpdate(run).payload(field) }
        table["Mutation.productVariantsBulkUpdate"] = mutation { field, run throws(GraphQLError) in
            try VariantsUpdate(run, field).payload()
        }
        table["Mutation.inventorySetQuantities"] = mutation { field, run throws(GraphQLError) in
            try SetQuantities.check(field)
            return try idempotent(field, run) { SetQuantities(run, field).payload() }
        }
        table["Mutation.inventoryActivate"] = mutation { field, run throws(GraphQLError) in
            try idempotent(field, run) { () throws(GraphQLError) in try ActivateLevel(run, field).payload() }
        }
        table["Mutation.bulkOperationRunQuery"] = mutation { field, run in StartBulkOperation(run, field).query() }
        table["Mutation.bulkOperationRunMutation"] = mutation { field, run in
            StartBulkOperation(run, field).mutation()
        }
        table["Mutation.bulkOperationCancel"] = mutation { field, run throws(GraphQLError) in
            try StartBulkOperation(run, field).cancel()
        }
        table["Mutation.stagedUploadsCreate"] = mutation { field, run in StagedUploads(run, field).payload() }
    }

    private static func mutation(
        _ run: @escaping @Sendable (PlannedField, Execution) throws(GraphQLError) -> Resolved
    ) -> Resolver {
        Resolver { _, field, execution throws(GraphQLError) in
            execution.state.counters.mutations[field.name, default: 0] += 1
            return try run(field, execution)
        }
    }

    /// Runs a mutation that needs `@idempotent(key:)`, or gives the first answer of the same key again.
    private static func idempotent(
        _ field: PlannedField,
        _ run: Execution,
        _ payload: () throws(GraphQLError) -> Resolved
    ) throws(GraphQLError) -> Resolved {
        guard let key = field.idempotencyKey, !key.isEmpty else {
            throw .coded(
                "BAD_REQUEST",
                "The @idempotent directive is required for this mutation but was not provided."
            )
        }
        let arguments = field.arguments.values.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.jsonText)" }.joined(separator: "&")
        let fingerprint = "\(field.name)(\(arguments))"
        let now = run.state.seconds
        if let earlier = run.state.idempotency[key], now - earlier.at < IdempotentCall.lifetime {
            return earlier.fingerprint == fingerprint ? earlier.payload : mismatch(field)
        }
        let result = try payload()
        // A refusal that a fault rule made up is not remembered, so that the same key can succeed later.
        let isMadeUp = run.faults.contains { if case .userError = $0 { true } else { false } }
        if isMadeUp { return result }
        run.state.idempotency[key] = IdempotentCall(fingerprint: fingerprint, payload: result, at: now)
        return result
    }

    private static func mismatch(_ field: PlannedField) -> Resolved {
        let isTyped = field.name == "inventorySetQuantities"
        var errors = UserErrors(
            type: isTyped ? "InventorySetQuantitiesUserError" : "UserError",
            hasCodes: isTyped
        )
        errors.add(
            nil,
            "The idempotency key has been used with different request parameters.",
            "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"
        )
        return .object(
            .record(
                type: field.type.name,
                values: [
                    "inventoryAdjustmentGroup": .null, "inventoryLevel": .null, "userErrors": .objects(errors.list),
                ]
            )
        )
    }
}
