import Reporting
import Testing

@testable import ReportPage

/// FAULTS HI-5 and ML-2 at the page.
struct EscapingTests {
    @Test(arguments: [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"x",
        "' autofocus onfocus='x",
        "&lt;b&gt;", "<!--", "]]>", "</style>", "\u{202E}lortnoc", "\u{0}\u{1B}[31m", "💡🏳️‍🌈", "e\u{301}", "a\u{2028}b",
    ])
    func `HI-5: a text comes out as text and nothing else`(_ text: String) {
        var html = HTMLWriter()
        html.element("p", [("title", text)], text: text, limit: .max)
        let read = PageReader(html.bytes)
        #expect(read.problems == [])
        #expect(read.tags.map(\.name) == ["p"])
        #expect(read.tags.first?.attributes.keys.sorted() == ["title"])
        #expect(read.text.utf8.elementsEqual(HarmlessText.line(text).utf8))
        #expect(read.tags.first?.attributes["title"]?.utf8.elementsEqual(HarmlessText.line(text).utf8) == true)
    }

    @Test(arguments: 0..<200)
    func `HI-5: any text comes out as itself`(_ seed: Int) {
        var random = SeededNumbers(seed: UInt64(seed))
        let signs = Array("<>&\"'/=!-[]; \\scriptbdi#x0aé💡\u{202E}\u{0}\n\r\t\u{FEFF}".unicodeScalars)
        var text = ""
        for _ in 0..<random.next(below: 60) { text.unicodeScalars.append(signs[random.next(below: signs.count)]) }
        var html = HTMLWriter()
        html.element("td", [("class", text)]) { $0.text(text, limit: .max) }
        let read = PageReader(html.bytes)
        #expect(read.problems == [])
        #expect(read.tags.map(\.name) == ["td"])
        #expect(read.text.utf8.elementsEqual(HarmlessText.line(text).utf8))
    }

    @Test func `HI-5: a page of hostile texts has the tags of one of harmless texts, and no foreign link`() throws {
        let bytes = RunPage(try SampleRun.hostile.report(), history: try SampleRun.hostile.history()).bytes
        let read = PageReader(bytes)
        #expect(read.problems == [])
        #expect(read.tags.count { $0.name == "script" } == 1)
        #expect(read.tags.allSatisfy { $0.name != "img" })
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("javascript:"))
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(!text.utf8.contains(0))
    }

    @Test func `a long text is cut with a sign that says so`() {
        var html = HTMLWriter()
        html.text(String(repeating: "x", count: 10_000))
        #expect(html.bytes.count == 160 + "…".utf8.count)
    }
}

/// SplitMix64: the same seed, the same numbers.
private struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
