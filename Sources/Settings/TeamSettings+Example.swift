public import Catalog

extension TeamSettings {
    /// A settings file to start from: every key with what it is for, what is allowed and its default.
    ///
    /// Written from the same description the file is checked by. `#key` is a setting to uncomment, `# Text` is text. What it
    /// sets are the team, two shops and the Sync Lock's defaults.
    public static func commentedExample(
        team: TeamID,
        source: ShopDomain? = nil,
        destination: ShopDomain? = nil
    ) -> String {
        let example = SettingsExample(values: [
            "team": team.text,
            "source.shop": source?.text ?? "your-supplier.myshopify.com",
            "destinations.shop": destination?.text ?? "your-reseller.myshopify.com",
        ])
        return example.text
    }
}

/// Writes the description of the keys as a settings file.
struct SettingsExample {
    /// Values by path of what only the caller knows.
    let values: [String: String]

    private static let width = 110
    /// What a destination's key falls back to where the team has the same key with the same keys in it.
    private static let inherited = "the team's"

    var text: String {
        let head = [
            "# Settings of one SyncTec team. A line like \"#key: value\" is a setting that is not made: remove the # to make it.",
            "# Unknown keys are errors. Secrets never stand here: they are files in the credentials folder.",
        ]
        return (head + lines(.team, path: "", indent: 0, dash: false, isSet: true)).joined(separator: "\n") + "\n"
    }

    /// The keys of a group, each behind its comment.
    ///
    /// With a dash, the first key begins an item of a list.
    private func lines(
        _ section: SettingsSection,
        path: String,
        indent: Int,
        dash: Bool,
        isSet: Bool
    ) -> [String] {
        var lines: [String] = []
        for (index, key) in section.keys.enumerated() {
            let place = path.isEmpty ? key.name : "\(path).\(key.name)"
            let blanks = String(repeating: " ", count: indent)
            if path.isEmpty { lines.append("") }
            let isItemStart = dash && index == 0
            let margin = isItemStart ? String(blanks.dropLast(2)) : blanks
            lines += comment(on: key).map { "\(margin)# \($0)" }
            let start = isItemStart ? margin + "- " : margin
            let sign = isSet && key.isSetInExample ? "" : "#"
            let value = values[place] ?? key.sample
            if let value {
                let remark = key.note.isEmpty ? key.later.map { "  # \($0.note)" } ?? "" : ""
                lines.append("\(start)\(sign)\(key.name): \(value)\(remark)")
                continue
            }
            lines.append("\(start)\(sign)\(key.name):")
            switch key.shape {
            case .section(let section):
                lines += self.lines(section, path: place, indent: indent + 2, dash: false, isSet: sign.isEmpty)
            case .list(.section(let section), _):
                lines += self.lines(section, path: place, indent: indent + 4, dash: true, isSet: sign.isEmpty)
            default:
                break
            }
        }
        return lines
    }

    /// Note, what is allowed, default; for a group written on one line also its keys.
    private func comment(on key: SettingsKey) -> [String] {
        guard !key.note.isEmpty else { return [] }
        let fallback = key.fallback.map { "Default: \($0)." } ?? "Required."
        let allowed: String? = if case .scalar(let form) = key.shape { "Allowed: \(form.allowed)." } else { nil }
        let later = key.later.map(\.note)
        let text = ["\(key.note).", allowed, fallback, later].compactMap(\.self).joined(separator: " ")
        var lines = wrapped(text)
        if key.sample != nil, key.fallback != Self.inherited, let section = key.shape.section {
            for inner in section.keys {
                lines += wrapped("  \(inner.name): " + comment(on: inner).joined(separator: " "))
            }
        }
        return lines
    }

    /// Lines of at most a certain width; those that follow are indented like the first.
    private func wrapped(_ text: String) -> [String] {
        let indent = text.prefix { $0 == " " }
        var lines: [String] = []
        var line = String(indent)
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > Self.width {
                lines.append(line)
                line = indent + "  "
            }
            line += (line.allSatisfy { $0 == " " } ? "" : " ") + word
        }
        return lines + [line]
    }
}

extension SettingsShape {
    /// The keys of a group, or of the groups in a list.
    fileprivate var section: SettingsSection? {
        switch self {
        case .section(let section), .list(.section(let section), _): section
        default: nil
        }
    }
}
