/// One entry of an answer's top-level `errors`.
struct GraphQLError: Error, Sendable {
    var message: String
    var locations: [SourceLocation] = []
    var path: [JSONValue] = []
    var extensions: [JSONValue.Member] = []

    /// An error with a code in its extensions, as the API writes nearly all of them.
    static func coded(
        _ code: String,
        _ message: String,
        at locations: [SourceLocation] = [],
        path: [JSONValue] = [],
        _ more: [JSONValue.Member] = []
    ) -> GraphQLError {
        GraphQLError(
            message: message,
            locations: locations,
            path: path,
            extensions: [.init("code", .string(code))] + more
        )
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = [.init("message", .string(message))]
        if !locations.isEmpty {
            members.append(
                .init(
                    "locations",
                    .array(
                        locations.map {
                            ["line": .number(String($0.line)), "column": .number(String($0.column))]
                        }
                    )
                )
            )
        }
        if !path.isEmpty { members.append(.init("path", .array(path))) }
        if !extensions.isEmpty { members.append(.init("extensions", .object(extensions))) }
        return .object(members)
    }
}

/// All errors of a document that cannot be run.
struct GraphQLErrors: Error {
    var list: [GraphQLError]
}
