/// The mutation of a bulk import: checked once, then run for every line of variables.
struct BulkMutation {
    private let text: String
    private let document: GraphQLDocument

    init(_ text: String) throws(GraphQLErrors) {
        self.text = text
        do {
            document = try GraphQLParser.document(text)
        } catch {
            throw GraphQLErrors(list: [GraphQLError(message: error.message, locations: [error.location])])
        }
        guard let operation = document.operations.first else { return }
        let errors = DocumentValidation.errors(schema: .admin, document: document, operation: operation)
        guard errors.isEmpty else { throw GraphQLErrors(list: errors) }
    }

    /// Why the document may not run in bulk; nil where it may.
    var refusal: String? {
        guard document.operations.count == 1, let operation = document.operations.first, operation.kind == .mutation
        else { return "The document must hold one mutation." }
        guard operation.selections.count == 1, case .field(let root)? = operation.selections.first else {
            return "The mutation must have exactly one root field."
        }
        return root.name.hasPrefix("bulkOperation") ? "\(root.name) cannot be run in bulk." : nil
    }

    /// One result line: the data, or the errors, with the number of its input line.
    func run(_ line: ArraySlice<UInt8>, number: Int, in state: StoreState) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        do throws(GraphQLErrors) {
            guard let variables = try? JSONParser.parse(Array(line)) else {
                throw GraphQLErrors(list: [GraphQLError(message: "The line is no JSON object.")])
            }
            let operation = try PreparedOperation(
                text: text,
                operationName: nil,
                variables: variables,
                limitsCost: false
            )
            let faults = state.faults.take(names: ["bulkLine"])
            for case .edit(let edits) in faults {
                for edit in edits { try? state.control(edit) }
            }
            let execution = Execution(state, operation, faults: faults)
            let data = execution.data()
            if !execution.errors.isEmpty { Self.write(execution.errors, into: &writer) }
            writer.name("data")
            writer.raw(bytes: data)
        } catch {
            Self.write(error.list, into: &writer)
        }
        writer.name("__lineNumber")
        writer.int(number)
        writer.endObject()
        writer.endLine()
        return writer.bytes
    }

    private static func write(_ errors: [GraphQLError], into writer: inout JSONWriter) {
        writer.name("errors")
        writer.value(.array(errors.map(\.json)))
    }
}

extension StoreState {
    /// Carries a bulk mutation on to so many of its lines; `false` where its document cannot run.
    func run(_ record: BulkOperationRecord, toLine end: Int) -> Bool {
        guard let mutation = try? BulkMutation(record.document) else { return false }
        while record.linesDone < min(end, record.lines.count) {
            let number = record.linesDone
            record.results += mutation.run(record.lines[number], number: number, in: self)
            record.linesDone += 1
        }
        record.objectCount = record.linesDone
        record.rootObjectCount = record.linesDone
        return true
    }
}
