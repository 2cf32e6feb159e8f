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
            let execution = Execution(state, operation)
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
    /// Runs a bulk mutation over all its lines; nil where its document cannot run.
    func mutationOutput(of record: BulkOperationRecord) -> (bytes: [UInt8], objects: Int, roots: Int)? {
        guard let mutation = try? BulkMutation(record.document) else { return nil }
        var output: [UInt8] = []
        var count = 0
        for line in record.lines.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
            output += mutation.run(line, number: count, in: self)
            count += 1
        }
        return (output, count, count)
    }
}
