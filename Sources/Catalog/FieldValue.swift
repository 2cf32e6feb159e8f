public import Pricing

/// The value of one field, as a store has it or as it should be.
public enum FieldValue: Sendable, Hashable {
    /// No value: the store says null.
    case absent
    case text(String)
    case amount(Money)
    case quantity(Int64)
    case flag(Bool)
    case tags([String])
    case weight(Weight)
    /// An amount that its currency cannot hold, kept as text for the report (FAULTS MO-2).
    case unreadable(String)
}

extension FieldValue {
    /// The value as reports and plans show it; empty for ``absent``.
    public var displayText: String {
        switch self {
        case .absent: ""
        case .text(let text): text
        case .amount(let money): money.decimalText
        case .quantity(let count): String(count)
        case .flag(let flag): flag ? "true" : "false"
        case .tags(let tags): tags.joined(separator: ", ")
        case .weight(let weight): weight.description
        case .unreadable(let text): text
        }
    }
}

extension FieldValue: Codable {
    private enum Kind: String, CodingKey {
        case text, amount, quantity, flag, tags, weight, unreadable
    }

    /// Reads what ``encode(to:)`` wrote: null, or an object with one key that names the kind.
    public init(from decoder: any Decoder) throws {
        if try decoder.singleValueContainer().decodeNil() {
            self = .absent
            return
        }
        let container = try decoder.container(keyedBy: Kind.self)
        guard let kind = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a field value has one kind")
            )
        }
        switch kind {
        case .text: self = .text(try container.decode(String.self, forKey: kind))
        case .amount: self = .amount(try container.decode(Money.self, forKey: kind))
        case .quantity: self = .quantity(try container.decode(Int64.self, forKey: kind))
        case .flag: self = .flag(try container.decode(Bool.self, forKey: kind))
        case .tags: self = .tags(try container.decode([String].self, forKey: kind))
        case .weight: self = .weight(try container.decode(Weight.self, forKey: kind))
        case .unreadable: self = .unreadable(try container.decode(String.self, forKey: kind))
        }
    }

    /// Writes null, or an object with one key that names the kind.
    public func encode(to encoder: any Encoder) throws {
        if case .absent = self {
            var container = encoder.singleValueContainer()
            try container.encodeNil()
            return
        }
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .absent: break
        case .text(let value): try container.encode(value, forKey: .text)
        case .amount(let value): try container.encode(value, forKey: .amount)
        case .quantity(let value): try container.encode(value, forKey: .quantity)
        case .flag(let value): try container.encode(value, forKey: .flag)
        case .tags(let value): try container.encode(value, forKey: .tags)
        case .weight(let value): try container.encode(value, forKey: .weight)
        case .unreadable(let value): try container.encode(value, forKey: .unreadable)
        }
    }
}
