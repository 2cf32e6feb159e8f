/// Holds a document against the schema before it runs, as the real API does: one error per misuse, none executed.
struct DocumentValidation {
    let schema: GraphQLSchema
    let document: GraphQLDocument
    let operation: GraphQLOperation
    private(set) var errors: [GraphQLError] = []
    var usedVariables: Set<String> = []
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

    mutating func report(
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
}
