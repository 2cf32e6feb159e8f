extension Resolvers {
    private static func operation(_ read: @escaping @Sendable (BulkOperationRecord) -> Resolved) -> Resolver {
        Resolver { source, _, _ in
            if case .bulkOperation(let record) = source { read(record) } else { .null }
        }
    }

    static func addBulkOperations(to table: inout [String: Resolver]) {
        table["QueryRoot.bulkOperation"] = Resolver { _, field, run throws(GraphQLError) in
            .optional(
                try number(field.arguments["id"], of: "BulkOperation").flatMap { run.state.pollBulkOperation($0) }
                    .map { .bulkOperation($0) }
            )
        }
        table["QueryRoot.bulkOperations"] = Resolver { _, _, run in
            .connection(.of(run.state.bulk.records, isSorted: true, number: \.number) { .bulkOperation($0) })
        }
        table["QueryRoot.currentBulkOperation"] = Resolver { _, field, run in
            let isMutation = field.arguments["type"]?.text == "MUTATION"
            let latest = run.state.bulk.records.last { $0.isMutation == isMutation }
            return .optional(latest.flatMap { run.state.pollBulkOperation($0.number) }.map { .bulkOperation($0) })
        }
        table["BulkOperation.id"] = operation { .string($0.id) }
        table["BulkOperation.type"] = operation { .string($0.isMutation ? "MUTATION" : "QUERY") }
        table["BulkOperation.status"] = operation { .string($0.status) }
        table["BulkOperation.query"] = operation { .string($0.document) }
        table["BulkOperation.errorCode"] = operation { .optional($0.errorCode) }
        table["BulkOperation.createdAt"] = operation { .string(Timestamp.text($0.createdAt)) }
        table["BulkOperation.completedAt"] = operation { .optional($0.completedAt.map { Timestamp.text($0) }) }
        table["BulkOperation.objectCount"] = operation { .string(String($0.objectCount)) }
        table["BulkOperation.rootObjectCount"] = operation { .string(String($0.rootObjectCount)) }
        table["BulkOperation.fileSize"] = operation { .optional($0.fileSize.map { String($0) }) }
        table["BulkOperation.url"] = operation { .optional($0.url) }
        table["BulkOperation.partialDataUrl"] = operation { .optional($0.partialDataUrl) }
    }
}
