extension TeamSettings {
    /// The reference of the settings file, in Markdown.
    ///
    /// Written from the description that files are checked by, so it lists what the program takes and nothing else.
    public static var reference: String { SettingsReference().text }
}

/// Writes the description of the keys as a page with one table per group.
struct SettingsReference {
    /// A group that has a table, and where it stands.
    private struct Part {
        let place: String
        let section: SettingsSection

        var names: [String] { section.names }
    }

    private static let top = "The whole file"

    var text: String {
        let parts = Self.parts
        return (Self.head + parts.flatMap { table(of: $0, among: parts) }).joined(separator: "\n") + "\n"
    }

    private static let head = [
        "# Settings reference",
        "",
        "Every key of the settings file, written by `synctec manual --settings` from the description that the file is checked by.",
        "`synctec init` writes the same as a commented file to fill in. An unknown key is an error that names its line and the",
        "nearest known key. Paths count from the folder of the file. Secrets never stand here; see",
        "[credential files](operating.md#credential-files).",
        "",
        "`[]` behind a key means a list: one item per line, each behind a dash. A key that is *required* must be there where its",
        "group is.",
    ]

    /// All groups in the order of the file; one that stands in several places has its table where it is the whole team's, else at
    /// the first place.
    private static var parts: [Part] {
        let whole = Part(place: top, section: .team)
        var parts = [whole]
        func add(_ key: SettingsKey, below path: String) {
            guard let inner = key.shape.group else { return }
            let part = Part(place: path + key.name + key.shape.mark, section: inner)
            let isTeams = !path.isEmpty && whole.section.keys.contains { $0.shape.group?.names == part.names }
            guard !isTeams, !parts.contains(where: { $0.names == part.names }) else { return }
            parts.append(part)
            for key in inner.keys { add(key, below: part.place + ".") }
        }
        for key in whole.section.keys { add(key, below: "") }
        return parts
    }

    private func table(of part: Part, among parts: [Part]) -> [String] {
        let hasNotes = part.section.keys.contains { !$0.note.isEmpty }
        let title = part.place == Self.top ? part.place : "`\(part.place)`"
        return ["", "## \(title)", ""]
            + row(["Key", "What to write", "Default"] + (hasNotes ? ["Meaning"] : []))
            + row(Array(repeating: "---", count: hasNotes ? 4 : 3))
            + part.section.keys.flatMap { key in
                let cells = ["`\(key.name)`", allowed(key, among: parts), fallback(key)]
                return row(cells + (hasNotes ? [meaning(key)] : []))
            }
    }

    private func row(_ cells: [String]) -> [String] {
        ["| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"]
    }

    private func allowed(_ key: SettingsKey, among parts: [Part]) -> String {
        let text: String
        if let group = key.shape.group, let part = parts.first(where: { $0.names == group.names }) {
            let link = "[`\(part.place)`](#\(Self.anchor(part.place)))"
            switch key.shape {
            case .list: text = "a list of groups: \(link)"
            case .table(let form, _): text = "names (\(form.allowed)), each with a group: \(link)"
            default: text = "a group: \(link)"
            }
        } else if case .scalar(.choice(let words)) = key.shape {
            text = words.map { "`\($0)`" }.joined(separator: ", ")
        } else if case .table(let name, .scalar(let value)) = key.shape {
            text = "names (\(name.allowed)), each with \(value.allowed)"
        } else {
            text = key.shape.allowed
        }
        return ([text] + (key.later.map { [$0.note] } ?? [])).joined(separator: ". ")
    }

    private func fallback(_ key: SettingsKey) -> String {
        switch key.fallback {
        case nil: "*required*"
        case "as shown here": "as its table says"
        case let text?: text
        }
    }

    private func meaning(_ key: SettingsKey) -> String {
        key.note + (key.sample.map { ". Example: `\(key.name): \($0)`" } ?? "")
    }

    /// What a heading is linked by: its letters, digits and underscores.
    private static func anchor(_ place: String) -> String {
        String(place.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
    }
}

extension SettingsSection {
    fileprivate var names: [String] { keys.map(\.name) }
}

extension SettingsShape {
    /// The keys of a group, of the groups in a list, or of those behind free names.
    fileprivate var group: SettingsSection? {
        switch self {
        case .section(let section), .list(.section(let section), _), .table(_, .section(let section)): section
        default: nil
        }
    }

    /// What stands behind the key in the name of its group.
    fileprivate var mark: String {
        switch self {
        case .list: "[]"
        case .table: ".*"
        default: ""
        }
    }
}
