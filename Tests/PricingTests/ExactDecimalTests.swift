import Pricing
import Testing

@Suite struct ExactDecimalTests {
    @Test(arguments: [
        ("1.1415", "1.1415"), ("0.9250", "0.925"), ("-10", "-10"), ("100", "100"), ("0.000", "0"), ("-0", "0"),
        ("0.000000000000000001", "0.000000000000000001"), ("999999999999999999", "999999999999999999"),
    ])
    func `reads and prints exactly, without needless zeros`(text: String, printed: String) throws {
        #expect(try ExactDecimal(parsing: text).description == printed)
        #expect(try ExactDecimal(parsing: printed) == ExactDecimal(parsing: text))
    }

    @Test(arguments: ["1000000000000000000", "0.0000000000000000001", "1.000000000000000001"])
    func `refuses more digits than it keeps`(text: String) {
        #expect(throws: PricingError.numberTooLong(text)) { try ExactDecimal(parsing: text) }
    }

    @Test(arguments: ["", "1e2", "1,5", " 1", "%"])
    func `refuses what is no decimal number`(text: String) {
        #expect(throws: PricingError.numberNotDecimal(text)) { try ExactDecimal(parsing: text) }
    }

    @Test func `sorts by value, whatever the scale`() throws {
        let texts = ["-2", "-1.5", "-0.000000000000000001", "0", "0.09", "0.1", "1", "1.0001", "999999999999999999"]
        let numbers = try texts.map { try ExactDecimal(parsing: $0) }
        #expect(numbers.reversed().sorted() == numbers)
    }

    @Test(arguments: [("35%", "35%"), ("-10%", "-10%"), ("12.50%", "12.5%"), ("0%", "0%")])
    func `percentages are written with their sign`(text: String, printed: String) throws {
        #expect(try Percent(parsing: text).description == printed)
    }

    @Test(arguments: ["35", "%", "35 %", "35%%", "0,5%", "", "+5%"])
    func `a number without its sign is no percentage`(text: String) {
        #expect(throws: PricingError.notPercent(text)) { try Percent(parsing: text) }
    }
}
