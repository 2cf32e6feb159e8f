import CSimdjson
import Pricing
import Testing

/// Amounts read eight signs at a time are those that `Money` reads, or left to it.
@Suite struct `short decimals` {
    @Test(arguments: [Currency.eur, .jpy, .kwd], 0..<8)
    func `a short amount is what Money makes of it`(currency: Currency, seed: UInt64) {
        var random = SeededNumbers(seed)
        for _ in 0..<1500 {
            let length = Int.random(in: 0...18, using: &random)
            var text = (0..<length).map { _ in "0123456789".utf8.randomElement(using: &random) ?? 0x30 }
            if length > 0, Int.random(in: 0..<4, using: &random) != 0 {
                let odd: [UInt8] = [0x2E, 0x2E, 0x2E, 0x2D, 0x2F, 0x3A, 0x20, 0x65, 0xB0]
                text[Int.random(in: 0..<length, using: &random)] = odd.randomElement(using: &random) ?? 0x2E
            }
            // What follows the text must not count.
            let memory = text + [0x31, 0x2E, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37]
            var units: Int64 = 0
            let isRead = csj_decimal(memory, text.count, Int32(currency.minorUnits), &units)
            let money = try? Money(parsing: text, as: currency)
            #expect(!isRead || money?.minorUnits == units, "\(String(decoding: text, as: UTF8.self))")
            if let money, text.count <= 8, !text.isEmpty, text[0] != 0x2D, !text.contains(0x2E) {
                #expect(isRead && units == money.minorUnits)
            }
        }
    }

    @Test(arguments: ["1.25", "0.99", "198.99", "12345.67", "123456.78", "1234567890123.45", "7", "0.5"])
    func `usual amounts are read without Money`(text: String) throws {
        var units: Int64 = 0
        #expect(csj_decimal(Array(text.utf8) + [UInt8](repeating: 0x39, count: 8), text.utf8.count, 2, &units))
        #expect(try Money(parsing: text, as: .eur).minorUnits == units)
    }
}
