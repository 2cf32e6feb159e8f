/// Answers one operation: resolves the selected fields in order and writes them straight into JSON.
final class Execution {
    let state: StoreState
    let operation: PreparedOperation
    private(set) var errors: [GraphQLError] = []
    /// Objects written so far: what the call really cost.
    private(set) var objects = 0
    /// Faults that take part in this call.
    let faults: [FaultAction]

    init(_ state: StoreState, _ operation: PreparedOperation, faults: [FaultAction] = []) {
        self.state = state
        self.operation = operation
        self.faults = faults
    }

    /// The JSON of `data`.
    func data() -> [UInt8] {
        var writer = JSONWriter()
        let type = operation.schema.rootName(of: operation.operation.kind)
        let root = Selection([operation.operation.selections], on: type, path: [], operation)
        let source: Source = operation.operation.kind == .mutation ? .mutation : .query
        writer.beginObject()
        for field in root.fields(on: type) { write(field, of: source, into: &writer) }
        writer.endObject()
        return writer.bytes
    }

    func write(_ source: Source, _ selection: Selection, into writer: inout JSONWriter) {
        objects += 1
        writer.beginObject()
        for field in selection.fields(on: source.typeName) { write(field, of: source, into: &writer) }
        writer.endObject()
    }

    /// Resolves a field; an error goes into `errors` and leaves null.
    func resolve(_ field: PlannedField, of source: Source) -> Resolved {
        do throws(GraphQLError) {
            if case .record(_, let values) = source, let value = values[field.name] { return value }
            if let refused = AccessScopes.refusal(of: field, granted: state.configuration.scopes) {
                throw refused
            }
            return try field.resolver?.read(source, field, self) ?? .null
        } catch {
            var error = error
            if error.locations.isEmpty { error.locations = [field.location] }
            if error.path.isEmpty { error.path = field.path }
            errors.append(error)
            return .null
        }
    }

    private func write(_ field: PlannedField, of source: Source, into writer: inout JSONWriter) {
        writer.name(field.key)
        let resolved = resolve(field, of: source)
        if field.isConnection, case .connection(let connection) = resolved, let selection = field.selection {
            do {
                let page = try Page(of: connection, field.arguments)
                write(page, field.type.name, selection, into: &writer)
            } catch {
                var error = error
                error.locations = [field.location]
                error.path = field.path
                errors.append(error)
                writer.null()
            }
            return
        }
        write(resolved, field.selection, into: &writer)
    }

    func write(_ resolved: Resolved, _ selection: Selection?, into writer: inout JSONWriter) {
        switch resolved {
        case .null, .connection: writer.null()
        case .bool(let value): writer.bool(value)
        case .int(let value): writer.int(value)
        case .double(let value): writer.raw("\(value)")
        case .string(let value): writer.string(value)
        case .strings(let values):
            writer.beginArray()
            for value in values { writer.string(value) }
            writer.endArray()
        case .object(let source):
            if let selection { write(source, selection, into: &writer) } else { writer.null() }
        case .objects(let sources):
            writer.beginArray()
            for source in sources {
                if let source, let selection { write(source, selection, into: &writer) } else { writer.null() }
            }
            writer.endArray()
        }
    }

    private func write(_ page: Page, _ type: String, _ selection: Selection, into writer: inout JSONWriter) {
        writer.beginObject()
        for part in selection.fields(on: type) {
            writer.name(part.key)
            switch part.name {
            case "nodes":
                writer.beginArray()
                for index in page.indices { write(.object(page.element(index)), part.selection, into: &writer) }
                writer.endArray()
            case "edges":
                writer.beginArray()
                for index in page.indices { writeEdge(page, index, part, into: &writer) }
                writer.endArray()
            case "pageInfo":
                write(.object(page.info), part.selection, into: &writer)
            default: writer.string(type)
            }
        }
        writer.endObject()
    }

    private func writeEdge(_ page: Page, _ index: Int, _ part: PlannedField, into writer: inout JSONWriter) {
        writer.beginObject()
        for field in part.selection?.fields(on: part.type.name) ?? [] {
            writer.name(field.key)
            switch field.name {
            case "node": write(.object(page.element(index)), field.selection, into: &writer)
            case "cursor": writer.string(page.cursor(index))
            default: writer.string(part.type.name)
            }
        }
        writer.endObject()
    }
}
