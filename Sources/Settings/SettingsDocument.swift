import Yams

/// A settings file as a tree of texts with their places, read by Yams and held to a plain part of YAML.
///
/// Refused are files over 1 MiB, over 32 levels, anchors and aliases, tags, merge keys, block text, second documents and
/// keys given twice; all of it within a second and without growing (FAULTS CF-1, CF-6).
struct SettingsDocument: Sendable {
    static let mostBytes = 1 << 20
    static let mostLevels = 32
    /// Texts a file may have at most, so that the tree stays small: 45,000 SKU aliases fit.
    static let mostTexts = 100_000

    let root: SettingsNode

    init(text: String, file: String) throws(SettingsErrors) {
        func refused(_ position: SettingsPosition?, _ problem: String, _ allowed: String?) -> SettingsErrors {
            SettingsErrors([SettingsError(file: file, position: position, key: "", problem: problem, allowed: allowed)])
        }
        var plain = text
        if plain.unicodeScalars.first == "\u{FEFF}" { plain.unicodeScalars.removeFirst() }
        if let bulk = SettingsBulk(plain).problem { throw refused(nil, bulk.problem, bulk.allowed) }
        let conversion = YAMLConversion(file: file)
        do {
            // The parser has to live until the tree is converted: nodes hold their anchors weakly.
            let parser = try Yams.Parser(yaml: plain, resolver: .basic, encoding: .utf8)
            let node = try parser.singleRoot()
            root = try withExtendedLifetime(parser) { () throws(SettingsErrors) in
                guard let node else {
                    throw refused(nil, "has no settings", "synctec init writes a file to start from")
                }
                return try conversion.node(node, level: 1)
            }
        } catch let errors as SettingsErrors {
            throw errors
        } catch let error as YamlError {
            throw SettingsErrors([SettingsError(error, file: file, text: plain)])
        } catch {
            throw refused(nil, "\(error)", nil)
        }
    }
}

/// Turns Yams's nodes into ours; the first thing that is not allowed ends it.
private struct YAMLConversion {
    let file: String

    func node(_ node: Node, level: Int, isKey: Bool = false) throws(SettingsErrors) -> SettingsNode {
        let position = SettingsPosition(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        guard level <= SettingsDocument.mostLevels else {
            throw refused(position, "more than \(SettingsDocument.mostLevels) levels deep", nil)
        }
        guard node.anchor == nil else {
            throw refused(
                position,
                "anchors and aliases (& and *) are not taken",
                "write the value out, or put it in quotes"
            )
        }
        let content: SettingsNode.Content
        switch node {
        case .scalar(let scalar):
            content = .scalar(try self.scalar(scalar, position, isKey: isKey))
        case .sequence(let sequence):
            try refuseTag(sequence.tag, .seq, position)
            var items: [SettingsNode] = []
            for item in sequence { items.append(try self.node(item, level: level + 1)) }
            content = .list(items)
        case .mapping(let mapping):
            try refuseTag(mapping.tag, .map, position)
            var entries: [SettingsEntry] = []
            for (key, value) in mapping { entries.append(try entry(key, value, level: level + 1)) }
            content = .mapping(entries)
        case .alias:
            throw refused(position, "anchors and aliases (& and *) are not taken", "write the value out")
        }
        return SettingsNode(content: content, position: position)
    }

    private func entry(_ key: Node, _ value: Node, level: Int) throws(SettingsErrors) -> SettingsEntry {
        guard key.scalar != nil || key.anchor != nil else {
            let position = SettingsPosition(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
            throw refused(position, "a key is a list or a group", "keys are single words")
        }
        let keyNode = try node(key, level: level, isKey: true)
        guard case .scalar(let name) = keyNode.content else {
            throw refused(keyNode.position, "a key is \(keyNode.kind)", "keys are single words")
        }
        guard name.isQuoted || name.text != "<<" else {
            throw refused(keyNode.position, "merge keys (<<) are not taken", "write the keys out")
        }
        return SettingsEntry(
            key: name.text,
            isQuoted: name.isQuoted,
            position: keyNode.position,
            value: try node(value, level: level)
        )
    }

    private func scalar(
        _ scalar: Node.Scalar,
        _ position: SettingsPosition,
        isKey: Bool
    ) throws(SettingsErrors) -> SettingsScalar {
        switch scalar.style {
        case .literal, .folded:
            throw refused(position, "block text (| and >) is not taken", "write the value on one line, in quotes")
        case .singleQuoted, .doubleQuoted:
            try refuseTag(scalar.tag, .str, position)
            return SettingsScalar(text: scalar.string, isQuoted: true)
        default:
            // Yams also marks plain keys as text, when it compares them; to us every scalar is text anyway.
            try refuseTag(scalar.tag, isKey ? .str : .implicit, position)
            return SettingsScalar(text: scalar.string, isQuoted: false)
        }
    }

    /// Yams gives quoted text the tag of text by itself; every other tag was written by hand.
    private func refuseTag(
        _ tag: Tag,
        _ ownName: Tag.Name,
        _ position: SettingsPosition
    ) throws(SettingsErrors) {
        let isOwn = tag.rawValue == Tag.Name.implicit.rawValue || tag.rawValue == ownName.rawValue
        guard isOwn else {
            throw refused(position, "tags (such as !!str) are not taken", "put text that may be misread in quotes")
        }
    }

    private func refused(_ position: SettingsPosition, _ problem: String, _ allowed: String?) -> SettingsErrors {
        SettingsErrors([SettingsError(file: file, position: position, key: "", problem: problem, allowed: allowed)])
    }
}
