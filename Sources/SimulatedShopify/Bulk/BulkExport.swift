/// Writes the result file of a bulk query: one node a line, nested connections as lines of their own with `__parentId`,
/// never next to their parents: windows of root nodes, in each first all roots, then all children, then theirs.
struct BulkExport {
    private let execution: Execution
    private let root: PlannedField
    private let window: Int
    private var writer = JSONWriter()
    private(set) var objectCount = 0
    private(set) var rootObjectCount = 0

    /// A node that still has to be written, with the field it was selected by and its parent's id.
    private struct Pending {
        let source: Source
        let selection: Selection
        let parent: String?
    }

    init?(_ execution: Execution, window: Int, escapesMarkup: Bool) {
        let selection = Selection(
            [execution.operation.operation.selections],
            on: "QueryRoot",
            path: [],
            execution.operation
        )
        guard let root = selection.fields(on: "QueryRoot").first(where: { $0.name != "__typename" }) else { return nil }
        self.execution = execution
        self.root = root
        self.window = max(1, window)
        writer.escapesMarkup = escapesMarkup
    }

    /// The whole file.
    mutating func run() -> [UInt8] {
        var pending: [Pending] = []
        gather(root, of: .query, parent: nil, into: &pending)
        rootObjectCount = pending.count
        var start = 0
        while start < pending.count {
            let end = min(start + window, pending.count)
            var generation = Array(pending[start..<end])
            while !generation.isEmpty {
                var next: [Pending] = []
                for node in generation { write(node, children: &next) }
                generation = next
            }
            start = end
        }
        return writer.bytes
    }

    private func gather(_ field: PlannedField, of source: Source, parent: String?, into pending: inout [Pending]) {
        let resolved = execution.resolve(field, of: source)
        if case .object(let object) = resolved {
            for inner in field.selection?.fields(on: object.typeName) ?? [] where inner.selection != nil {
                gather(inner, of: object, parent: parent, into: &pending)
            }
            return
        }
        guard case .connection(let connection) = resolved,
            let edges = field.selection?.fields(on: field.type.name).first(where: { $0.name == "edges" }),
            let node = edges.selection?.fields(on: edges.type.name).first(where: { $0.name == "node" }),
            let selection = node.selection
        else { return }
        let isReversed = field.arguments["reverse"]?.boolean ?? false
        for index in 0..<connection.count {
            let source = connection.element(isReversed ? connection.count - 1 - index : index)
            pending.append(Pending(source: source, selection: selection, parent: parent))
        }
    }

    private mutating func write(_ node: Pending, children: inout [Pending]) {
        objectCount += 1
        writer.beginObject()
        var connections: [(PlannedField, Source)] = []
        let id = members(of: node.source, node.selection, &connections)
        if let parent = node.parent {
            writer.name("__parentId")
            writer.string(parent)
        }
        writer.endObject()
        writer.endLine()
        for (field, source) in connections { gather(field, of: source, parent: id ?? node.parent, into: &children) }
    }

    /// Writes the plain members of an object; connections are put aside.
    ///
    /// Returns the object's id.
    private mutating func members(
        of source: Source,
        _ selection: Selection,
        _ connections: inout [(PlannedField, Source)]
    ) -> String? {
        var id: String?
        for field in selection.fields(on: source.typeName) {
            if field.isConnection {
                connections.append((field, source))
                continue
            }
            writer.name(field.key)
            let resolved = execution.resolve(field, of: source)
            if case .object(let inner) = resolved, let selection = field.selection {
                writer.beginObject()
                _ = members(of: inner, selection, &connections)
                writer.endObject()
                continue
            }
            if field.key == "id", case .string(let text) = resolved { id = text }
            execution.write(resolved, field.selection, into: &writer)
        }
        return id
    }
}
