import Yams

extension SettingsError {
    /// What Yams refused, in our words where the fault is a common one, else in its own.
    init(_ error: YamlError, file: String, text: String) {
        func problem(_ problem: String, at mark: Mark?, allowed: String? = nil, key: String = "") -> SettingsError {
            SettingsError(
                file: file,
                position: mark.map { SettingsPosition(line: $0.line, column: $0.column) },
                key: key,
                problem: problem,
                allowed: allowed
            )
        }
        switch error {
        case .scanner(_, let text, let mark, _) where text.contains("cannot start any token"):
            self = problem("not YAML: \(text)", at: mark, allowed: "indent with blanks, and put odd signs in quotes")
        case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _):
            if (context?.text ?? "").contains("Maximum nesting level") || text.contains("Maximum nesting level") {
                self = problem("more than \(SettingsDocument.mostLevels) levels deep", at: mark)
            } else {
                self = problem("not YAML: \([context?.text, text].compactMap { $0 }.joined(separator: ": "))", at: mark)
            }
        case .composer(_, let text, let mark, _) where text.contains("alias"):
            self = problem(
                "anchors and aliases (& and *) are not taken",
                at: mark,
                allowed: "write the value out, or put it in quotes"
            )
        case .composer(_, let text, let mark, _) where text.contains("another document"):
            self = problem("a second document begins here", at: mark, allowed: "one file is one document")
        case .composer(_, let text, let mark, _):
            self = problem("not YAML: \(text)", at: mark)
        case .duplicatedKeysInMapping(let keys, let context):
            let name = keys.first ?? ""
            let place = RepeatedKey(name, firstAt: context.mark.line, context.mark.column, in: text)
            self = SettingsError(
                file: file,
                position: place.again ?? place.first,
                key: name.isEmpty ? "" : String(name.prefix(60)),
                problem: "given twice" + (place.again == nil ? "" : ", first in line \(place.first.line)"),
                allowed: "keep one of them"
            )
        case .reader(let text, _, _, _):
            self = problem(
                "not plain text: \(text)",
                at: nil,
                allowed: "the file has to be UTF-8 without control signs"
            )
        default:
            self = problem("not YAML: \(error)", at: nil)
        }
    }
}

/// Finds where a key stands again; Yams tells only its first place.
private struct RepeatedKey {
    let first: SettingsPosition
    let again: SettingsPosition?

    init(_ key: String, firstAt line: Int, _ column: Int, in text: String) {
        first = SettingsPosition(line: line, column: column)
        var found: SettingsPosition?
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, content) in lines.enumerated().dropFirst(line) {
            let scalars = content.unicodeScalars
            guard let start = scalars.firstIndex(where: { $0 != " " }), scalars[start] != "#" else { continue }
            let indent = scalars.distance(from: scalars.startIndex, to: start)
            // Further left, the mapping has ended.
            guard indent >= column - 1 else { break }
            let rest = scalars[start...].drop { $0 == "\"" || $0 == "'" }
            let isKey = rest.starts(with: key.unicodeScalars)
            let after = rest.dropFirst(key.unicodeScalars.count).drop { $0 == "\"" || $0 == "'" || $0 == " " }
            if indent == column - 1, isKey, after.first == ":" {
                found = SettingsPosition(line: index + 1, column: column)
                break
            }
        }
        again = found
    }
}
