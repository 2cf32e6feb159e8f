import Runs

/// One entry of a payload's `userErrors`; plain ones have no code (Admin API, `UserError`).
struct UserError: Sendable, Equatable {
    let path: [String]
    let code: String
    let message: String

    init(_ field: AnswerField) throws(AnswerFault) {
        var path: [String] = []
        for part in try field.nullable("field")?.elements() ?? [] { path.append(try part.text()) }
        self.path = path
        code = field.value["code"]?.text ?? ""
        message = ReplyText.quoted(try field.member("message").text())
    }

    /// Reads the list `userErrors` of a payload, which must be there.
    static func list(in payload: AnswerField) throws(AnswerFault) -> [UserError] {
        var errors: [UserError] = []
        for field in try payload.member("userErrors").elements() { errors.append(try UserError(field)) }
        return errors
    }

    /// As the port tells it: the first number in the path is the place in the list that was sent.
    var refusal: WriteRefusal {
        WriteRefusal(
            index: path.lazy.compactMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil }.first,
            path: path.joined(separator: "."),
            code: code,
            message: message
        )
    }
}
