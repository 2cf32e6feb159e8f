import Pricing
import Testing

@Suite struct RateTableTests {
    @Test func `reads the ECB's daily file`() throws {
        let table = try RateTable(ecbDailyXML: Array(ecbDaily.utf8))
        #expect(table.base == .eur)
        #expect(try table.date == day("2026-07-06"))
        #expect(table.origin == "ECB daily reference rates")
        #expect(table.rates.count == 3)
        #expect(try table.rates[.jpy] == ExactDecimal(parsing: "185.31"))
    }

    @Test func `either quote, comments and blanks make no difference`() throws {
        let text = ecbDaily.replacing("'", with: "\"").replacing("/>", with: " />")
            .replacing("<gesmes:subject>", with: "<!-- <Cube currency='X' -->\r\n<gesmes:subject >")
        #expect(try RateTable(ecbDailyXML: Array(text.utf8)) == RateTable(ecbDailyXML: Array(ecbDaily.utf8)))
    }

    @Test(arguments: [
        ("EUR", "USD", "1.1415"), ("USD", "EUR", "0.87604030"), ("USD", "JPY", "162.33903"),
        ("JPY", "USD", "0.0061599482"),
        ("GBP", "JPY", "216.64056"), ("JPY", "EUR", "0.0053963629"), ("EUR", "EUR", "1"), ("USD", "USD", "1"),
    ])
    func `crosses any pair through the base`(from: String, to: String, text: String) throws {
        let table = try RateTable(ecbDailyXML: Array(ecbDaily.utf8))
        let rate = try table.rate(from: code(from), to: code(to))
        #expect(try ExactDecimal(parsing: rate.text) == ExactDecimal(parsing: text))
        #expect(try rate.date == day("2026-07-06"))
    }

    @Test func `crossing loses nothing: there and back is exactly one`() throws {
        let table = try RateTable(ecbDailyXML: Array(ecbDaily.utf8))
        let (out, back) = (try table.rate(from: .usd, to: .jpy), try table.rate(from: .jpy, to: .usd))
        #expect(out.numerator == back.denominator)
        #expect(out.denominator == back.numerator)
    }

    /// MO-3.
    @Test func `MO-3: a currency that is not in the rates is missing, not 1`() throws {
        let table = try RateTable(ecbDailyXML: Array(ecbDaily.utf8))
        let missing = PricingError.rateMissing(from: .usd, to: .kwd, origin: "ECB daily reference rates")
        #expect(throws: missing) { try table.rate(from: .usd, to: .kwd) }
        #expect(throws: PricingError.self) { try table.rate(from: .kwd, to: .eur) }
    }

    /// MO-3.
    @Test(arguments: [
        ("rate='1.1415'", "rate='0'", RateFileProblem.notPositive), ("rate='1.1415'", "rate='-1.1415'", .notPositive),
        ("rate='1.1415'", "rate='1,1415'", .number), ("rate='1.1415'", "rate=''", .number),
        ("rate='1.1415'", "rate='1e3'", .number), ("rate='1.1415'", "", .notECB),
        ("currency='JPY'", "currency='USD'", .duplicate), ("currency='JPY'", "currency='yen'", .notECB),
        ("currency='JPY'", "currency='EUR'", .itself), ("2026-07-06", "2026-02-30", .date), ("2026-07-06", "", .date),
        ("<gesmes:subject>", "<!DOCTYPE x><gesmes:subject>", .declaration), ("Reference", "&xxe;", .declaration),
        ("'USD'", "'U&#83;D'", .declaration), ("</gesmes:Envelope>", "", .notECB), ("</gesmes:Sender>", "", .notECB),
        ("\t\t</Cube>\n", "", .notECB), ("<Cube time='2026-07-06'>", "<Cube>", .notECB),
        ("gesmes:Envelope", "html", .notECB), ("rate='185.31'", "rate='185.31", .notECB),
        ("</gesmes:Envelope>", "</gesmes:Envelope><gesmes:Envelope/>", .notECB),
        ("currency='USD'", "currency='USD' currency='USD'", .notECB),
    ])
    func `MO-3: refuses a daily file that is not whole and sound`(
        part: String,
        replacement: String,
        problem: RateFileProblem
    ) throws {
        let bytes = Array(ecbDaily.replacing(part, with: replacement).utf8)
        let error = #expect(throws: PricingError.self) { try RateTable(ecbDailyXML: bytes) }
        guard case .ratesMalformed(_, _, _, problem) = error else {
            Issue.record("\(error.map(String.init(describing:)) ?? "none")")
            return
        }
    }

    @Test func `a daily file cut anywhere is refused`() {
        let bytes = Array(ecbDaily.utf8)
        for length in 0..<bytes.count {
            #expect(throws: PricingError.self) { try RateTable(ecbDailyXML: bytes.prefix(length)) }
        }
    }

