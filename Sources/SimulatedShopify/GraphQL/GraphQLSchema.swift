/// An argument of a field, or a field of an input object.
struct SchemaInput: Sendable {
    var name: String
    var type: TypeReference
    var defaultValue: GraphQLValue?

    var isRequired: Bool { type.isNonNull && defaultValue == nil }
}

/// A field of an output type.
struct SchemaField: Sendable {
    var name: String
    var arguments: [SchemaInput]
    var type: TypeReference
}

/// An object or interface type.
struct SchemaObject: Sendable {
    var name: String
    var isInterface: Bool
    var interfaces: [String]
    var fields: [String: SchemaField]
}

/// The types the simulator knows, read once from ``simulatedSchemaText``.
struct GraphQLSchema: Sendable {
    private(set) var objects: [String: SchemaObject] = [:]
    private(set) var inputs: [String: [SchemaInput]] = [:]
    private(set) var enumerations: [String: [String]] = [:]
    private(set) var scalars: Set<String> = ["Int", "Float", "String", "Boolean", "ID"]

    /// The schema of the simulated API; a text that cannot be read leaves it without any type, which a test would show.
    static let admin = (try? GraphQLSchema(text: simulatedSchemaText)) ?? GraphQLSchema()

    private init() {}

    init(text: String) throws(GraphQLParser.Failure) {
        var parser = try GraphQLParser(text)
        while parser.token != .end {
            let keyword = try parser.name()
            let name = try parser.name()
            switch keyword {
            case "type", "interface":
                objects[name] = try Self.object(name, isInterface: keyword == "interface", &parser)
            case "input": inputs[name] = try Self.inputs(&parser, from: "{", to: "}")
            case "enum": enumerations[name] = try Self.values(&parser)
            case "scalar": scalars.insert(name)
            default: throw parser.unexpected()
            }
        }
    }

    func rootName(of kind: GraphQLOperation.Kind) -> String { kind == .mutation ? "Mutation" : "QueryRoot" }

    func isLeaf(_ name: String) -> Bool { scalars.contains(name) || enumerations[name] != nil }

    /// Whether a fragment on `condition` holds for an object of type `concrete`.
    func applies(_ condition: String, to concrete: String) -> Bool {
        condition == concrete || objects[concrete]?.interfaces.contains(condition) == true
    }

    /// Whether some object can be of both types.
    func overlaps(_ first: String, _ second: String) -> Bool {
        objects.values.contains { !$0.isInterface && applies(first, to: $0.name) && applies(second, to: $0.name) }
    }

    // MARK: Reading

    private static func object(
        _ name: String,
        isInterface: Bool,
        _ parser: inout GraphQLParser
    ) throws(GraphQLParser.Failure) -> SchemaObject {
        var object = SchemaObject(name: name, isInterface: isInterface, interfaces: [], fields: [:])
        if parser.atKeyword("implements") {
            try parser.advance()
            repeat { object.interfaces.append(try parser.name()) } while try parser.take("&")
        }
        try parser.expect("{")
        while !(try parser.take("}")) {
            let name = try parser.name()
            let arguments = parser.at("(") ? try inputs(&parser, from: "(", to: ")") : []
            try parser.expect(":")
            object.fields[name] = SchemaField(name: name, arguments: arguments, type: try parser.type())
        }
        return object
    }

    private static func inputs(
        _ parser: inout GraphQLParser,
        from open: String,
        to close: String
    ) throws(GraphQLParser.Failure) -> [SchemaInput] {
        var inputs: [SchemaInput] = []
        try parser.expect(open)
        while !(try parser.take(close)) {
            let name = try parser.name()
            try parser.expect(":")
            let type = try parser.type()
            let value: GraphQLValue? = try parser.take("=") ? try parser.value() : nil
            inputs.append(SchemaInput(name: name, type: type, defaultValue: value))
        }
        return inputs
    }

    private static func values(_ parser: inout GraphQLParser) throws(GraphQLParser.Failure) -> [String] {
        var values: [String] = []
        try parser.expect("{")
        while !(try parser.take("}")) { values.append(try parser.name()) }
        return values
    }
}
