import Testing

@testable import SimulatedShopify

@Suite struct JSONParserTests {
    @Test(arguments: [
        "null", "[1,2.50,-3e5]", "{\"a\":{\"b\":[true,false]},\"c\":\"é \\\" \\\\ \\n\"}", "\"\\u0001\"", "{}", "[]",
    ])
    func `text that is read prints the same`(text: String) throws {
        #expect(try JSONParser.parse(text).jsonText == text)
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "nul", "01x", "\"a", "1 2", "\"\\ud800\"", "{a:1}", "+1"])
    func `text that is no JSON is refused`(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(text) }
    }

    @Test func `surrogate pairs and escaped slashes are read`() throws {
        #expect(try JSONParser.parse("\"\\ud83d\\ude00\\/\"") == "😀/")
    }

    @Test func `markup is escaped on request`() throws {
        var writer = JSONWriter()
        writer.escapesMarkup = true
        writer.string("gid://a <b> & c")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"gid:\\/\\/a \\u003cb\\u003e \\u0026 c\"")
        #expect(try JSONParser.parse(writer.bytes) == "gid://a <b> & c")
    }
}
