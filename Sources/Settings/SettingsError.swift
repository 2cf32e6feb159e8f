/// A place in a settings file; lines and columns are counted from 1, columns in Unicode scalars.
public struct SettingsPosition: Sendable, Hashable, Comparable {
    /// The line.
    public let line: Int
    /// The column.
    public let column: Int

    /// Puts the parts together.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// By place in the file.
    public static func < (left: SettingsPosition, right: SettingsPosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A key of a settings file and where it stands.
public struct SettingsPlace: Sendable, Hashable {
    /// The file as it was named by the caller.
    public let file: String
    /// Where in the file.
    public let position: SettingsPosition
    /// The key's path, such as `destinations[1].price_rules[0]`.
    public let key: String
}

/// One thing that is wrong in a settings file, and what would be right.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as it was named by the caller.
    public let file: String
    /// Where in the file; `nil` where it is about the whole file.
    public let position: SettingsPosition?
    /// The key's path, such as `destinations[1].price_rules[0].markup`; empty for the whole file.
    public let key: String
    /// What is wrong.
    public let problem: String
    /// What is allowed, or what to do.
    public let allowed: String?
    /// For an unknown key, the known one that is nearest to it.
    public let nearest: String?

    init(
        file: String,
        position: SettingsPosition?,
        key: String,
        problem: String,
        allowed: String? = nil,
        nearest: String? = nil
    ) {
        self.file = file
        self.position = position
        self.key = key
        self.problem = problem
        self.allowed = allowed
        self.nearest = nearest
    }

    init(_ place: SettingsPlace, _ problem: String, _ allowed: String?) {
        self.init(file: place.file, position: place.position, key: place.key, problem: problem, allowed: allowed)
    }

    /// `file:line:column: key: message`, on one line.
    public var description: String {
        let place = position.map { "\(file):\($0.line):\($0.column): " } ?? "\(file): "
        let subject = key.isEmpty ? "" : "\(key): "
        let hint = nearest.map { "; did you mean \($0)?" } ?? ""
        return place + subject + problem + hint + (allowed.map { "; \($0)" } ?? "")
    }
}

/// Everything that is wrong in a settings file, in the order of the file.
///
/// Exit status USAGE (64); nothing was contacted.
public struct SettingsErrors: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors; never empty.
    public let errors: [SettingsError]

    init(_ errors: [SettingsError]) {
        self.errors = errors
    }

    /// One line for every error.
    public var description: String {
        errors.map(\.description).joined(separator: "\n")
    }
}
