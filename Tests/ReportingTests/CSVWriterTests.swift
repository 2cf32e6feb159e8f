import Pricing
import Testing

@testable import Reporting

struct CSVWriterTests {
    private func cell(_ text: String) -> String {
        var csv = CSVWriter()
        csv.text(text)
        return String(decoding: csv.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("=1+1", "\"'=1+1\""),
        ("+1", "\"'+1\""),
        ("-1", "\"'-1\""),
        ("@SUM(A1)", "\"'@SUM(A1)\""),
        ("\tx", "\"'\tx\""),
        ("\rx", "\"'\rx\""),
        ("\nx", "\"'\nx\""),
        ("＝1+1", "\"'＝1+1\""),
        ("＋1", "\"'＋1\""),
        ("－1", "\"'－1\""),
        ("＠x", "\"'＠x\""),
        ("﹦1", "\"'﹦1\""),
        ("−1", "\"'−1\""),
        (" =1", "\"' =1\""),
        ("\u{A0}=1", "\"'\u{A0}=1\""),
        ("\u{FEFF}=1", "\"'\u{FEFF}=1\""),
        ("\u{3000}=1", "\"'\u{3000}=1\""),
        ("'=1", "\"''=1\""),
        ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
        (#"=HYPERLINK("http://x","y")"#, #""'=HYPERLINK(""http://x"",""y"")""#),
        ("=1\u{0}", "\"'=1␀\""),
        ("=", "\"'=\""),
    ])
    func `CS-2: a text that could begin a formula gets an apostrophe and quotes`(text: String, written: String) {
        #expect(Array(cell(text).utf8) == Array(written.utf8))
    }

    @Test(arguments: [
        "", "a", "LAMP-01", "12.50", "0", "'n Sync", "a=b", "x@y", "é", "日本語", "ｆｕｌｌ", "→ there", "“quoted”", "a\tb",
        "€ 5", "﷼",
        "👩‍🚀", "…", "ﬁ",
    ])
    func `CS-2: any other text stays as it is`(text: String) {
        #expect(Array(cell(text).utf8) == Array(text.utf8))
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("\"", "\"\"\"\""), ("é,è", "\"é,è\""),
    ])
    func `quotes what RFC 4180 wants quoted`(text: String, written: String) {
        #expect(Array(cell(text).utf8) == Array(written.utf8))
    }

