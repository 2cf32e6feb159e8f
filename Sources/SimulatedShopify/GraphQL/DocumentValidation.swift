/// Holds a document against the schema before it runs, as the real API does: one error per misuse, none executed.
struct DocumentValidation {
    let schema: GraphQLSchema
    let document: GraphQLDocument
    let operation: GraphQLOperation
    private var errors: [GraphQLError] = []
    private var usedVariables: Set<String> = []
    private var spreading: Set<String> = []

    init(schema: GraphQLSchema, document: GraphQLDocument, operation: GraphQLOperation) {
        self.schema = schema
        self.document = document
        self.operation = operation
    }

    /// Every error of the operation; empty where it may run.
    static func errors(
        schema: GraphQLSchema,
        document: GraphQLDocument,
        operation: GraphQLOperation
    ) -> [GraphQLError] {
        var validation = DocumentValidation(schema: schema, document: document, operation: operation)
        validation.run()
        return validation.errors
    }

    private mutating func run() {
        let path = [operation.pathName]
        checkVariableTypes(path)
        for directive in operation.directives { misplaced(directive, on: operation.kind.rawValue, path) }
        selections(operation.selections, on: schema.rootName(of: operation.kind), path)
        for variable in operation.variables where !usedVariables.contains(variable.name) {
            report(
                "variableNotUsed",
                "Variable $\(variable.name) is declared by \(operation.name ?? "anonymous query") "
                    + "but not used",
                variable.location,
                path,
                [.init("variableName", .string(variable.name))]
            )
        }
    }

    private mutating func report(
        _ code: String,
        _ message: String,
        _ location: SourceLocation,
        _ path: [String],
        _ more: [JSONValue.Member] = []
    ) {
        errors.append(.coded(code, message, at: [location], path: path.map { .string($0) }, more))
    }

    private mutating func checkVariableTypes(_ path: [String]) {
        for variable in operation.variables {
            let name = variable.type.name
            if schema.inputs[name] == nil, !schema.isLeaf(name) {
                report(
                    "variableRequiresValidType",
                    "\(name) isn't a defined input type (on $\(variable.name))",
                    variable.location,
                    path,
                    [.init("typeName", .string(name)), .init("variableName", .string(variable.name))]
                )
            }
        }
    }

    private mutating func misplaced(_ directive: GraphQLDirective, on place: String, _ path: [String]) {
        guard ["include", "skip", "idempotent"].contains(directive.name) else {
            report(
                "undefinedDirective",
                "Directive @\(directive.name) is not defined",
                directive.location,
                path,
                [.init("directiveName", .string(directive.name))]
            )
            return
        }
        report(
            "directiveCannotBeApplied",
            "'@\(directive.name)' can't be applied to \(place)s (allowed: "
                + (directive.name == "idempotent" ? "fields)" : "fields, fragment spreads, inline fragments)"),
            directive.location,
            path,
            [.init("targetName", .string(place)), .init("name", .string(directive.name))]
        )
    }

    private mutating func directives(_ directives: [GraphQLDirective], onField: Bool, _ path: [String]) {
        for directive in directives {
            guard ["include", "skip"].contains(directive.name) || (onField && directive.name == "idempotent") else {
                misplaced(directive, on: "inline fragment", path)
                continue
            }
            let parameter =
                directive.name == "idempotent"
                ? SchemaInput(name: "key", type: .nonNull(.named("String")))
                : SchemaInput(name: "if", type: .nonNull(.named("Boolean")))
            arguments(
                directive.arguments,
                [parameter],
                owner: "Directive '\(directive.name)'",
                directive.location,
                path
            )
        }
    }

    private mutating func selections(_ selections: [GraphQLSelection], on type: String, _ path: [String]) {
        for selection in selections {
            switch selection {
            case .field(let field): self.field(field, on: type, path)
            case .spread(let name, let directives, let location):
                self.directives(directives, onField: false, path)
                guard let fragment = document.fragments[name] else {
                    report("useAndDefineFragment", "Fragment \(name) was used, but not defined", location, path)
                    continue
                }
                guard spreading.insert(name).inserted else {
                    report("infiniteLoop", "Fragment \(name) contains an infinite loop", location, path)
                    continue
                }
                fragmentBody(fragment.type, fragment.selections, within: type, location, path + ["... \(name)"])
                spreading.remove(name)
            case .inline(let condition, let directives, let inner, let location):
                self.directives(directives, onField: false, path)
                fragmentBody(condition ?? type, inner, within: type, location, path + ["... on \(condition ?? type)"])
            }
        }
    }

    private mutating func fragmentBody(
        _ condition: String,
        _ inner: [GraphQLSelection],
        within type: String,
        _ location: SourceLocation,
        _ path: [String]
    ) {
        guard schema.objects[condition] != nil else {
            report(
                "undefinedType",
                "No such type \(condition), so it can't be a fragment condition",
                location,
                path,
                [.init("typeName", .string(condition))]
            )
            return
        }
        guard schema.overlaps(condition, type) else {
            report(
                "cannotSpreadFragment",
                "Fragment on \(condition) can't be spread inside \(type)",
                location,
                path,
                [.init("typeName", .string(condition)), .init("parentName", .string(type))]
            )
            return
        }
        selections(inner, on: condition, path)
    }

    private mutating func field(_ field: GraphQLField, on type: String, _ path: [String]) {
        let path = path + [field.responseKey]
        directives(field.directives, onField: true, path)
        if field.name == "__typename" { return }
        guard let definition = schema.objects[type]?.fields[field.name] else {
            report(
                "undefinedField",
                "Field '\(field.name)' doesn't exist on type '\(type)'",
                field.location,
                path,
                [.init("typeName", .string(type)), .init("fieldName", .string(field.name))]
            )
            return
        }
        arguments(
            field.arguments,
            definition.arguments,
            owner: "Field '\(field.name)'",
            field.location,
            path
        )
        let inner = definition.type.name
        if schema.isLeaf(inner) != field.selections.isEmpty {
            let message =
                field.selections.isEmpty
                ? "Field must have selections (field '\(field.name)' returns \(inner) but has no selections. "
                    + "Did you mean '\(field.name) { ... }'?)"
                : "Selections can't be made on scalars (field '\(field.name)' returns \(inner))"
            report("selectionMismatch", message, field.location, path, [.init("typeName", .string(inner))])
        } else if !field.selections.isEmpty {
            selections(field.selections, on: inner, path)
        }
    }

    private mutating func arguments(
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
