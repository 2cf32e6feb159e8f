/// Where a piece of a document stands, counted from 1.
struct SourceLocation: Sendable, Equatable {
    var line: Int
    var column: Int
}

/// A value as it is written in a document.
indirect enum GraphQLValue: Sendable, Equatable {
    case variable(String)
    case int(String)
    case float(String)
    case string(String)
    case boolean(Bool)
    case null
    case enumeration(String)
    case list([GraphQLValue])
    case object([GraphQLArgument])
}

/// A name with a value: an argument, or a field of an input object.
struct GraphQLArgument: Sendable, Equatable {
    var name: String
    var value: GraphQLValue
}

/// `@name(arguments)`.
struct GraphQLDirective: Sendable, Equatable {
    var name: String
    var arguments: [GraphQLArgument]
    var location: SourceLocation
}

/// A type as it is written: `Name`, `[Type]` or `Type!`.
indirect enum TypeReference: Sendable, Equatable, CustomStringConvertible {
    case named(String)
    case list(TypeReference)
    case nonNull(TypeReference)

    /// The innermost name.
    var name: String {
        switch self {
        case .named(let name): name
        case .list(let inner), .nonNull(let inner): inner.name
        }
    }

    var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    /// This type with null allowed.
    var nullable: TypeReference {
        if case .nonNull(let inner) = self { inner } else { self }
    }

    var isList: Bool {
        if case .list = nullable { true } else { false }
    }

    var description: String {
        switch self {
        case .named(let name): name
        case .list(let inner): "[\(inner)]"
        case .nonNull(let inner): "\(inner)!"
        }
    }
}

/// A field, a named fragment's use, or a fragment written in place.
indirect enum GraphQLSelection: Sendable {
    case field(GraphQLField)
    case spread(name: String, directives: [GraphQLDirective], location: SourceLocation)
    case inline(type: String?, directives: [GraphQLDirective], selections: [GraphQLSelection], location: SourceLocation)
}

/// A selected field.
struct GraphQLField: Sendable {
    var alias: String?
    var name: String
    var arguments: [GraphQLArgument]
    var directives: [GraphQLDirective]
    var selections: [GraphQLSelection]
    var location: SourceLocation

    /// The name under which the answer carries it.
    var responseKey: String { alias ?? name }
}

/// A declared variable of an operation.
struct GraphQLVariable: Sendable {
    var name: String
    var type: TypeReference
    var defaultValue: GraphQLValue?
    var location: SourceLocation
}

/// A query or mutation.
struct GraphQLOperation: Sendable {
    enum Kind: String, Sendable { case query, mutation, subscription }

    var kind: Kind
    var name: String?
    var variables: [GraphQLVariable]
    var directives: [GraphQLDirective]
    var selections: [GraphQLSelection]
    var location: SourceLocation

    /// How the API names the operation in the path of an error.
    var pathName: String { name.map { "\(kind.rawValue) \($0)" } ?? kind.rawValue }
}

/// `fragment name on type { … }`.
struct GraphQLFragment: Sendable {
    var name: String
    var type: String
    var selections: [GraphQLSelection]
    var location: SourceLocation
}

/// A whole executable document.
struct GraphQLDocument: Sendable {
    var operations: [GraphQLOperation]
    var fragments: [String: GraphQLFragment]
}