    @Test(arguments: [
        ("a\u{0}b", "a␀b"), ("\u{1B}[31mred", "␛[31mred"), ("a\u{7F}", "a␡"), ("a\u{9B}31m", "a\u{FFFD}31m"),
        ("Â©", "Â©"),
        ("\u{0}", "␀"), ("a,\u{8}", "\"a,␈\""), ("£5", "£5"), ("a\u{C2}", "a\u{C2}"),
    ])
    func `CS-2, HI-5: control characters are shown, not sent`(text: String, written: String) {
        #expect(Array(cell(text).utf8) == Array(written.utf8))
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (-7, "-7"), (10, "10"), (99, "99"), (100, "100"), (101, "101"), (999, "999"),
        (1000, "1000"),
        (8_000_000_000_032, "8000000000032"), (-1250, "-1250"), (Int64.max, "9223372036854775807"),
        (Int64.min, "-9223372036854775808"),
    ])
    func `CS-2: numbers stay plain, negative ones too`(number: Int64, written: String) {
        var csv = CSVWriter()
        csv.number(number)
        #expect(String(decoding: csv.bytes, as: UTF8.self) == written)
    }

    @Test(arguments: [
        ("-12.50", "-12.50"), ("0", "0"), ("007", "007"), ("", ""), ("+1", "\"'+1\""), ("-", "\"'-\""),
        ("-1+2", "\"'-1+2\""),
        ("1.", "1."), ("-.5", "\"'-.5\""), ("1,5", "\"1,5\""), ("-1.2.3", "\"'-1.2.3\""), ("-1e5", "\"'-1e5\""),
        ("-1.5\n", "\"'-1.5\n\""), ("n/a", "n/a"),
    ])
    func `CS-2: a number column takes numbers plain and guards anything else`(text: String, written: String) {
        var csv = CSVWriter()
        csv.decimal(text)
        #expect(Array(csv.bytes) == Array(written.utf8))
    }

    @Test func `separates cells by commas and ends rows by CRLF`() {
        var csv = CSVWriter()
        csv.header(["a", "b", "c"])
        csv.text("")
        csv.number(1)
        csv.empty()
        csv.endRow()
        #expect(String(decoding: csv.bytes, as: UTF8.self) == "a,b,c\r\n,1,\r\n")
    }

    @Test func `goes on in the middle of a table after its bytes were taken`() {
        var csv = CSVWriter()
        csv.header(["a", "b"])
        csv.removeAll()
        csv.text("x")
        csv.text("y")
        csv.endRow()
        #expect(String(decoding: csv.bytes, as: UTF8.self) == "x,y\r\n")
    }

    @Test(arguments: [
        (",", "\"", ",", "\""), ("\"", "\"", "\"\"", "\""), ("\r", "\"", "\r", "\""), ("\n", "\"", "\n", "\""),
        ("\u{1}", "", "␁", ""), ("\u{1F}", "", "␟", ""), ("\u{7F}", "", "␡", ""), ("\u{9B}", "", "\u{FFFD}", ""),
        ("\t", "", "\t", ""), ("!", "", "!", ""), ("ÿ", "", "ÿ", ""), ("£", "", "£", ""),
    ])
    func `CS-2: a sign is found at every place of a cell of any length`(
        sign: String,
        before: String,
        shown: String,
        behind: String
    ) {
        for length in 0...35 {
            for place in 0...length {
                // Never the first of a cell, where a tab or a line's end would begin a formula.
                let left = "x" + String(repeating: "a", count: place)
                let right = String(repeating: "z", count: length - place)
                let written = cell(left + sign + right)
                #expect(Array(written.utf8) == Array((before + left + shown + right + behind).utf8))
            }
        }
    }

    @Test func `a plain text of any length is written whole, and nothing behind it`() {
        for length in 0...70 {
            let text = String((0..<length).map { Character(UnicodeScalar(UInt8(ascii: "A") + UInt8($0 % 26))) })
            var csv = CSVWriter()
            csv.text(text)
            csv.text("")
            csv.endRow()
            #expect(String(decoding: csv.bytes, as: UTF8.self) == "\(text),\r\n")
            #expect(csv.count == length + 3)
        }
    }

    @Test func `grows as far as a table needs, and lends what it holds`() {
        var csv = CSVWriter(reserving: 1)
        var expected = ""
        for number in 0..<5000 {
            csv.text(String(repeating: "é", count: number % 50))
            csv.number(Int64(number))
            csv.endRow()
            expected += "\(String(repeating: "é", count: number % 50)),\(number)\r\n"
        }
        #expect(csv.bytes == Array(expected.utf8))
        #expect(csv.withBytes { Array($0) } == csv.bytes)
    }

    @Test(arguments: ["JPY", "EUR", "KWD", "CLF"])
    func `a number with decimals is written as the amount's own text`(code: String) throws {
        let currency = try #require(Currency(code: code))
        var numbers: [Int64] = [0, 1, -1, 9, 10, 99, -99, 100, 101, 12_345, -999_999, .max, .min]
        var generator = SplitMix64(seed: 5)
        for shift in 0..<64 { numbers.append(Int64(bitPattern: generator.next()) >> Int64(shift)) }
        for number in numbers {
            var csv = CSVWriter(reserving: 1)
            csv.number(number, decimals: currency.minorUnits)
            #expect(
                String(decoding: csv.bytes, as: UTF8.self) == Money(minorUnits: number, currency: currency).decimalText
            )
        }
    }
}
