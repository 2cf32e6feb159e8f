/// The named character references that descriptions use (HTML Standard, "Named character references": the Latin-1 names,
/// which browsers also read without a semicolon, and the typographic ones).
enum HTMLEntityNames {
    /// The scalar of a name, nil where it isn't in the table.
    static func scalar(named name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        scalars[String(decoding: name, as: UTF8.self)]
    }

    /// Whether a browser may read the beginning of these letters as a reference without a semicolon.
    static func mayBeginWithLegacyName(_ letters: UnsafeBufferPointer<UInt8>) -> Bool {
        guard letters.count >= 2 else { return false }
        let text = String(decoding: letters.prefix(8), as: UTF8.self)
        return legacyNames.contains { text.hasPrefix($0) }
    }

    private static let markup: [(String, Unicode.Scalar)] = [
        ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("AMP", "&"), ("LT", "<"), ("GT", ">"), ("QUOT", "\""),
    ]

    /// U+00A0 to U+00FF in order.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
        para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
        Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
        Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
        igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
        thorn yuml
        """.split(separator: " ").map(String.init)

    private static let typographic: [(String, Unicode.Scalar)] = [
        ("apos", "'"), ("hellip", "\u{2026}"), ("mdash", "\u{2014}"), ("ndash", "\u{2013}"), ("lsquo", "\u{2018}"),
        ("rsquo", "\u{2019}"), ("sbquo", "\u{201A}"), ("ldquo", "\u{201C}"), ("rdquo", "\u{201D}"),
        ("bdquo", "\u{201E}"),
        ("bull", "\u{2022}"), ("trade", "\u{2122}"), ("euro", "\u{20AC}"), ("prime", "\u{2032}"), ("Prime", "\u{2033}"),
        ("lsaquo", "\u{2039}"), ("rsaquo", "\u{203A}"), ("OElig", "\u{152}"), ("oelig", "\u{153}"),
        ("Scaron", "\u{160}"),
        ("scaron", "\u{161}"), ("Yuml", "\u{178}"), ("dagger", "\u{2020}"), ("Dagger", "\u{2021}"),
        ("permil", "\u{2030}"),
        ("minus", "\u{2212}"), ("le", "\u{2264}"), ("ge", "\u{2265}"), ("ne", "\u{2260}"), ("asymp", "\u{2248}"),
    ]

    private static let latinPairs: [(String, Unicode.Scalar)] = latin.enumerated().compactMap { position, name in
        Unicode.Scalar(UInt32(0xA0 + position)).map { (name, $0) }
    }

    private static let scalars = Dictionary(
        uniqueKeysWithValues: markup + latinPairs + typographic
    )

    private static let legacyNames = latin + markup.map(\.0) + ["COPY", "REG"]
}
