/// Keys that belong together: one description from which files are checked, the example and the reference are written.
struct SettingsSection: Sendable {
    let keys: [SettingsKey]

    /// The key of this name.
    func key(_ name: String) -> SettingsKey? {
        keys.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

/// One key of the settings file.
struct SettingsKey: Sendable {
    let name: String
    let shape: SettingsShape
    /// What holds when the key is left out; `nil`: it must not be.
    let fallback: String?
    /// What it is for, in one sentence without its period.
    let note: String
    /// The value in the example, on one line; `nil` for a group that is written out key by key.
    let sample: String?
    /// Whether the example sets it, rather than showing it behind a `#`.
    let isSetInExample: Bool
    /// What of it this version can't do yet.
    let later: Later?

    /// A key, or a value of it, whose behaviour is still to come.
    enum Later: Sendable {
        /// Every value.
        case always
        /// Every value but these.
        case except([String])

        /// What the documentation says of it.
        var note: String {
            switch self {
            case .except(let values): "So far only \(values.joined(separator: " or "))."
            case .always: "Not yet in this version."
            }
        }
    }

    init(
        _ name: String,
        _ shape: SettingsShape,
        fallback: String?,
        _ note: String,
        sample: String? = nil,
        isSetInExample: Bool = false,
        later: Later? = nil
    ) {
        self.name = name
        self.shape = shape
        self.fallback = fallback
        self.note = note
        self.sample = sample
        self.isSetInExample = isSetInExample
        self.later = later
    }
}

/// What may stand behind a key.
indirect enum SettingsShape: Sendable {
    /// One text of a certain form.
    case scalar(ScalarForm)
    /// Values of one shape in order; where `isSet`, none may stand twice.
    case list(SettingsShape, isSet: Bool = false)
    /// One text of a form, or a list of them without repeats.
    case oneOrMore(ScalarForm)
    /// A group of known keys.
    case section(SettingsSection)
    /// Free keys of one form with values of one shape.
    case table(ScalarForm, SettingsShape)

    /// What to write, for a message and for the documentation.
    var allowed: String {
        switch self {
        case .scalar(let form): form.allowed
        case .list(.scalar, _): "a list, such as [first, second]"
        case .list: "a list: one item per line, each behind a dash"
        case .oneOrMore(let form): "\(form.allowed), or a list of such"
        case .section: "a group of keys"
        case .table: "a group of name: value"
        }
    }
}
