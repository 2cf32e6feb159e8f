/// `bulkOperationRunQuery`, `bulkOperationRunMutation` and `bulkOperationCancel`.
struct StartBulkOperation {
    private let run: Execution
    private let field: PlannedField

    init(_ run: Execution, _ field: PlannedField) {
        self.run = run
        self.field = field
    }

    func query() -> Resolved {
        let text = field.arguments["query"]?.text ?? ""
        var errors = UserErrors(type: "BulkOperationUserError", hasCodes: true)
        for problem in Self.problems(of: text) { errors.add(["query"], problem, "INVALID") }
        return start(isMutation: false, document: text, &errors)
    }

    private static func problems(of text: String) -> [String] {
        guard text.utf8.count <= 65_535 else { return ["The bulk query is too long (maximum is 65535 bytes)."] }
        do {
            return BulkRules.problems(
                of: try PreparedOperation(
                    text: text,
                    operationName: nil,
                    variables: .object([]),
                    limitsCost: false
                )
            )
        } catch {
            return ["Invalid bulk query: " + error.list.map(\.message).joined(separator: "; ")]
        }
    }

    func mutation() -> Resolved {
        let text = field.arguments["mutation"]?.text ?? ""
        var errors = UserErrors(type: "BulkMutationUserError", hasCodes: true)
        var lines: [UInt8] = []
        do {
            let operation = try BulkMutation(text)
            if let refusal = operation.refusal { errors.add(["mutation"], refusal, "INVALID_MUTATION") }
        } catch {
            errors.add(["mutation"], error.list.map(\.message).joined(separator: "; "), "INVALID_MUTATION")
        }
        if let path = field.arguments["stagedUploadPath"]?.text,
            case .some(.some(let file)) = run.state.bulk.uploads[path]
        {
            lines = file
            if file.isEmpty {
                errors.add(["stagedUploadPath"], "The uploaded file is empty.", "INVALID_STAGED_UPLOAD_FILE")
            }
        } else {
            errors.add(
                nil,
                "The JSONL file could not be found. Try uploading the file again, and check that you've entered the "
                    + "URL correctly for the stagedUploadPath mutation argument.",
                "NO_SUCH_FILE"
            )
        }
        return start(isMutation: true, document: text, lines: lines, &errors)
    }

    private func start(
        isMutation: Bool,
        document: String,
        lines: [UInt8] = [],
        _ errors: inout UserErrors
    ) -> Resolved {
        let state = run.state
        for case .userError(_, let path, let message, let code) in run.faults {
            errors.add(path.isEmpty ? nil : path, message, code)
        }
        var started: BulkOperationRecord?
        if errors.isEmpty {
            let running = state.bulk.running(isMutation: isMutation)
            if running.count >= BulkOperations.concurrent {
                let ids = running.map(\.id).joined(separator: ", ")
                errors.add(
                    nil,
                    "A bulk \(isMutation ? "mutation" : "query") operation for this app and shop is already in "
                        + "progress: \(ids).",
                    "OPERATION_IN_PROGRESS"
                )
                for record in running { state.advance(record) }
            } else {
                let record = BulkOperationRecord(
                    number: state.number("BulkOperation"),
                    isMutation: isMutation,
                    document: document,
                    lines: lines,
                    at: state.milliseconds
                )
                state.bulk.records.append(record)
                started = record
            }
        }
        return payload(started, errors)
    }

    func cancel() throws(GraphQLError) -> Resolved {
        var errors = UserErrors(type: "UserError", hasCodes: false)
        let number = try Resolvers.number(field.arguments["id"], of: "BulkOperation")
        let record = run.state.bulk.records.first { $0.number == number }
        if let record {
            if record.isFinished {
                errors.add(nil, "A bulk operation cannot be canceled when it is \(record.status.lowercased())")
            } else {
                record.status = "CANCELING"
            }
        } else {
            errors.add(["id"], "Bulk operation does not exist")
        }
        return payload(record, errors)
    }

    private func payload(_ record: BulkOperationRecord?, _ errors: UserErrors) -> Resolved {
        .object(
            .record(
                type: field.type.name,
                values: [
                    "bulkOperation": .optional(record.map { .bulkOperation($0) }),
                    "userErrors": .objects(errors.list),
                ]
            )
        )
    }
}
