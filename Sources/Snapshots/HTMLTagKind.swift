/// What a tag's name says about the blanks around it and about its content.
enum HTMLTagKind: Equatable {
    case inline
    case block
    case void
    case lineBreak
    case rule
    case preformatted
    case textArea
    case script
    case style

    /// The kind of the tag whose name begins at a place.
    init(_ text: UnsafeBufferPointer<UInt8>, from begin: Int) {
        // Names of interest have at most ten letters: they fit into a word and are compared as one.
        var name: UInt128 = 0
        var place = begin
        while place < text.count, !Self.endsName(text[place]) {
            guard place - begin < 12 else {
                self = .inline
                return
            }
            name = name << 8 | UInt128(text[place].asciiLowercased)
            place += 1
        }
        self = place - begin <= 2 ? Self.short(UInt16(name)) : Self.kinds[name] ?? .inline
    }

    @inline(__always)
    private static func endsName(_ byte: UInt8) -> Bool {
        byte.isHTMLBlank || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
    }

    /// The kinds of names of one or two letters, which are nearly all there are, without a look into the table.
    private static func short(_ name: UInt16) -> HTMLTagKind {
        switch name {
        case 0x70, 0x756C, 0x6F6C, 0x6C69, 0x6831...0x6836, 0x7472, 0x7464, 0x7468, 0x646C, 0x6474, 0x6464: .block
        case 0x6272: .lineBreak
        case 0x6872: .rule
        default: .inline
        }
    }

    /// Blanks before and after the tag aren't shown.
    var isBlock: Bool { self == .block || self == .lineBreak || self == .rule }
    /// It never has content, so that `<br>` and `<br/>` are one.
    var isVoid: Bool { self == .void || self == .lineBreak || self == .rule }
    /// Blanks in it are shown.
    var isPreformatted: Bool { self == .preformatted || self == .textArea }
    /// Its content is no HTML.
    var isRaw: Bool { self == .script || self == .style }

    private static let kinds: [UInt128: HTMLTagKind] = {
        var kinds: [UInt128: HTMLTagKind] = [:]
        func add(_ names: String, _ kind: HTMLTagKind) {
            for name in names.split(separator: " ") {
                kinds[name.utf8.reduce(0) { $0 << 8 | UInt128($1) }] = kind
            }
        }
        add("div table thead tbody tfoot caption colgroup fieldset form", .block)
        add("blockquote section article header footer main nav aside figure figcaption address", .block)
        add("area base col embed img input link meta param source track wbr", .void)
        add("pre", .preformatted)
        add("textarea", .textArea)
        add("script", .script)
        add("style", .style)
        return kinds
    }()
}
