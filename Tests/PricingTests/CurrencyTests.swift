import Foundation
import Pricing
import Testing

@Suite struct CurrencyTests {
    @Test(arguments: [
        (Currency.usd, "USD", 2), (.eur, "EUR", 2), (.gbp, "GBP", 2), (.chf, "CHF", 2), (.cad, "CAD", 2),
        (.aud, "AUD", 2), (.sek, "SEK", 2), (.jpy, "JPY", 0), (.krw, "KRW", 0), (.kwd, "KWD", 3), (.bhd, "BHD", 3),
    ])
    func `the constants agree with the table`(currency: Currency, code: String, decimals: Int) {
        #expect(Currency(code: code) == currency)
        #expect(currency.code == code)
        #expect(currency.minorUnits == decimals)
    }

    @Test func `the table has every active currency with minor units once`() {
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) }
        var counts: [Int: Int] = [:]
        for first in letters {
            for second in letters {
                for third in letters {
                    guard let currency = Currency(code: first + second + third) else { continue }
                    counts[currency.minorUnits, default: 0] += 1
                }
            }
        }
        #expect(counts == [0: 17, 2: 139, 3: 7, 4: 2])
    }

    @Test(arguments: [
        "", "EU", "EURO", "eur", "Eur", "EU ", "XAU", "XXX", "XTS", "XDR", "BGN", "HRK", "DEM", "€", "ÉUR",
    ])
    func `withdrawn, meta and misspelt codes are no currency`(code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test(arguments: [("JPY", Int64(1)), ("EUR", 100), ("KWD", 1000), ("CLF", 10_000)])
    func `minor units make up a whole one`(text: String, count: Int64) throws {
        #expect(try code(text).minorUnitsPerWhole == count)
    }

    @Test func `currencies sort by code and travel as their code`() throws {
        #expect([Currency.usd, .bhd, .jpy, .eur].sorted().map(\.code) == ["BHD", "EUR", "JPY", "USD"])
        let json = try JSONEncoder().encode([Currency.kwd])
        #expect(String(decoding: json, as: UTF8.self) == #"["KWD"]"#)
        #expect(try JSONDecoder().decode([Currency].self, from: json) == [.kwd])
        #expect(throws: PricingError.unknownCurrency("BGN")) {
            try JSONDecoder().decode([Currency].self, from: Data(#"["BGN"]"#.utf8))
        }
    }
}
