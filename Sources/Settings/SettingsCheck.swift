/// Holds a tree against the description of the keys and collects everything that is wrong with it.
struct SettingsCheck {
    /// More errors than a person reads; they are counted, not kept.
    static let mostErrors = 200

    let file: String
    private(set) var errors: [SettingsError] = []
    /// Errors beyond the most.
    private(set) var untold = 0

    init(file: String) {
        self.file = file
    }

    mutating func refuse(
        _ position: SettingsPosition?,
        _ key: String,
        _ problem: String,
        _ allowed: String? = nil,
        nearest: String? = nil
    ) {
        guard errors.count < Self.mostErrors else {
            untold += 1
            return
        }
        errors.append(
            SettingsError(
                file: file,
                position: position,
                key: key,
                problem: problem,
                allowed: allowed,
                nearest: nearest
            )
        )
    }

    /// Checks a group of known keys: none unknown, none missing, every value of its shape.
    mutating func check(_ node: SettingsNode, _ section: SettingsSection, path: String) {
        guard case .mapping(let entries) = node.content else {
            return refuse(node.position, path, "\(node.kind) where a group of keys is due")
        }
        for entry in entries {
            guard let key = section.key(entry.key) else {
                guard errors.count < Self.mostErrors else {
                    untold += 1
                    continue
                }
                let name = path.isEmpty ? printable(entry.key) : "\(path).\(printable(entry.key))"
                let names = section.keys.map(\.name)
                let nearest = nearestName(to: entry.key, among: names)
                refuse(
                    entry.position,
                    name,
                    "unknown key",
                    nearest == nil ? "known here: \(names.joined(separator: ", "))" : nil,
                    nearest: nearest
                )
                continue
            }
            check(entry, key, path: path.isEmpty ? key.name : "\(path).\(key.name)")
        }
        for key in section.keys where key.fallback == nil && node[key.name] == nil {
            refuse(node.position, path.isEmpty ? key.name : "\(path).\(key.name)", "missing", key.shape.allowed)
        }
    }

    private mutating func check(_ entry: SettingsEntry, _ key: SettingsKey, path: String) {
        if case .scalar(let scalar) = entry.value.content, scalar.isBlank {
            let rest = key.fallback.map { " or remove the key (\($0))" } ?? ""
            return refuse(entry.position, path, "blank", "give it a value\(rest): \(key.shape.allowed)")
        }
        let known = errors.count
        check(entry.value, key.shape, path: path)
        guard errors.count == known, let later = key.later else { return }
        switch later {
        case .always:
            refuse(entry.position, path, "not yet: this version can't do this", "remove it")
        case .except(let values):
            guard case .scalar(let scalar) = entry.value.content, !values.contains(scalar.text) else { return }
            refuse(
                entry.value.position,
                path,
                "not yet: this version can't do \(scalar.text)",
                "set it to \(values.joined(separator: " or ")), or remove it"
            )
        }
    }

    private mutating func check(_ node: SettingsNode, _ shape: SettingsShape, path: String) {
        switch (shape, node.content) {
        case (.section(let section), _):
            check(node, section, path: path)
        case (.scalar(let form), .scalar(let scalar)):
            if scalar.isBlank {
                refuse(node.position, path, "blank", form.allowed)
            } else if let problem = form.problem(scalar) {
                refuse(node.position, path, problem.problem, problem.allowed)
            }
        case (.list(let item, let isSet), .list(let nodes)):
            for (index, node) in nodes.enumerated() { check(node, item, path: "\(path)[\(index)]") }
            if isSet { refuseRepeats(nodes, path: path) }
        case (.oneOrMore(let form), .scalar):
            check(node, .scalar(form), path: path)
        case (.oneOrMore(let form), .list(let nodes)) where !nodes.isEmpty:
            check(node, .list(.scalar(form), isSet: true), path: path)
        case (.table(let form, let value), .mapping(let entries)):
            for entry in entries { check(entry, form, value, path: "\(path)[\(quoted(entry.key))]") }
        default:
            refuse(node.position, path, "\(node.kind) is not taken here", shape.allowed)
        }
    }

    private mutating func check(_ entry: SettingsEntry, _ form: ScalarForm, _ value: SettingsShape, path: String) {
        let name = SettingsScalar(text: entry.key, isQuoted: entry.isQuoted)
        if name.isBlank {
            refuse(entry.position, path, "the name is blank", form.allowed)
        } else if let problem = form.problem(name) {
            refuse(entry.position, path, problem.problem, problem.allowed)
        }
        if case .scalar(let scalar) = entry.value.content, scalar.isBlank {
            return refuse(entry.position, path, "blank", value.allowed)
        }
        check(entry.value, value, path: path)
    }

    private mutating func refuseRepeats(_ nodes: [SettingsNode], path: String) {
        var seen: Set<[UInt8]> = []
        for (index, node) in nodes.enumerated() {
            guard let text = node.text, !seen.insert(Array(text.utf8)).inserted else { continue }
            refuse(node.position, "\(path)[\(index)]", "\(quoted(text)) is given twice", "keep one of them")
        }
    }

    /// A key as it was written where that is harmless, else in quotes.
    private func printable(_ key: String) -> String {
        let isPlain = key.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "_-".utf8.contains(byte)
        }
        let shown = quoted(key)
        return isPlain && !key.isEmpty && shown.utf8.count == key.utf8.count + 2 ? key : shown
    }
}

extension SettingsNode {
    /// The text, if this is one.
    var text: String? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar.text
    }

    /// The items of a list, none for anything else.
    var items: [SettingsNode] {
        guard case .list(let nodes) = content else { return [] }
        return nodes
    }

    /// The entries of a mapping, none for anything else.
    var entries: [SettingsEntry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }
}
