/// What is selected of an object, prepared once per concrete type and then used for every object of it.
final class Selection {
    private let sets: [[GraphQLSelection]]
    private let parentType: String
    private let path: [JSONValue]
    private let operation: PreparedOperation
    private var prepared: [String: [PlannedField]] = [:]
    private var latest: (type: String, fields: [PlannedField])?

    init(_ sets: [[GraphQLSelection]], on parentType: String, path: [JSONValue], _ operation: PreparedOperation) {
        self.sets = sets
        self.parentType = parentType
        self.path = path
        self.operation = operation
    }

    /// The fields an object of the concrete type answers with, in order, same names merged.
    func fields(on type: String) -> [PlannedField] {
        if let latest, latest.type == type { return latest.fields }
        let fields: [PlannedField]
        if let known = prepared[type] {
            fields = known
        } else {
            var order: [String] = []
            var grouped: [String: [GraphQLField]] = [:]
            for set in sets { collect(set, type, &order, &grouped) }
            fields = order.compactMap { key in grouped[key].flatMap { plan($0, key, on: type) } }
            prepared[type] = fields
        }
        latest = (type, fields)
        return fields
    }

    private func collect(
        _ selections: [GraphQLSelection],
        _ type: String,
        _ order: inout [String],
        _ grouped: inout [String: [GraphQLField]]
    ) {
        for selection in selections {
            switch selection {
            case .field(let field):
                guard isIncluded(field.directives) else { continue }
                if grouped[field.responseKey] == nil { order.append(field.responseKey) }
                grouped[field.responseKey, default: []].append(field)
            case .spread(let name, let directives, _):
                guard isIncluded(directives), let fragment = operation.document.fragments[name],
                    operation.schema.applies(fragment.type, to: type)
                else { continue }
                collect(fragment.selections, type, &order, &grouped)
            case .inline(let condition, let directives, let inner, _):
                guard isIncluded(directives), operation.schema.applies(condition ?? type, to: type) else { continue }
                collect(inner, type, &order, &grouped)
            }
        }
    }

    private func isIncluded(_ directives: [GraphQLDirective]) -> Bool {
        directives.allSatisfy { directive in
            guard directive.name == "include" || directive.name == "skip",
                let value = directive.arguments.first.flatMap({
                    InputCoercion.json($0.value, variables: operation.variables)
                })
            else { return true }
            return (value == .bool(true)) == (directive.name == "include")
        }
    }

    private func plan(_ fields: [GraphQLField], _ key: String, on type: String) -> PlannedField? {
        guard let first = fields.first else { return nil }
        guard first.name != "__typename", let definition = operation.schema.objects[type]?.fields[first.name] else {
            return PlannedField(key: key, typeName: type)
        }
        let path = path + [.string(key)]
        let inner = definition.type.name
        let isLeaf = operation.schema.isLeaf(inner)
        return PlannedField(
            key: key,
            owner: type,
            definition: definition,
            arguments: arguments(first, definition),
            selection: isLeaf ? nil : Selection(fields.map(\.selections), on: inner, path: path, operation),
            resolver: Resolvers.table["\(type).\(first.name)"],
            field: first,
            path: path,
            variables: operation.variables
        )
    }

    private func arguments(_ field: GraphQLField, _ definition: SchemaField) -> Arguments {
        var values: [String: JSONValue] = [:]
        for input in definition.arguments {
            let written = field.arguments.first { $0.name == input.name }?.value
            if let value = written.flatMap({ InputCoercion.json($0, variables: operation.variables) }) {
                var coercion = InputCoercion(schema: operation.schema)
                values[input.name] = coercion.coerce(value, to: input.type)
            } else if let value = input.defaultValue.flatMap({ InputCoercion.json($0, variables: [:]) }) {
                values[input.name] = value
            }
        }
        return Arguments(values: values)
    }
}

/// A field ready to be answered.
final class PlannedField {
    let key: String
    let name: String
    let type: TypeReference
    let arguments: Arguments
    let selection: Selection?
    let resolver: Resolver?
    let location: SourceLocation
    let path: [JSONValue]
    /// The value of `@idempotent(key:)`; nil where the directive is missing.
    let idempotencyKey: String?
    /// Scopes of which the token needs one; nil where it needs none.
    let scopes: [String]?
    let isConnection: Bool

    /// `__typename`.
    init(key: String, typeName: String) {
        self.key = key
        name = "__typename"
        type = .named("String")
        arguments = Arguments(values: [:])
        selection = nil
        resolver = Resolver { _, _, _ in .string(typeName) }
        location = SourceLocation(line: 1, column: 1)
        path = []
        idempotencyKey = nil
        scopes = nil
        isConnection = false
    }

    init(
        key: String,
        owner: String,
        definition: SchemaField,
        arguments: Arguments,
        selection: Selection?,
        resolver: Resolver?,
        field: GraphQLField,
        path: [JSONValue],
        variables: [String: JSONValue]
    ) {
        self.key = key
        name = definition.name
        type = definition.type
        self.arguments = arguments
        self.selection = selection
        self.resolver = resolver
        location = field.location
        self.path = path
        isConnection = definition.type.name.hasSuffix("Connection")
        scopes = AccessScopes.needed(by: definition.name, of: owner)
        idempotencyKey = field.directives.first { $0.name == "idempotent" }?.arguments.first
            .flatMap { InputCoercion.json($0.value, variables: variables)?.text }
    }
}
