/// One statement of the folder `SQL`, or a fixed one of this module, and the name it goes by in messages.
///
/// The text is a constant of the program; what varies is bound as ``SQLValue``.
struct SQLStatement: Sendable {
    /// The file's name without its ending, for messages.
    let name: String
    /// The statement.
    let text: String

    /// A statement from an embedded file.
    init(_ name: String, _ file: [UInt8]) {
        self.name = name
        text = String(decoding: file, as: UTF8.self)
    }

    /// A fixed word such as BEGIN, which needs no file.
    init(fixed text: StaticString) {
        name = text.description
        self.text = text.description
    }
}

extension SQLStatement {
    static let begin = SQLStatement(fixed: "BEGIN")
    static let beginReadOnly = SQLStatement(fixed: "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    static let commit = SQLStatement(fixed: "COMMIT")
    static let rollback = SQLStatement(fixed: "ROLLBACK")
}