    @Test func `a refused daily file names line and value`() {
        let bytes = Array(ecbDaily.replacing("185.31", with: "0").utf8)
        #expect(
            throws: PricingError.ratesMalformed(
                origin: "ECB daily reference rates",
                line: 10,
                value: "0",
                problem: .notPositive
            )
        ) { try RateTable(ecbDailyXML: bytes) }
    }

    @Test func `reads the ECB's historic file: the newest day, without withdrawn currencies`() throws {
        let text = """
            Date,USD,JPY,BGN,CYP,GBP,
            2025-06-27,1.1704,169.24,1.9558,N/A,0.8529,
            2025-06-30,1.172,169.17,1.9558,N/A,N/A,
            2025-06-26,1.1695,168.92,1.9558,N/A,0.8535,
            """
        let table = try RateTable(csv: text, fileName: "eurofxref-hist.csv")
        #expect(table.base == .eur)
        #expect(try table.date == day("2025-06-30"))
        #expect(table.origin == "file eurofxref-hist.csv")
        #expect(
            try table.rates == [.usd: ExactDecimal(parsing: "1.172"), .jpy: ExactDecimal(parsing: "169.17")]
        )
    }

    @Test func `reads a file of pairs: the newest day only`() throws {
        let text =
            "\u{FEFF}from,to,rate,date\r\nUSD,EUR,0.90,2026-07-05\r\nUSD, EUR ,0.9250,2026-07-06\r\n\r\n"
            + "USD,JPY,150,2026-07-05\r\n"
        let table = try RateTable(csv: text, fileName: "rates.csv")
        #expect(table.base == .usd)
        #expect(try table.date == day("2026-07-06"))
        #expect(try table.rates == [.eur: ExactDecimal(parsing: "0.925")])
        #expect(try table.rate(from: .eur, to: .usd).text == "1.0810811")
    }

    /// MO-3.
    @Test(arguments: [
        ("", 1, RateFileProblem.empty), ("from,to,rate,date\n", 1, .empty), ("EUR;0.9\n", 1, .header),
        ("from,to,rate\nUSD,EUR,1", 1, .header),
        ("from,to,rate,date\nUSD,EUR,0.9\n", 2, .columns), ("from,to,rate,date\nUSD,EUR,0.9,06.07.2026\n", 2, .date),
        ("from,to,rate,date\nUSD,EUR,0,2026-07-06\n", 2, .notPositive),
        ("from,to,rate,date\nUSD,EUR,-0.9,2026-07-06\n", 2, .notPositive),
        ("from,to,rate,date\nUSD,EUR,0.9x,2026-07-06\n", 2, .number),
        ("from,to,rate,date\nUSD,EUR,,2026-07-06\n", 2, .number),
        ("from,to,rate,date\nUSD,EUX,0.9,2026-07-06\n", 2, .currency),
        ("from,to,rate,date\nUSD,EUR,0.9,2026-07-06\n\nUSD,EUR,0.9,2026-07-06", 4, .duplicate),
        ("from,to,rate,date\nUSD,EUR,0.9,2026-07-06\nEUR,USD,1.1,2026-07-06", 3, .otherBase),
        ("from,to,rate,date\nUSD,USD,1.1,2026-07-06\n", 2, .itself), ("Date,USD,\n2025-06-30,N/A,\n", 2, .empty),
        ("Date,USD,\n2025-06-30,0,\n", 2, .notPositive), ("Date,USD,\n2025-06-30,1.1\n", 2, .columns),
        ("Date,USD,\n2025-06-30,1.1,\n2025-06-30,1.1,\n", 3, .duplicate), ("Date,USD,\n30.6.2025,1.1,\n", 2, .date),
        ("Date,USD,USD,\n2025-06-30,1.1,1.1,\n", 2, .duplicate), ("Date,usd,\n2025-06-30,1.1,\n", 1, .currency),
    ])
    func `MO-3: refuses a local file, naming the line`(text: String, line: Int, problem: RateFileProblem) {
        let error = #expect(throws: PricingError.self) { try RateTable(csv: text, fileName: "rates.csv") }
        guard case .ratesMalformed("file rates.csv", line, _, problem) = error else {
            Issue.record("\(error.map(String.init(describing:)) ?? "none")")
            return
        }
    }

    @Test func `reads the settings' table`() throws {
        let table = try RateTable(table: [("EUR", "0.9250"), ("JPY", "150")], base: .usd, date: day("2026-07-06"))
        let rate = try table.rate(from: .usd, to: .eur)
        #expect(rate.description == "1 USD = 0.925 EUR (2026-07-06, table in settings)")
        #expect(try table.rate(from: .eur, to: .jpy).text == "162.16216")
    }

    /// MO-3.
    @Test(arguments: [
        ("EUR", "0", RateFileProblem.notPositive), ("EUR", "-0.9", .notPositive), ("EUR", "", .number),
        ("EUR", "0,9", .number), ("euro", "0.9", .currency), ("USD", "0.9", .itself), ("JPY", "150", .duplicate),
    ])
    func `MO-3: refuses a table, naming the entry`(code: String, text: String, problem: RateFileProblem) throws {
        let date = try day("2026-07-06")
        let error = #expect(throws: PricingError.self) {
            try RateTable(table: [("JPY", "150"), (code, text)], base: .usd, date: date)
        }
        guard case .ratesMalformed("table in settings", 2, _, problem) = error else {
            Issue.record("\(error.map(String.init(describing:)) ?? "none")")
            return
        }
    }

    /// MO-3.
    @Test(arguments: ["0", "-1.1"])
    func `MO-3: no rate exists that is not above zero`(text: String) throws {
        #expect(throws: PricingError.rateNotPositive(from: .usd, to: .eur, value: text)) { try rate(text, .usd, .eur) }
        #expect(throws: PricingError.rateToItself(.usd, value: "1.1")) { try rate("1.1", .usd, .usd) }
    }

    @Test(arguments: [
        ("0.123456785", "0.12345678"), ("0.123456795", "0.1234568"), ("123456789", "123456789"),
        ("99999999.5", "100000000"),
        ("0.00000000123456789", "0.0000000012345679"), ("1.00000000001", "1"), ("20565.38", "20565.38"),
    ])
    func `a rate's text has eight significant digits, half to even`(text: String, printed: String) throws {
        #expect(try rate(text, .usd, .eur).text == printed)
    }
}
