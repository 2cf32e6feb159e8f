/// Turns variables and written values into values of the schema's input types, finding everything that does not fit.
struct InputCoercion {
    /// One thing wrong with a value: where in the value, and what.
    struct Problem {
        var path: [String]
        var explanation: String
    }

    /// The longest list an argument may hold.
    static let longestList = 250

    let schema: GraphQLSchema
    private(set) var problems: [Problem] = []
    /// The length and place of a list that is over ``longestList``.
    private(set) var overlong: (count: Int, path: [String])?

    init(schema: GraphQLSchema) { self.schema = schema }

    mutating func coerce(_ value: JSONValue, to type: TypeReference, path: [String] = []) -> JSONValue {
        if value.isNull {
            if type.isNonNull { problem(path, "Expected value to not be null") }
            return .null
        }
        switch type.nullable {
        case .nonNull: return value
        case .list(let element):
            guard let elements = value.elements else { return .array([coerce(value, to: element, path: path)]) }
            if elements.count > Self.longestList, overlong == nil { overlong = (elements.count, path) }
            return .array(
                elements.enumerated().map { coerce($0.element, to: element, path: path + [String($0.offset)]) }
            )
        case .named(let name):
            if let fields = schema.inputs[name] { return object(value, fields, name, path) }
            if let values = schema.enumerations[name] { return enumeration(value, values, path) }
            return scalar(value, name, path)
        }
    }

    private mutating func problem(_ path: [String], _ explanation: String) {
        problems.append(Problem(path: path, explanation: explanation))
    }

    private mutating func object(
        _ value: JSONValue,
        _ fields: [SchemaInput],
        _ name: String,
        _ path: [String]
    ) -> JSONValue {
        guard let members = value.members else {
            problem(path, "Expected \(value.jsonText) to be a key-value object.")
            return .null
        }
        var coerced: [JSONValue.Member] = []
        for member in members where !fields.contains(where: { $0.name == member.name }) {
            problem(path + [member.name], "Field is not defined on \(name)")
        }
        for field in fields {
            if let given = members.first(where: { $0.name == field.name }) {
                coerced.append(.init(field.name, coerce(given.value, to: field.type, path: path + [field.name])))
            } else if let value = field.defaultValue {
                coerced.append(.init(field.name, Self.json(value, variables: [:]) ?? .null))
            } else if field.type.isNonNull {
                problem(path + [field.name], "Expected value to not be null")
            }
        }
        return .object(coerced)
    }

    private mutating func enumeration(_ value: JSONValue, _ values: [String], _ path: [String]) -> JSONValue {
        guard let text = value.text, values.contains(text) else {
            problem(path, "Expected \(value.jsonText) to be one of: \(values.joined(separator: ", "))")
            return .null
        }
        return value
    }

    private mutating func scalar(_ value: JSONValue, _ name: String, _ path: [String]) -> JSONValue {
        switch (name, value) {
        case ("Int", .number(let text)):
            if let number = Int(text), (-2_147_483_648...2_147_483_647).contains(number) { return value }
        case ("Float", .number), ("Boolean", .bool): return value
        case ("ID", .string(let text)):
            if ResourceID(text) != nil { return value }
            problem(path, "Invalid global id '\(text)'")
            return .null
        case ("ID", .number(let text)):
            problem(path, "Invalid global id '\(text)'")
            return .null
        case ("Decimal", _), ("Money", _):
            if let text = value.scalarText, DecimalText.isDecimal(text) { return .string(text) }
        case ("UnsignedInt64", _):
            if let text = value.scalarText, UInt64(text) != nil { return .string(text) }
        case ("Int", _), ("Float", _), ("Boolean", _): break
        case (_, .string): return value
        default: break
        }
        problem(path, "Could not coerce value \(value.jsonText) to \(name)")
        return .null
    }

    /// A written value with the variables put in; nil where it is a variable that was not given.
    static func json(_ value: GraphQLValue, variables: [String: JSONValue]) -> JSONValue? {
        switch value {
        case .variable(let name): variables[name]
        case .int(let text), .float(let text): .number(text)
        case .string(let text), .enumeration(let text): .string(text)
        case .boolean(let flag): .bool(flag)
        case .null: .null
        case .list(let elements): .array(elements.map { json($0, variables: variables) ?? .null })
        case .object(let fields):
            .object(
                fields.compactMap { field in
                    json(field.value, variables: variables).map { JSONValue.Member(field.name, $0) }
                }
            )
        }
    }
}
