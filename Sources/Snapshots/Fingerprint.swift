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
