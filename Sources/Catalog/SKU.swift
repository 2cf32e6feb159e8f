import Glibc

/// The match key of a variant: its exact text, never blank.
///
/// Two SKUs are equal when their bytes are: `é` composed and `é` decomposed differ, as do `abc` and `ABC` (FAULTS MA-3).
/// Nothing trims or folds it; ``init(_:)`` refuses what is blank.
public struct SKU: Sendable {
    /// The text as the store has it.
    public let text: String

    /// Takes the store's text, or `nil` where it is absent or only white space (FAULTS MA-2).
    public init?(_ text: String?) {
        guard let text else { return nil }
        // Nearly all begin with a visible sign of ASCII, and need no look into Unicode's tables.
        let isVisible = text.utf8.first.map { (0x21...0x7E).contains($0) } ?? false
        guard isVisible || text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return nil }
        self.text = text
    }
}

extension SKU: Hashable, Comparable {
    /// Byte for byte.
    public static func == (left: SKU, right: SKU) -> Bool {
        let (first, second) = (left.text.utf8, right.text.utf8)
        let isEqual = first.withContiguousStorageIfAvailable { here in
            second.withContiguousStorageIfAvailable { there in
                guard here.count == there.count else { return false }
                guard let a = here.baseAddress, let b = there.baseAddress else { return true }
                return memcmp(a, b, here.count) == 0
            }
        }
        if let isEqual, let isEqual { return isEqual }
        return first.elementsEqual(second)
    }

    /// By bytes, so that an order never depends on a locale.
    public static func < (left: SKU, right: SKU) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        if text.utf8.withContiguousStorageIfAvailable({ hasher.combine(bytes: UnsafeRawBufferPointer($0)) }) == nil {
            for byte in text.utf8 { hasher.combine(byte) }
        }
        hasher.combine(0xFF as UInt8)
    }
}

extension SKU: CustomStringConvertible, Codable {
    /// The text itself.
    public var description: String { text }

    /// Reads the text; blank text is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let sku = SKU(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a SKU is blank")
        }
        self = sku
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
