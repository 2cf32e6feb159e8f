/// A variant packed: what has to be compared, as numbers, and where its line is in the file.
///
/// A plain value without references, 88 bytes. Which fields the lines had is told by ``PackedSnapshot/fields``.
public struct VariantRow: Sendable {
    /// Yes-or-no facts of a variant.
    public struct Flags: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt16

        /// Takes the bits.
        @inlinable
        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// Taxes are charged.
        public static let taxable = Flags(rawValue: 1 << 0)
        /// It is shipped.
        public static let requiresShipping = Flags(rawValue: 1 << 1)
        /// The store counts its stock.
        public static let tracked = Flags(rawValue: 1 << 2)
        /// It is sold when out of stock (inventory policy CONTINUE).
        public static let continuesSelling = Flags(rawValue: 1 << 3)
        /// The price has more decimals than the currency, or is no number (FAULTS MO-2).
        public static let priceUnreadable = Flags(rawValue: 1 << 4)
        /// The compare-at price has more decimals than the currency, or is no number.
        public static let compareAtPriceUnreadable = Flags(rawValue: 1 << 5)
        /// The cost has more decimals than the currency, or is no number.
        public static let costUnreadable = Flags(rawValue: 1 << 6)
        /// The weight is negative, in an unknown unit, or no number.
        public static let weightUnreadable = Flags(rawValue: 1 << 7)
        /// The country is not of two letters.
        public static let countryUnreadable = Flags(rawValue: 1 << 8)
    }

    /// What stands for "no amount" and "no weight": null in the store, or unreadable as the flags tell.
    public static let noNumber = Int64.min

    /// The exact bytes of the SKU, as ``FingerprintKey/fingerprint(of:)-(SKU)``; ``Fingerprint/none`` where it is blank (FAULTS MA-2).
    public internal(set) var sku = Fingerprint.none
    /// The barcode, as ``CanonicalForm/code``.
    public internal(set) var barcode = TextFingerprint.none
    /// The harmonized system code, as ``CanonicalForm/code``.
    public internal(set) var hsCode = TextFingerprint.none
    /// The number of the variant's id.
    public internal(set) var id: Int64 = 0
    /// The price in minor units of the snapshot's currency, or ``noNumber``.
    public internal(set) var price = Self.noNumber
    /// The compare-at price in minor units, or ``noNumber``.
    public internal(set) var compareAtPrice = Self.noNumber
    /// The unit cost in minor units, or ``noNumber``.
    public internal(set) var cost = Self.noNumber
    /// The weight in milligrams, or ``noNumber``.
    public internal(set) var weightMilligrams = Self.noNumber
    /// Where the variant's line is in the file.
    public internal(set) var place = LinePlace.none
    /// The index of its product among ``PackedSnapshot/products``.
    public internal(set) var product: UInt32 = 0
    /// The country of origin: two ASCII letters, the first in the upper byte; 0 where there is none.
    public internal(set) var country: UInt16 = 0
    /// The facts.
    public internal(set) var flags: Flags = []

    init() {}
}
