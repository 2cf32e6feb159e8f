import Snapshots
import Testing

@Suite struct `canonical forms` {
    @Test(arguments: [
        (CanonicalForm.text, "a\r\nb", "a\nb"), (.text, "a\rb", "a\nb"), (.text, "e\u{301}", "\u{E9}"),
        (.text, "A\u{30A}", "\u{212B}"), (.text, "\u{1100}\u{1161}", "\u{AC00}"), (.text, "か\u{3099}", "が"),
        (.code, " 4006381333931 ", "4006381333931"), (.code, "\u{A0}x\u{3000}\n", "x"), (.country, "pt", "PT"),
        (.tags, " Summer SALE ", "summer sale"), (.tags, "ÉTÉ", "été"), (.tags, "E\u{301}te\u{301}", "été"),
        (.html, "<p>a</p>\n<p>b</p>\n", "<p>a</p><p>b</p>"), (.html, "<p> a </p>", "<p>a</p>"),
        (.html, "a&nbsp;b", "a\u{A0}b"), (.html, "a&#160;b", "a\u{A0}b"), (.html, "a&#xA0;b", "a\u{A0}b"),
        (.html, "&quot;x&#34;", "\"x\""), (.html, "it&#39;s it&apos;s", "it's it's"), (.html, "&eacute;&#233;", "éé"),
        (.html, "A & B", "A &amp; B"), (.html, "AT&T", "AT&amp;T"), (.html, "&", "&amp;"),
        (.html, "1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        (.html, "a<br>b", "a<br/>b"), (.html, "a<br />b", "a<BR>\nb"),
        (.html, "<P CLASS=\"X\">a</P>", "<p class=\"X\">a</p>"),
        (.html, "<a href='x'>y</a>", "<a  href = \"x\" >y</a >"), (.html, "<a href=x>y</a>", "<a href=\"x\">y</a>"),
        (.html, "<a href=\"?a=1&b=2\">y</a>", "<a href=\"?a=1&amp;b=2\">y</a>"),
        (.html, "<img src=\"a\"/>", "<img src=\"a\">"),
        (.html, "<ul>\n<li>a</li>\r\n <li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"), (.html, " plain ", "plain"),
        (.html, "<script>\na &amp; b\n</script>", "<SCRIPT>\na &amp; b\n</script>"), (.html, "e\u{301}", "é"),
        (.html, "", ""), (.html, " \n", ""),
        (.html, "<table>\n<tr> <td> 1 </td>\n</tr></table>", "<table><tr><td>1</td></tr></table>"),
    ])
    func `what a merchant takes for equal is equal`(form: CanonicalForm, left: String, right: String) {
        let key = testKey()
        #expect(key.fingerprint(of: left, form: form) == key.fingerprint(of: right, form: form))
        #expect(
            CanonicalForm.canonicalText(left, form: form).utf8.elementsEqual(
                CanonicalForm.canonicalText(right, form: form).utf8
            )
        )
    }

    @Test(arguments: [
        (CanonicalForm.exact, "A", "a"), (.exact, "e\u{301}", "\u{E9}"), (.exact, "a ", "a"), (.text, "Lamp ", "Lamp"),
        (.text, "Lamp", "lamp"), (.text, "a\nb", "a b"), (.code, "00123", "123"), (.tags, "drop 1", "drop1"),
        (.html, "&lt;b&gt;", "<b>"), (.html, "&amp;lt;", "&lt;"), (.html, "&amp;nbsp;", "&nbsp;"), (.html, "a b", "ab"),
        (.html, "a&nbsp;b", "a b"), (.html, "<p>a</p>", "a"), (.html, "<b>a</b> b", "<b>a</b>b"),
        (.html, "a <i>b</i>", "a<i>b</i>"),
        (.html, "<pre>a\n\n</pre>", "<pre>a</pre>"), (.html, "<pre> a</pre>", "<pre>a</pre>"),
        (.html, "&copy", "&amp;copy"),
        (.html, "&copy=1", "&amp;copy=1"), (.html, "&#39", "&amp;#39"), (.html, "<p>a</p>", "<div>a</div>"),
        (.html, "<p style=\"white-space:pre\"> a</p>", "<p style=\"white-space:pre\">a</p>"),
        (.html, "<p style=\"WHITE-SPACE:pre\"> a</p>", "<p style=\"WHITE-SPACE:pre\">a</p>"),
        (.html, "<a href=\"A\">x</a>", "<a href=\"a\">x</a>"), (.html, "<!-- a -->", ""), (.html, "Wash.", "Wash!"),
        (.html, "<a title='\"'>x</a>", "<a title=\"\">x</a>"),
        (.html, "<a title=\"&quot;\">x</a>", "<a title=\"\">x</a>"),
        (.html, "<a t=\"' u='\">x</a>", "<a t='' u=''>x</a>"), (.html, "<path/>", "<path>"), (.html, "&#0;", ""),
        (.html, "a&shy;b", "ab"),
        (.html, "<script>a &amp; b</script>", "<script>a & b</script>"), (.html, "<pre-x> a</pre-x>", "<pre>a</pre>"),
        (.html, "&#10;", "\n"), (.html, "<p", "&lt;q"), (.html, "<a href=\"x", "<a href=\"y"),
    ])
    func `what a customer can tell apart stays apart`(form: CanonicalForm, left: String, right: String) {
        let key = testKey()
        #expect(key.fingerprint(of: left, form: form) != key.fingerprint(of: right, form: form))
    }

    @Test(arguments: 0..<200)
    func `a canonical text is its own canonical text`(seed: UInt64) {
        var random = SeededNumbers(seed)
        let parts = [
            "<p>", "</p>", "<br/>", "<BR>", "<pre>", "</pre>", " ", "\n", "\r\n", "&nbsp;", "&", "&amp;", "&lt;", "<",
            ">", "\"", "a",
            "é", "e\u{301}", "<a href='x' B=\"&\">", "</a>", "<!-- x -->", "<script>", "</script>", "'", "&#39;",
            "&copy", ";", "=", "日本",
        ]
        let text = (0..<20).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
        for form in CanonicalForm.allCases {
            let once = CanonicalForm.canonicalText(text, form: form)
            #expect(CanonicalForm.canonicalText(once, form: form).utf8.elementsEqual(once.utf8), "\(form): \(text)")
        }
    }

    @Test func `a text full of unfinished tags takes no longer than another`() {
        let text = String(repeating: "<a b=\"", count: 200_000)
        #expect(!CanonicalForm.canonicalText(text, form: .html).isEmpty)
    }
}
