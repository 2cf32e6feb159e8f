/// Reads executable documents, and the part of the schema language the simulator's own schema is written in.
struct GraphQLParser {
    typealias Failure = GraphQLLexer.Failure

    private var lexer: GraphQLLexer
    private(set) var token = GraphQLLexer.Token.end
    private(set) var location = SourceLocation(line: 1, column: 1)
    private var depth = 0

    init(_ text: String) throws(Failure) {
        lexer = GraphQLLexer(text)
        try advance()
    }

    static func document(_ text: String) throws(Failure) -> GraphQLDocument {
        var parser = try GraphQLParser(text)
        return try parser.document()
    }

    // MARK: Tokens

    mutating func advance() throws(Failure) {
        token = try lexer.next()
        location = lexer.location
    }

    func unexpected() -> Failure {
        let shown: String
        switch token {
        case .punctuator(let text), .name(let text), .int(let text), .float(let text), .string(let text):
            shown = "\"\(text)\""
        case .end: shown = "end of file"
        }
        return Failure(
            message: "syntax error, unexpected \(shown) at [\(location.line), \(location.column)]",
            location: location
        )
    }

    func at(_ punctuator: String) -> Bool { token == .punctuator(punctuator) }
    func atKeyword(_ keyword: String) -> Bool { token == .name(keyword) }

    mutating func take(_ punctuator: String) throws(Failure) -> Bool {
        guard at(punctuator) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ punctuator: String) throws(Failure) {
        guard try take(punctuator) else { throw unexpected() }
    }

    mutating func name() throws(Failure) -> String {
        guard case .name(let text) = token else { throw unexpected() }
        try advance()
        return text
    }

    // MARK: Executable documents

    private mutating func document() throws(Failure) -> GraphQLDocument {
        var document = GraphQLDocument(operations: [], fragments: [:])
        repeat {
            if atKeyword("fragment") {
                let fragment = try fragment()
                document.fragments[fragment.name] = fragment
            } else {
                document.operations.append(try operation())
            }
        } while token != .end
        return document
    }

    private mutating func operation() throws(Failure) -> GraphQLOperation {
        let start = location
        if at("{") {
            return GraphQLOperation(
                kind: .query,
                name: nil,
                variables: [],
                directives: [],
                selections: try selections(),
                location: start
            )
        }
        guard case .name(let word) = token, let kind = GraphQLOperation.Kind(rawValue: word) else { throw unexpected() }
        try advance()
        var name: String?
        if case .name(let text) = token {
            name = text
            try advance()
        }
        var variables: [GraphQLVariable] = []
        if try take("(") {
            while !(try take(")")) { variables.append(try variable()) }
        }
        let directives = try directives()
        return GraphQLOperation(
            kind: kind,
            name: name,
            variables: variables,
            directives: directives,
            selections: try selections(),
            location: start
        )
    }

    private mutating func fragment() throws(Failure) -> GraphQLFragment {
        let start = location
        try advance()
        let name = try name()
        guard atKeyword("on") else { throw unexpected() }
        try advance()
        let type = try self.name()
        _ = try directives()
        return GraphQLFragment(name: name, type: type, selections: try selections(), location: start)
    }

    private mutating func variable() throws(Failure) -> GraphQLVariable {
        let start = location
        try expect("$")
        let name = try name()
        try expect(":")
        let type = try type()
        let defaultValue: GraphQLValue? = try take("=") ? try value() : nil
        _ = try directives()
        return GraphQLVariable(name: name, type: type, defaultValue: defaultValue, location: start)
    }

    mutating func type() throws(Failure) -> TypeReference {
        let inner: TypeReference
        if try take("[") {
            inner = .list(try type())
            try expect("]")
        } else {
            inner = .named(try name())
        }
        return try take("!") ? .nonNull(inner) : inner
    }

    private mutating func selections() throws(Failure) -> [GraphQLSelection] {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw Failure(message: "Selections are nested too deep", location: location) }
        try expect("{")
        var selections: [GraphQLSelection] = []
        repeat { selections.append(try selection()) } while !(try take("}"))
        return selections
    }

    private mutating func selection() throws(Failure) -> GraphQLSelection {
        let start = location
        if try take("...") {
            if case .name(let word) = token, word != "on" {
                try advance()
                return .spread(name: word, directives: try directives(), location: start)
            }
            var type: String?
            if atKeyword("on") {
                try advance()
                type = try name()
            }
            let directives = try directives()
            return .inline(type: type, directives: directives, selections: try selections(), location: start)
        }
        var name = try name()
        var alias: String?
        if try take(":") {
            alias = name
            name = try self.name()
        }
        let arguments = try arguments()
        let directives = try directives()
        let inner = at("{") ? try selections() : []
        return .field(
            GraphQLField(
                alias: alias,
                name: name,
                arguments: arguments,
                directives: directives,
                selections: inner,
                location: start
            )
        )
    }

    private mutating func arguments() throws(Failure) -> [GraphQLArgument] {
        guard try take("(") else { return [] }
        var arguments: [GraphQLArgument] = []
        repeat {
            let name = try name()
            try expect(":")
            arguments.append(GraphQLArgument(name: name, value: try value()))
        } while !(try take(")"))
        return arguments
    }

    mutating func directives() throws(Failure) -> [GraphQLDirective] {
        var directives: [GraphQLDirective] = []
        while at("@") {
            let start = location
            try advance()
            let name = try name()
            directives.append(GraphQLDirective(name: name, arguments: try arguments(), location: start))
        }
        return directives
    }

    mutating func value() throws(Failure) -> GraphQLValue {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw Failure(message: "Values are nested too deep", location: location) }
        let current = token
        switch current {
        case .punctuator("$"):
            try advance()
            return .variable(try name())
        case .punctuator("["):
            try advance()
            var elements: [GraphQLValue] = []
            while !(try take("]")) { elements.append(try value()) }
            return .list(elements)
        case .punctuator("{"):
            try advance()
            var fields: [GraphQLArgument] = []
            while !(try take("}")) {
                let name = try name()
                try expect(":")
                fields.append(GraphQLArgument(name: name, value: try value()))
            }
            return .object(fields)
        case .int(let text):
            try advance()
            return .int(text)
        case .float(let text):
            try advance()
            return .float(text)
        case .string(let text):
            try advance()
            return .string(text)
        case .name(let word):
            try advance()
            switch word {
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            case "null": return .null
            default: return .enumeration(word)
            }
        default: throw unexpected()
        }
    }
}
