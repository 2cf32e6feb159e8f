import Reporting

/// What a mail says, before it is text or HTML.
struct MailContent: Sendable {
    /// How the headline is meant.
    enum Tone: Sendable {
        case good, attention, bad
    }

    /// A table; a cell may be any text of a store.
    struct Table: Sendable {
        let title: String
        let columns: [String]
        let rows: [[String]]
        /// What stands below it; empty for nothing.
        var note = ""
    }

    let tone: Tone
    /// The outcome, in a sentence.
    let headline: String
    /// Paragraphs below it.
    var lines: [String] = []
    var tables: [Table] = []
    /// Text as it came, such as a log; empty for none.
    var log = ""
    /// Paragraphs at the end.
    var closing: [String] = []

    /// Cells are cut to this many signs.
    private static let cellLimit = 160

    /// The text part.
    var text: String {
        var parts = [HarmlessText.line(headline)]
        if !lines.isEmpty { parts.append(lines.map { HarmlessText.line($0) }.joined(separator: "\n")) }
        parts += tables.map(text)
        if !log.isEmpty { parts.append(logLines.joined(separator: "\n")) }
        if !closing.isEmpty { parts.append(closing.map { HarmlessText.line($0) }.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The body of the HTML part: tables and inline style only, nothing from elsewhere.
    var html: String {
        let color =
            switch tone {
            case .good: "#1a7f37"
            case .attention: "#9a6700"
            case .bad: "#cf222e"
            }
        var parts = [
            "<p style=\"margin:0 0 12px;padding:8px 12px;border-left:6px solid \(color);font-size:18px\"><strong>"
                + "\(HTMLText.escaped(headline))</strong></p>"
        ]
        parts += lines.map { "<p style=\"margin:0 0 6px\">\(HTMLText.escaped($0))</p>" }
        parts += tables.map(html)
        if !log.isEmpty {
            let lines = logLines.map { HTMLText.escaped($0) }.joined(separator: "\n")
            parts.append("<pre style=\"font-size:12px;white-space:pre-wrap\">\(lines)</pre>")
        }
        parts += closing.map { "<p style=\"margin:12px 0 0;font-size:13px\">\(HTMLText.escaped($0))</p>" }
        return parts.joined(separator: "\n")
    }

    private var logLines: [String] {
        log.split(separator: "\n", omittingEmptySubsequences: false).map { HarmlessText.line(String($0)) }
    }

    private func text(_ table: Table) -> String {
        var text = [table.title]
        for row in table.rows {
            let cells = zip(table.columns, row).filter { !$0.1.isEmpty }.map { column, cell in
                (column.isEmpty ? "" : "\(column): ") + HarmlessText.line(cell, limit: Self.cellLimit)
            }
            text.append("  - " + cells.joined(separator: "; "))
        }
        if !table.note.isEmpty { text.append("  \(HarmlessText.line(table.note))") }
        return text.joined(separator: "\n")
    }

    private func html(_ table: Table) -> String {
        let cell = "padding:4px 10px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #8884"
        var html = "<h2 style=\"margin:18px 0 6px;font-size:15px\">\(HTMLText.escaped(table.title))</h2>\n"
        html +=
            "<div style=\"overflow-x:auto\"><table cellspacing=\"0\" cellpadding=\"0\" style=\"border-collapse:collapse;font-size:14px\">\n<tr>"
        html += table.columns.map { "<th style=\"\(cell)\">\(HTMLText.escaped($0))</th>" }.joined()
        html += "</tr>\n"
        for row in table.rows {
            html += "<tr>"
            html += row.map { "<td style=\"\(cell)\">\(HTMLText.escaped($0, limit: Self.cellLimit))</td>" }.joined()
            html += "</tr>\n"
        }
        html += "</table></div>"
        if !table.note.isEmpty { html += "\n<p style=\"font-size:13px\">\(HTMLText.escaped(table.note))</p>" }
        return html
    }
}
