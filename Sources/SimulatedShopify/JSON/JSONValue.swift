/// A JSON value as the simulator reads and hands it out: numbers keep their text, objects keep their order.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number's own digits, never a binary fraction.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One name and value of an object.
    public struct Member: Sendable, Equatable {
        /// The member's name.
        public var name: String
        /// The member's value.
        public var value: JSONValue

        /// Makes a member from its two parts.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value of the object's member `name`; nil where this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The elements; nil where this is no array.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members; nil where this is no object.
    public var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The text of a string; nil where this is no string.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A whole number written as a number or as a string of digits.
    public var integer: Int? {
        switch self {
        case .number(let digits), .string(let digits): Int(digits)
        default: nil
        }
    }

    /// The truth value; nil where this is no boolean.
    public var boolean: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The text of a string, or the digits of a number: how amounts are accepted.
    public var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// Compact JSON text of this value.
    public var jsonText: String {
        var writer = JSONWriter()
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Writes a string as it stands in source code.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Writes a whole number as it stands in source code.
    public init(integerLiteral value: Int) { self = .number(String(value)) }
    /// Writes a boolean as it stands in source code.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Writes null as it stands in source code.
    public init(nilLiteral: ()) { self = .null }
    /// Writes an array as it stands in source code.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Writes an object as it stands in source code.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
