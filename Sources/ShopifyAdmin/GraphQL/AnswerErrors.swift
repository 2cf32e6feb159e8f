/// The top-level `errors` of an answer: a list by the specification, a plain string or an object on some statuses.
struct AnswerErrors: Sendable {
    private let entries: [(code: String, message: String)]

    init(_ answer: JSONValue) {
        entries =
            switch answer["errors"] {
            case nil, .null: []
            case .array(let list):
                list.map { entry in
                    let message = entry["message"]?.text ?? entry.text ?? String(decoding: entry.bytes, as: UTF8.self)
                    let code = entry["extensions"]?["code"]?.text ?? (message == "Throttled" ? "THROTTLED" : "")
                    return (code, ReplyText.quoted(message))
                }
            case .string(let text): [("", ReplyText.quoted(text))]
            case .some(let other): [("", ReplyText.quoted(other.bytes))]
            }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The first code, or nothing where no entry has one.
    var firstCode: String { entries.lazy.map(\.code).first { !$0.isEmpty } ?? "" }

    /// All messages.
    var text: String {
        entries.prefix(5).map { $0.code.isEmpty ? $0.message : "\($0.code): \($0.message)" }.joined(separator: "; ")
    }

    func contains(_ code: String) -> Bool {
        entries.contains { $0.code == code }
    }
}
