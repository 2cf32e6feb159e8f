/// What the API refuses in the query of a bulk operation (Admin API, "Perform bulk operations with the GraphQL Admin
/// API"), found before anything runs.
struct BulkRules {
    private let operation: PreparedOperation
    private var connections = 0
    private var deepest = 0
    private var problems: [String] = []

    init(_ operation: PreparedOperation) { self.operation = operation }

    /// The message of every broken rule; empty where the query may run.
    static func problems(of operation: PreparedOperation) -> [String] {
        guard operation.operation.kind == .query else {
            return ["Invalid operation type. Only `query` operations are supported."]
        }
        if let root = operation.rootFields.first(where: { $0 == "node" || $0 == "nodes" }) {
            return ["Bulk queries cannot contain a top level `\(root)` field."]
        }
        var rules = BulkRules(operation)
        rules.walk(operation.operation.selections, on: "QueryRoot", depth: 0, inList: false)
        if rules.connections == 0 { rules.problems.append("Bulk queries must contain at least one connection.") }
        if rules.connections > 5 { rules.problems.append("Bulk queries cannot contain more than 5 connections.") }
        if rules.deepest > 3 {
            rules.problems.append("Bulk queries cannot contain connections with a nesting depth greater than 2.")
        }
        return rules.problems
    }

    private mutating func walk(_ selections: [GraphQLSelection], on type: String, depth: Int, inList: Bool) {
        for selection in selections {
            switch selection {
            case .inline(let condition, _, let inner, _):
                walk(inner, on: condition ?? type, depth: depth, inList: inList)
            case .spread(let name, _, _):
                guard let fragment = operation.document.fragments[name] else { continue }
                walk(fragment.selections, on: fragment.type, depth: depth, inList: inList)
            case .field(let field): visit(field, on: type, depth: depth, inList: inList)
            }
        }
    }

    private mutating func visit(_ field: GraphQLField, on type: String, depth: Int, inList: Bool) {
        guard let definition = operation.schema.objects[type]?.fields[field.name] else { return }
        let inner = definition.type.name
        guard inner.hasSuffix("Connection") else {
            let isList = definition.type.isList && !type.hasSuffix("Connection")
            walk(field.selections, on: inner, depth: depth, inList: inList || isList)
            return
        }
        connections += 1
        deepest = max(deepest, depth + 1)
        if inList {
            problems.append("Queries that contain a connection field within a list field are not currently supported.")
        }
        for case .field(let part) in field.selections {
            if part.name == "nodes" {
                problems.append(
                    "Bulk queries must select `edges { node }`; `nodes` is not supported (field '\(field.name)')."
                )
            }
            guard part.name == "edges" else { continue }
            for case .field(let node) in part.selections where node.name == "node" {
                checkNode(node, field: field, on: inner)
                let nodeType = String(inner.dropLast("Connection".count))
                walk(node.selections, on: nodeType, depth: depth + 1, inList: false)
            }
        }
    }

    /// A node with a connection below it has to select its id under its own name.
    private mutating func checkNode(_ node: GraphQLField, field: GraphQLField, on connection: String) {
        let type = String(connection.dropLast("Connection".count))
        guard holdsConnection(node.selections, on: type) else { return }
        let hasID = node.selections.contains {
            if case .field(let inner) = $0 { inner.name == "id" && inner.alias == nil } else { false }
        }
        if !hasID {
            problems.append(
                "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be "
                    + "of 'ID' return type. Connection fields without 'id': \(field.name)."
            )
        }
    }

    private func holdsConnection(_ selections: [GraphQLSelection], on type: String) -> Bool {
        selections.contains { selection in
            switch selection {
            case .field(let field):
                guard let inner = operation.schema.objects[type]?.fields[field.name]?.type.name else { return false }
                return inner.hasSuffix("Connection") || holdsConnection(field.selections, on: inner)
            case .inline(let condition, _, let inner, _): return holdsConnection(inner, on: condition ?? type)
            case .spread(let name, _, _):
                guard let fragment = operation.document.fragments[name] else { return false }
                return holdsConnection(fragment.selections, on: fragment.type)
            }
        }
    }
}
