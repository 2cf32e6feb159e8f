import Catalog

/// A member of an answer that is absent or of the wrong kind.
///
/// Absent, null and 0 are three different things; none of them becomes a default value (FAULTS SN-8).
struct AnswerFault: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path.isEmpty ? "the answer" : path) \(reason)" }
}

/// A value in an answer together with its place, so that every complaint names it.
struct AnswerField: Sendable {
    let value: JSONValue
    let path: String

    /// The member of that name, which must be there; it may be null.
    func member(_ name: String) throws(AnswerFault) -> AnswerField {
        guard case .object = value else { throw fault("is no object") }
        guard let member = value[name] else { throw AnswerFault(path: extended(name), reason: "is absent") }
        return AnswerField(value: member, path: extended(name))
    }

    /// The member of that name, which must be there; `nil` where it is null.
    func nullable(_ name: String) throws(AnswerFault) -> AnswerField? {
        let member = try member(name)
        return member.isNull ? nil : member
    }

    var isNull: Bool { value == .null }

    func text() throws(AnswerFault) -> String {
        guard case .string(let text) = value else { throw fault("is no text") }
        return text
    }

    func flag() throws(AnswerFault) -> Bool {
        guard case .bool(let flag) = value else { throw fault("is neither true nor false") }
        return flag
    }

    /// The text of a JSON number, exactly as it came.
    func numberText() throws(AnswerFault) -> String {
        guard case .number(let text) = value else { throw fault("is no number") }
        return text
    }

    /// A whole number, as a JSON number or as the text that `UnsignedInt64` comes as.
    func integer() throws(AnswerFault) -> Int64 {
        switch value {
        case .number(let text), .string(let text):
            guard let number = Int64(text) else { throw fault("is no whole number") }
            return number
        default: throw fault("is no whole number")
        }
    }

    func elements() throws(AnswerFault) -> [AnswerField] {
        guard case .array(let elements) = value else { throw fault("is no list") }
        return elements.enumerated().map { AnswerField(value: $0.element, path: "\(path)[\($0.offset)]") }
    }

    func id(_ kind: ResourceID.Kind) throws(AnswerFault) -> ResourceID {
        guard let id = ResourceID(gid: try text(), as: kind) else { throw fault("is no id of a \(kind.rawValue)") }
        return id
    }

    func timestamp() throws(AnswerFault) -> Timestamp {
        guard let time = Timestamp(try text()) else { throw fault("is no time") }
        return time
    }

    func fault(_ reason: String) -> AnswerFault {
        AnswerFault(path: path, reason: reason)
    }

    private func extended(_ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}
