/// Text of a store's answer made fit for a message: data, never a line or a control sequence of its own.
enum ReplyText {
    /// The text on one line, without control characters, at most 300 characters.
    static func quoted(_ text: String) -> String {
        var output = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < 300 else { return output + "…" }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: output.append(" ")
            case .format, .privateUse, .surrogate, .unassigned: continue
            default: output.unicodeScalars.append(scalar)
            }
            count += 1
        }
        return output
    }

    /// The beginning of a body.
    static func quoted(_ body: [UInt8]) -> String {
        quoted(String(decoding: body.prefix(1200), as: UTF8.self))
    }
}
