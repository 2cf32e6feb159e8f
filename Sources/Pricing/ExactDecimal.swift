/// A decimal number, exactly: digits and how many of them stand behind the point.
///
/// For rates and percentages. At most 18 digits, of which at most 18 decimals; any two such numbers compare in 128 bits. Normalised: no zeros at the
/// end of the decimals, so equal numbers are equal values.
public struct ExactDecimal: Hashable, Sendable {
    /// The most digits, and the most decimals, a number can have.
    public static let mostDigits = 18

    /// The number without its point.
    public let digits: Int128
    /// How many digits stand behind the point, 0 to 18.
    public let scale: Int

    /// A whole number.
    public init(_ whole: Int32) {
        digits = Int128(whole)
        scale = 0
    }

    /// Reads decimal text such as "1.1415", "-10" or "0.5", exactly.
    ///
    /// - Throws: ``PricingError/numberNotDecimal(_:)`` or ``PricingError/numberTooLong(_:)``.
    public init(parsing text: some StringProtocol) throws(PricingError) {
        let decimal: DecimalText
        do {
            decimal = try DecimalText(text.utf8)
        } catch {
            switch error {
            case .notDecimal: throw .numberNotDecimal(String(text))
            case .tooManyDigits: throw .numberTooLong(String(text))
            }
        }
        guard decimal.digits < 1_000_000_000_000_000_000, decimal.decimals <= Self.mostDigits else {
            throw .numberTooLong(String(text))
        }
        digits = decimal.isNegative ? -Int128(decimal.digits) : Int128(decimal.digits)
        scale = decimal.decimals
    }

    /// Whether the number is above zero.
    public var isPositive: Bool { digits > 0 }

    /// Ten to the power of a number's scale, or of any exponent from 0 to 38.
    static func power(ofTen exponent: Int) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}

extension ExactDecimal: Comparable {
    /// By value.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.digits * power(ofTen: max(right.scale - left.scale, 0))
            < right.digits * power(ofTen: max(left.scale - right.scale, 0))
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// Decimal text without needless zeros, which reads back as the same number.
    public var description: String {
        DecimalText.text(isNegative: digits < 0, digits: digits.magnitude, decimals: scale)
    }
}

extension ExactDecimal: Codable {
    /// Reads decimal text, never a JSON number.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes decimal text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
