import Testing

@testable import ShopifyAdmin

struct JSONTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "0.50", "-12e+3", "123456789012345678901234567890", #"{"a":null,"b":[1.10,"x"]}"#,
        #""é\u0001\n\"\\""#,
    ])
    func `gives back what it read, numbers to the digit`(text: String) throws {
        #expect(String(decoding: try JSONValue(reading: Array(text.utf8)).bytes, as: UTF8.self) == text)
    }

    @Test(arguments: [(#""\u00e9\ud83d\ude00\/""#, "é😀/"), (#""a\tb""#, "a\tb")])
    func `reads escapes`(text: String, value: String) throws {
        let read = try JSONValue(reading: Array(text.utf8)).text
        #expect(read?.utf8.elementsEqual(value.utf8) == true)
    }

    @Test(arguments: [
        "", " ", "tru", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "1.", ".5", "+1", "1e", "\"", "\"\\x\"", "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"\u{1}\"", "[1] 2", "nan", "<html>", "{a:1}", "\"\\u12\"",
    ])
    func `refuses what is no JSON`(text: String) {
        #expect(throws: JSONFault.self) { try JSONValue(reading: Array(text.utf8)) }
    }

    @Test func `refuses bytes that are not UTF-8`() {
        #expect(throws: JSONFault.self) { try JSONValue(reading: [0x22, 0xFF, 0x22]) }
    }

    @Test func `refuses to be led too deep`() {
        #expect(throws: JSONFault.self) { try JSONValue(reading: Array(repeating: UInt8(ascii: "["), count: 100_000)) }
    }
}
