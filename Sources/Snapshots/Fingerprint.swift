/// A keyed 128-bit hash of a text in its canonical form: equal texts have equal fingerprints under one ``FingerprintKey``.
///
/// All zero stands for "no value" and for an empty canonical text alike, since a store treats them alike.
public struct Fingerprint: Hashable, Sendable {
    /// The upper half.
    public let high: UInt64
    /// The lower half.
    public let low: UInt64

    /// Takes the two halves.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// No value: absent, null or empty.
    public static let none = Fingerprint(high: 0, low: 0)

    /// Whether there is no value.
    @inlinable public var isNone: Bool { high | low == 0 }

    /// Both halves alike.
    @inlinable
    public static func == (left: Fingerprint, right: Fingerprint) -> Bool {
        (left.high ^ right.high) | (left.low ^ right.low) == 0
    }
}

extension Fingerprint: Comparable {
    /// As one 128-bit number.
    public static func < (left: Fingerprint, right: Fingerprint) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

/// The lower half of a ``Fingerprint``: what rows keep of a text that is only ever compared with its partner's.
///
/// A SKU is looked for among millions and keeps all 128 bits. Two texts of one pair that differ have the same 64 bits once in
/// 10¹⁹ times, and nobody can make it so without the key.
public struct TextFingerprint: Hashable, Sendable {
    /// The bits; zero for "no value".
    public let bits: UInt64

    /// Takes the bits.
    @inlinable
    public init(bits: UInt64) {
        self.bits = bits
    }

    /// Takes the lower half; a text whose half is zero moves next door, since zero is taken.
    @inlinable
    public init(_ whole: Fingerprint) {
        bits = whole.low != 0 ? whole.low : whole.high == 0 ? 0 : 1
    }

    /// No value: absent, null or empty.
    public static let none = TextFingerprint(bits: 0)

    /// Whether there is no value.
    @inlinable public var isNone: Bool { bits == 0 }
}
