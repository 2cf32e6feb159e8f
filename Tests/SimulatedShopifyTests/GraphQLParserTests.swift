import Testing

@testable import SimulatedShopify

@Suite struct GraphQLParserTests {
    @Test(arguments: [
        ("{ a }", 1), ("query Q($x: [ID!]! = [\"1\"] @x) { a(x: $x) { b } }", 1),
        ("mutation { a(i: {b: null, c: ENUM}) }", 1),
        ("{ a } query B { b }", 2), ("#c\n{ a, b,, c }", 1), ("\u{FEFF}{ a }", 1),
        (
            "{ x: a(s: \"\"\"block \\\"\"\" text\"\"\") @include(if: true) { ... on T { b } ...F } } fragment F on T { c }",
            1
        ),
    ])
    func `documents are read`(text: String, operations: Int) throws {
        #expect(try GraphQLParser.document(text).operations.count == operations)
    }

    @Test(arguments: [
        "", "{", "{}", "{ a(", "query ($x: ) { a }", "{ a(x: 01a) }", "{ a(s: \"open) }", "{ a } }", "{ ..x }",
        "{ a(s: \"\\q\") }",
        "{ a ? }",
    ])
    func `broken documents are refused with their place`(text: String) {
        #expect(throws: GraphQLLexer.Failure.self) { try GraphQLParser.document(text) }
    }

    @Test func `deep nesting ends in an error, not a crash`() {
        let text = String(repeating: "{ a ", count: 5000)
        #expect(throws: GraphQLLexer.Failure.self) { try GraphQLParser.document(text) }
    }

    @Test(arguments: [
        ("1", GraphQLValue.int("1")), ("-1.5e3", .float("-1.5e3")), ("\"a\\u00e9\\n\"", .string("aé\n")),
        ("true", .boolean(true)), ("null", .null), ("DENY", .enumeration("DENY")), ("$v", .variable("v")),
        ("[1 [2]]", .list([.int("1"), .list([.int("2")])])),
        ("{a: {b: []}}", .object([.init(name: "a", value: .object([.init(name: "b", value: .list([]))]))])),
        ("\"\"\"\n    two\n      lines\n    \"\"\"", .string("two\n  lines")),
    ])
    func `values keep what was written`(text: String, value: GraphQLValue) throws {
        var parser = try GraphQLParser(text)
        #expect(try parser.value() == value)
    }

    @Test(arguments: ["Int", "[ID!]!", "[[String]]", "Money!"])
    func `types print as they were written`(text: String) throws {
        var parser = try GraphQLParser(text)
        #expect("\(try parser.type())" == text)
    }

    @Test func `the built-in schema is whole`() throws {
        let schema = try GraphQLSchema(text: simulatedSchemaText)
        for object in schema.objects.values {
            for field in object.fields.values {
                let name = field.type.name
                #expect(schema.objects[name] != nil || schema.isLeaf(name), "\(object.name).\(field.name): \(name)")
            }
        }
        #expect(schema.objects["QueryRoot"] != nil)
    }
}
