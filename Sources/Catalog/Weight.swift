/// A shipping weight in the unit the merchant chose.
public struct Weight: Sendable, Hashable, Codable {
    /// The units of the Admin API (`WeightUnit`).
    public enum Unit: String, Sendable, Codable, CaseIterable {
        case kilograms = "KILOGRAMS"
        case grams = "GRAMS"
        case pounds = "POUNDS"
        case ounces = "OUNCES"

        /// Exact size in nanograms (international avoirdupois pound, 1959).
        public var nanograms: Int64 {
            switch self {
            case .kilograms: 1_000_000_000_000
            case .grams: 1_000_000_000
            case .pounds: 453_592_370_000
            case .ounces: 28_349_523_125
            }
        }

        /// The short sign people use.
        public var sign: String {
            switch self {
            case .kilograms: "kg"
            case .grams: "g"
            case .pounds: "lb"
            case .ounces: "oz"
            }
        }
    }

    /// The number as JSON text, such as `0.5`; exact.
    public let value: String
    /// The unit of ``value``.
    public let unit: Unit

    /// Takes a number as JSON text and its unit; `nil` where the text is no plain decimal number of 0 or more.
    public init?(value: String, unit: Unit) {
        guard let milligrams = Self.milligrams(value.utf8, unit: unit) else { return nil }
        self.value = value
        self.unit = unit
        self.milligrams = milligrams
    }

    /// The weight to the nearest milligram, half to even: two weights are equal when these are.
    public let milligrams: Int64

    /// Exact milligrams of a decimal number in a unit, or `nil` where the bytes are no number of 0 or more, or too large.
    ///
    /// Takes the forms JSON numbers of stores have: `0.5`, `500`, `500.0`, `1e-3`.
    public static func milligrams(_ digits: some Sequence<UInt8>, unit: Unit) -> Int64? {
        var mantissa: Int128 = 0
        var scale = 0
        var seenPoint = false
        var seenDigit = false
        var exponent: Int?
        var exponentSign = 1
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte - UInt8(ascii: "0"))
                if let current = exponent {
                    guard current < 100 else { return nil }
                    exponent = current * 10 + digit
                    continue
                }
                seenDigit = true
                // Past 24 digits nothing can change the milligram of a weight a store can hold.
                guard mantissa < 1_000_000_000_000_000_000_000_000 else {
                    if !seenPoint { return nil }
                    continue
                }
                mantissa = mantissa * 10 + Int128(digit)
                if seenPoint { scale += 1 }
            case UInt8(ascii: "."):
                guard !seenPoint, exponent == nil else { return nil }
                seenPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard seenDigit, exponent == nil else { return nil }
                exponent = 0
            case UInt8(ascii: "-") where exponent == 0:
                exponentSign = -1
            case UInt8(ascii: "+") where exponent == 0:
                break
            default:
                return nil
            }
        }
        guard seenDigit else { return nil }
        scale -= exponentSign * (exponent ?? 0)
        guard scale >= -9, mantissa < 1_000_000_000_000_000_000_000_000_0 else { return nil }
        while scale > 18 {
            mantissa /= 10
            scale -= 1
        }
        var numerator = mantissa
        for _ in 0..<max(0, -scale) {
            let (product, overflow) = numerator.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            numerator = product
        }
        // Nanograms first would overflow for long fractions, so the whole and the fraction are scaled apart.
        var divisor: Int128 = 1
        for _ in 0..<max(0, scale) { divisor *= 10 }
        let factor = Int128(unit.nanograms)
        let (whole, rest) = numerator.quotientAndRemainder(dividingBy: divisor)
        let (wholeNanograms, overflow) = whole.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        let (partNanograms, partOverflow) = rest.multipliedReportingOverflow(by: factor)
        if partOverflow { return nil }
        // milligrams = (whole + rest / divisor) * factor / 1_000_000, rounded once.
        let perMilligram: Int128 = 1_000_000
        let (total, totalOverflow) = wholeNanograms.multipliedReportingOverflow(by: divisor)
        let (sum, sumOverflow) = total.addingReportingOverflow(partNanograms)
        let (bottom, bottomOverflow) = perMilligram.multipliedReportingOverflow(by: divisor)
        if totalOverflow || sumOverflow || bottomOverflow { return nil }
        let (quotient, remainder) = sum.quotientAndRemainder(dividingBy: bottom)
        let twice = remainder * 2
        let roundsUp = twice > bottom || (twice == bottom && quotient % 2 != 0)
        return Int64(exactly: roundsUp ? quotient + 1 : quotient)
    }
}

extension Weight: CustomStringConvertible {
    /// Equal when they weigh the same to the milligram, whatever the unit.
    public static func == (left: Weight, right: Weight) -> Bool {
        left.milligrams == right.milligrams
    }

    /// Hashes the milligrams.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(milligrams)
    }

    /// Such as `0.5 kg`.
    public var description: String { "\(value) \(unit.sign)" }
}
