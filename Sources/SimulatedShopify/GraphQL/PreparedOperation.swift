/// A validated operation with its variables coerced and its cost known, ready to run.
struct PreparedOperation: Sendable {
    let schema: GraphQLSchema
    let document: GraphQLDocument
    let operation: GraphQLOperation
    let variables: [String: JSONValue]
    /// What the operation asks of the cost bucket before it runs.
    let requestedCost: Int

    /// The dearest single query allowed on any plan (Admin API, "Shopify API limits").
    static let highestCost = 1000

    /// Reads, validates and coerces; nothing has run where this throws.
    init(
        text: String,
        operationName: String?,
        variables given: JSONValue,
        schema: GraphQLSchema = .admin,
        limitsCost: Bool = true
    ) throws(GraphQLErrors) {
        let document: GraphQLDocument
        do {
            document = try GraphQLParser.document(text)
        } catch {
            throw GraphQLErrors(list: [GraphQLError(message: error.message, locations: [error.location])])
        }
        let operation = try Self.choose(operationName, in: document)
        let errors = DocumentValidation.errors(schema: schema, document: document, operation: operation)
        guard errors.isEmpty else { throw GraphQLErrors(list: errors) }
        let variables = try Self.coerce(given, for: operation, schema)
        self.schema = schema
        self.document = document
        self.operation = operation
        self.variables = variables
        let cost = QueryCost(schema: schema, document: document, variables: variables)
        requestedCost = cost.requested(by: operation)
        if let limit = cost.pageError(in: operation) { throw GraphQLErrors(list: [limit]) }
        if limitsCost, requestedCost > Self.highestCost { throw GraphQLErrors(list: [Self.tooDear(requestedCost)]) }
    }

    /// The operation's name, else the name of its first root field.
    var name: String { operation.name ?? rootFields.first ?? "anonymous" }

    /// The names of the root fields, in order.
    var rootFields: [String] {
        operation.selections.compactMap { if case .field(let field) = $0 { field.name } else { nil } }
    }

    private static func choose(
        _ name: String?,
        in document: GraphQLDocument
    ) throws(GraphQLErrors) -> GraphQLOperation {
        let named = name.map { name in document.operations.filter { $0.name == name } } ?? document.operations
        if let operation = named.first, named.count == 1 { return operation }
        let message =
            name.map { "No operation named \"\($0)\"" } ?? "An operation name is required"
        throw GraphQLErrors(list: [GraphQLError(message: message)])
    }

    private static func coerce(
        _ given: JSONValue,
        for operation: GraphQLOperation,
        _ schema: GraphQLSchema
    ) throws(GraphQLErrors) -> [String: JSONValue] {
        var variables: [String: JSONValue] = [:]
        var errors: [GraphQLError] = []
        for variable in operation.variables {
            let value = given[variable.name]
            if value == nil, let written = variable.defaultValue {
                variables[variable.name] = InputCoercion.json(written, variables: [:])
                continue
            }
            if value == nil, !variable.type.isNonNull { continue }
            var coercion = InputCoercion(schema: schema)
            variables[variable.name] = coercion.coerce(value ?? .null, to: variable.type)
            if !coercion.problems.isEmpty {
                errors.append(invalid(variable, value ?? .null, coercion.problems))
            } else if let overlong = coercion.overlong {
                errors.append(oversized(overlong.count, [variable.name] + overlong.path, variable.location))
            }
        }
        guard errors.isEmpty else { throw GraphQLErrors(list: errors) }
        return variables
    }

    private static func invalid(
        _ variable: GraphQLVariable,
        _ value: JSONValue,
        _ problems: [InputCoercion.Problem]
    ) -> GraphQLError {
        let details = problems.filter { !$0.path.isEmpty }
            .map { "\($0.path.joined(separator: ".")) (\($0.explanation))" }
        let suffix = details.isEmpty ? "" : " for \(details.joined(separator: ", "))"
        return .coded(
            "INVALID_VARIABLE",
            "Variable $\(variable.name) of type \(variable.type) was provided invalid value\(suffix)",
            at: [variable.location],
            path: [],
            [
                .init("value", value),
                .init(
                    "problems",
                    .array(
                        problems.map { problem in
                            [
                                "path": .array(problem.path.map { Int($0) == nil ? .string($0) : .number($0) }),
                                "explanation": .string(problem.explanation),
                            ]
                        }
                    )
                ),
            ]
        )
    }

    private static func oversized(_ count: Int, _ path: [String], _ location: SourceLocation) -> GraphQLError {
        .coded(
            "MAX_INPUT_SIZE_EXCEEDED",
            "The input array size of \(count) is greater than the maximum allowed of \(InputCoercion.longestList).",
            at: [location],
            path: path.map { .string($0) }
        )
    }

    private static func tooDear(_ cost: Int) -> GraphQLError {
        .coded(
            "MAX_COST_EXCEEDED",
            "Query cost is \(cost), which exceeds the single query max cost limit (\(highestCost)).",
            at: [],
            path: [],
            [
                .init("cost", .number(String(cost))), .init("maxCost", .number(String(highestCost))),
                .init("documentation", "https://shopify.dev/api/usage/limits#rate-limits"),
            ]
        )
    }
}
