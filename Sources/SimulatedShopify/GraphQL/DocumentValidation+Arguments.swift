extension DocumentValidation {
    /// Holds the given arguments of a field or directive against those it takes.
    mutating func arguments(
        _ given: [GraphQLArgument],
        _ expected: [SchemaInput],
        owner: String,
        _ location: SourceLocation,
        _ path: [String]
    ) {
        for argument in given {
            guard let definition = expected.first(where: { $0.name == argument.name }) else {
                report(
                    "argumentNotAccepted",
                    "\(owner) doesn't accept argument '\(argument.name)'",
                    location,
                    path + [argument.name],
                    [.init("argumentName", .string(argument.name))]
                )
                continue
            }
            literal(argument.value, definition, owner, location, path + [argument.name])
        }
        let missing = expected.filter { input in input.isRequired && !given.contains { $0.name == input.name } }
        if !missing.isEmpty {
            let names = missing.map(\.name).joined(separator: ", ")
            report(
                "missingRequiredArguments",
                "\(owner) is missing required arguments: \(names)",
                location,
                path,
                [.init("arguments", .string(names))]
            )
        }
    }

    private mutating func literal(
        _ value: GraphQLValue,
        _ input: SchemaInput,
        _ owner: String,
        _ location: SourceLocation,
        _ path: [String]
    ) {
        if case .variable(let name) = value {
            variable(name, for: input, location, path)
            return
        }
        if !variables(in: value, of: input.type, location, path), let json = InputCoercion.json(value, variables: [:]) {
            var coercion = InputCoercion(schema: schema)
            _ = coercion.coerce(json, to: input.type)
            if let overlong = coercion.overlong {
                report(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of \(overlong.count) is greater than the maximum allowed of "
                        + "\(InputCoercion.longestList).",
                    location,
                    path
                )
            }
            guard let problem = coercion.problems.first else { return }
            report(
                "argumentLiteralsIncompatible",
                "Argument '\(input.name)' on \(owner) has an invalid value (\(json.jsonText)). Expected type "
                    + "'\(input.type)'. \(problem.explanation)",
                location,
                path
            )
        }
    }

    /// Checks variables that stand inside a list or object; true where there was one.
    private mutating func variables(
        in value: GraphQLValue,
        of type: TypeReference,
        _ location: SourceLocation,
        _ path: [String]
    ) -> Bool {
        switch (value, type.nullable) {
        case (.list(let elements), .list(let inner)):
            return elements.reduce(false) { found, element in
                nested(element, SchemaInput(name: path.last ?? "", type: inner), location, path) || found
            }
        case (.object(let fields), .named(let name)):
            return fields.reduce(false) { found, field in
                let definition = schema.inputs[name]?.first { $0.name == field.name }
                return nested(
                    field.value,
                    definition ?? SchemaInput(name: field.name, type: .named("?")),
                    location,
                    path + [field.name]
                ) || found
            }
        default: return false
        }
    }

    private mutating func nested(
        _ value: GraphQLValue,
        _ input: SchemaInput,
        _ location: SourceLocation,
        _ path: [String]
    ) -> Bool {
        guard case .variable(let name) = value else { return variables(in: value, of: input.type, location, path) }
        variable(name, for: input, location, path)
        return true
    }

    private mutating func variable(
        _ name: String,
        for input: SchemaInput,
        _ location: SourceLocation,
        _ path: [String]
    ) {
        usedVariables.insert(name)
        guard let declared = operation.variables.first(where: { $0.name == name }) else {
            report(
                "variableNotDefined",
                "Variable $\(name) is used by \(operation.name ?? "anonymous query") but not "
                    + "declared",
                location,
                path,
                [.init("variableName", .string(name))]
            )
            return
        }
        let type: TypeReference =
            declared.defaultValue != nil && !declared.type.isNonNull ? .nonNull(declared.type) : declared.type
        if !Self.fits(type, input.defaultValue == nil ? input.type : input.type.nullable), input.type.name != "?" {
            report(
                "variableMismatch",
                "Type mismatch on variable $\(name) and argument \(input.name) (\(declared.type) / \(input.type))",
                location,
                path,
                [.init("variableName", .string(name)), .init("typeName", .string("\(declared.type)"))]
            )
        }
    }

    private static func fits(_ variable: TypeReference, _ place: TypeReference) -> Bool {
        switch (variable, place) {
        case (.nonNull(let inner), .nonNull(let expected)): fits(inner, expected)
        case (_, .nonNull): false
        case (.nonNull(let inner), _): fits(inner, place)
        case (.list(let inner), .list(let expected)): fits(inner, expected)
        case (.named(let name), .named(let expected)): name == expected
        default: false
        }
    }
}
