/// Works out what a query asks of the cost bucket, by the documented default costs: scalars and enums 0, objects 1,
/// connections by the size of the page asked for, mutations 10 and their selection (Admin API, "Shopify API
/// limits").
///
/// A list that is no connection counts as one object, but `nodes(ids:)` as one for each id.
struct QueryCost {
    let schema: GraphQLSchema
    let document: GraphQLDocument
    let variables: [String: JSONValue]

    func requested(by operation: GraphQLOperation) -> Int {
        let root = schema.rootName(of: operation.kind)
        guard operation.kind == .mutation else { return selections(operation.selections, on: root) }
        var total = 0
        for case .field(let field) in operation.selections {
            let inner = schema.objects[root]?.fields[field.name]?.type.name ?? ""
            total += 10 + selections(field.selections, on: inner)
        }
        return total
    }

    private func selections(_ selections: [GraphQLSelection], on type: String) -> Int {
        var total = 0
        var dearest: [String: Int] = [:]
        for selection in selections {
            switch selection {
            case .field(let field): total += cost(of: field, on: type)
            case .spread(let name, _, _):
                guard let fragment = document.fragments[name] else { continue }
                dearest[fragment.type, default: 0] += self.selections(fragment.selections, on: fragment.type)
            case .inline(let condition, _, let inner, _):
                dearest[condition ?? type, default: 0] += self.selections(inner, on: condition ?? type)
            }
        }
        let everywhere = dearest.filter { $0.key == type }.values.reduce(0, +)
        return total + everywhere + (dearest.filter { $0.key != type }.values.max() ?? 0)
    }

    private func cost(of field: GraphQLField, on type: String) -> Int {
        guard let definition = schema.objects[type]?.fields[field.name] else { return 0 }
        let inner = definition.type.name
        if schema.isLeaf(inner) { return 0 }
        if inner.hasSuffix("Connection") { return pageSize(of: field) * perNode(field, inner) + pageInfo(field) }
        if inner.hasSuffix("Edge") || inner == "UserError" || inner.hasSuffix("UserError") {
            return selections(field.selections, on: inner)
        }
        let one = 1 + selections(field.selections, on: inner)
        // The one list whose length the query itself names: every id stands for an object.
        guard field.name == "nodes", let ids = field.arguments.first(where: { $0.name == "ids" })?.value else {
            return one
        }
        return one * max(1, InputCoercion.json(ids, variables: variables)?.elements?.count ?? 1)
    }

    private func perNode(_ field: GraphQLField, _ connection: String) -> Int {
        var total = 0
        for case .field(let part) in field.selections where part.name == "nodes" || part.name == "edges" {
            total += max(1, cost(of: part, on: connection))
        }
        return max(total, 1)
    }

    private func pageInfo(_ field: GraphQLField) -> Int {
        field.selections.contains { if case .field(let part) = $0 { part.name == "pageInfo" } else { false } } ? 1 : 0
    }

    private func pageSize(of field: GraphQLField) -> Int {
        for name in ["first", "last"] {
            if let value = field.arguments.first(where: { $0.name == name })?.value,
                let size = InputCoercion.json(value, variables: variables)?.integer
            {
                return max(0, size)
            }
        }
        return 1
    }

    /// The error for a page over 250, if a connection anywhere asks for one.
    func pageError(in operation: GraphQLOperation) -> GraphQLError? {
        pageError(operation.selections)
    }

    private func pageError(_ selections: [GraphQLSelection]) -> GraphQLError? {
        for selection in selections {
            switch selection {
            case .field(let field):
                let size = pageSize(of: field)
                if size > 250 {
                    return .coded(
                        "BAD_REQUEST",
                        "The first argument of \(field.name) is \(size), over the page size limit of 250",
                        at: [field.location]
                    )
                }
                if let error = pageError(field.selections) { return error }
            case .inline(_, _, let inner, _):
                if let error = pageError(inner) { return error }
            case .spread(let name, _, _):
                if let error = document.fragments[name].flatMap({ pageError($0.selections) }) { return error }
            }
        }
        return nil
    }
}
