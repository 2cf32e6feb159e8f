import Catalog
import Foundation
import Pricing
import Testing

@Suite struct FieldValueTests {
    static let values: [FieldValue] = [
        .absent, .text(""), .text("caf\u{E9}"), .amount(Money(minorUnits: -1250, currency: .eur)),
        .amount(Money(minorUnits: 7, currency: .jpy)), .quantity(.min), .quantity(0), .flag(true), .flag(false),
        .tags([]),
        .tags(["a", "b, c"]), .unreadable("1.005"),
    ]

    @Test(arguments: values)
    func `a value reads back as it was written`(value: FieldValue) throws {
        let data = try JSONEncoder().encode([value])
        #expect(try JSONDecoder().decode([FieldValue].self, from: data) == [value])
    }

    @Test(arguments: [#"[{}]"#, #"[{"text":"a","flag":true}]"#, #"[{"amount":12.5}]"#, #"[{"other":1}]"#, #"["a"]"#])
    func `a value of no kind, two kinds or another form is refused`(json: String) {
        #expect(throws: (any Error).self) {
            _ = try JSONDecoder().decode([FieldValue].self, from: Data(json.utf8))
        }
    }

    @Test func `no value, an empty text and zero are three things: invariant 1`() {
        #expect(FieldValue.absent != .text(""))
        #expect(FieldValue.absent != .quantity(0))
        #expect(FieldValue.absent.displayText.isEmpty)
    }
}
