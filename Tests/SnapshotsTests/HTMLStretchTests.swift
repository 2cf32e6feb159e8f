import Snapshots
import Testing

/// The canonical form of HTML doesn't depend on whether stretches of it are passed over at once.
@Suite struct `stretches of HTML` {
    private static let pieces = [
        "<p>", "</p>", "<P>", "<p >", "<ul>\n<li>", "</li>\n</ul>", "<strong>", "</strong>", "<br>", "<br/>", "<br />",
        "<hr>", "<pre>", "</pre>", "<textarea>", "</textarea>", "<script>", "</script>", "<style>a{}</style>",
        "<!-- a -->",
        "<!", "<a href=\"https://example.com/p?a=b\">", "<a href='x'>", "<a href=\"a&amp;b\">", "<a href=\"", "</a>",
        "<p style=\"color:#333\">", "<p style=\"white-space: pre\">", "<p style=\"WIDTH: 3px\">",
        "<p class=\"a\" id=\"b\">",
        "<img src=\"a.png\" alt=\"\"/>", "<td colspan=2>", "<h2>", "</h2>", "<blockquote>", "</blockquote>", "<p:x>",
        "<figcaption>", "<address>", "<x1>", "<", ">", "&", "&amp;", "&lt;", "&gt;", "&am", "&nbsp;", "&eacute;",
        "&#39;",
        "&#160;", "&copy", "&foo;", " ", "  ", "\n", "\r\n", "\r", "\t", "\u{B}", "\u{C}", "\u{1}", " \n ", "\u{A0}",
        "a",
        "word", "two words", "a longer run of words, with no markup in it at all", "naïve café 30°", "e\u{301}", "日本語",
        "0123456789abcdef", "0123456789abcde ", "0123456789abcde\n", "0123456789abcd <b>", "fifteen letters", "w", "wh",
    ]

    @Test(arguments: 0..<20)
    func `the canonical form is the one found sign by sign`(seed: UInt64) {
        var random = SeededNumbers(seed)
        for _ in 0..<(PredictionTests.seeds / 4) {
            var text = ""
            for _ in 0..<Int.random(in: 1...14, using: &random) {
                text += Self.pieces.randomElement(using: &random) ?? ""
            }
            let atOnce = CanonicalForm.canonicalText(text, form: .html, takesStretches: true)
            let signBySign = CanonicalForm.canonicalText(text, form: .html, takesStretches: false)
            #expect(atOnce.utf8.elementsEqual(signBySign.utf8), "\(text.debugDescription)")
        }
    }

    @Test func `texts of any length and place are found plain or not`() {
        // A sign that is composed is looked for at every place of texts around the width that is looked at at once.
        for length in 0..<70 {
            let plain = String(repeating: "x", count: length)
            #expect(CanonicalForm.canonicalText(plain, form: .text) == plain)
            for place in 0...length {
                let before = String(repeating: "x", count: place)
                let text = before + "e\u{301}\r\n" + String(repeating: "é", count: length - place)
                let expected = before + "\u{E9}\n" + String(repeating: "é", count: length - place)
                #expect(CanonicalForm.canonicalText(text, form: .text).utf8.elementsEqual(expected.utf8))
            }
        }
    }
}
