/// A column of a table.
struct TableColumn {
    /// Its heading.
    let title: String
    /// Whether it is set to the right, digit under digit.
    let isNumber: Bool

    static func text(_ title: String) -> TableColumn { TableColumn(title: title, isNumber: false) }
    static func number(_ title: String) -> TableColumn { TableColumn(title: title, isNumber: true) }
}

extension HTMLWriter {
    /// A section with its heading, which names it as a landmark.
    mutating func section(_ id: StaticString, _ title: String, _ body: (inout HTMLWriter) -> Void) {
        element("section", [("id", "\(id)"), ("aria-labelledby", "\(id)-title")]) { html in
            html.line()
            html.element("h2", [("id", "\(id)-title")], text: title)
            html.line()
            body(&html)
        }
        line()
    }

    /// A table that scrolls sideways by itself where the screen is narrow, with the keyboard as well.
    mutating func table(
        _ caption: String,
        _ columns: [TableColumn],
        id: String = "",
        rows: (inout HTMLWriter) -> Void
    ) {
        var names: [Attribute] = []
        if !id.isEmpty { names.append(("id", id)) }
        element("div", [("class", "scroll"), ("role", "group"), ("aria-label", caption), ("tabindex", "0")]) { html in
            html.element("table", names) { html in
                html.element("caption", text: caption)
                html.element("thead") { html in
                    html.element("tr") { html in
                        for column in columns {
                            html.element(
                                "th",
                                [("scope", "col"), ("class", column.isNumber ? "n" : "t")],
                                text: column.title
                            )
                        }
                    }
                }
                html.line()
                html.element("tbody") { html in
                    html.line()
                    rows(&html)
                }
            }
        }
        line()
    }

    /// A row of a table.
    mutating func row(_ body: (inout HTMLWriter) -> Void) {
        element("tr", [], body)
        line()
    }

    /// The cell that names its row.
    mutating func rowHeader(_ text: String) { element("th", [("scope", "row")], text: text) }

    /// A cell of text; an empty one shows that there is none.
    mutating func cell(_ text: String, limit: Int = mostSigns) { element("td", text: text, limit: limit) }

    /// A cell with a count.
    mutating func cell(_ number: Int) { element("td", [("class", "n")], text: PageText.number(number)) }

    /// A cell with a count, or a dash where nobody counted.
    mutating func cell(_ number: Int?) {
        element("td", [("class", "n")], text: number.map { PageText.number($0) } ?? "–")
    }

    /// A sentence under a heading.
    mutating func paragraph(_ text: String) {
        element("p", text: text, limit: .max)
        line()
    }

    /// A sentence in small print.
    mutating func note(_ text: String) {
        element("p", [("class", "note")], text: text, limit: .max)
        line()
    }

    /// An address, which may be broken at its dots.
    mutating func shop(_ name: String) { quoted(name) }
}
