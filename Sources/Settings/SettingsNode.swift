/// A value of a settings file with its place, free of everything that YAML could make of it.
struct SettingsNode: Sendable {
    /// What the file has there.
    ///
    /// Text is never turned into a number or a truth value by YAML's rules.
    enum Content: Sendable {
        case scalar(SettingsScalar)
        case list([SettingsNode])
        case mapping([SettingsEntry])
    }

    let content: Content
    let position: SettingsPosition

    /// The value of a key, if this is a mapping that has it.
    subscript(key: String) -> SettingsNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// What it is, for a message.
    var kind: String {
        switch content {
        case .scalar(let scalar): scalar.isBlank ? "blank" : quoted(scalar.text)
        case .list: "a list"
        case .mapping: "a group of keys"
        }
    }
}

/// One text of a settings file.
struct SettingsScalar: Sendable {
    let text: String
    /// Whether it stands in quotes, so that it is certainly meant as text.
    let isQuoted: Bool

    /// Nothing at all, or one of YAML's ways to write nothing.
    var isBlank: Bool {
        isQuoted ? text.allSatisfy(\.isWhitespace) : ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

/// A key of a settings file with its value.
struct SettingsEntry: Sendable {
    let key: String
    /// Whether the key stands in quotes.
    let isQuoted: Bool
    let position: SettingsPosition
    let value: SettingsNode
}
