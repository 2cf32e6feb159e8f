/// How an exact value becomes a price, once, at the end.
///
/// A price that is already rounded stays as it is under the same rounding (FAULTS MO-7).
public enum PriceRounding: Hashable, Sendable, Codable {
    /// To the currency's minor unit; halfway, to the even one.
    case halfEven
    /// To the nearest price with this ending; halfway, upwards.
    case ending(PriceEnding)
    /// To the nearest whole unit; halfway, upwards.
    case whole
    /// To the nearest multiple of a step in whole units, such as 5, 100 or 0.05; halfway, upwards.
    case nearest(ExactDecimal)

    /// The prices that this rounding allows in a currency.
    ///
    /// - Throws: ``PricingError/endingTooFine(_:_:)``, ``PricingError/stepTooFine(_:_:)`` or
    ///   ``PricingError/stepNotPositive(_:)``.
    func grid(in currency: Currency) throws(PricingError) -> PriceGrid {
        let whole = currency.minorUnitsPerWhole
        switch self {
        case .halfEven:
            return PriceGrid(step: 1, residue: 0, tiesToEven: true)
        case .whole:
            return PriceGrid(step: whole, residue: 0, tiesToEven: false)
        case .ending(let ending):
            guard ending.decimals <= currency.minorUnits else { throw .endingTooFine(ending.text, currency) }
            var residue = Int64(ending.digits)
            for _ in ending.decimals..<currency.minorUnits { residue *= 10 }
            return PriceGrid(step: whole, residue: residue, tiesToEven: false)
        case .nearest(let step):
            guard step.isPositive else { throw .stepNotPositive("\(step)") }
            guard step.scale <= currency.minorUnits,
                let units = Int64(exactly: step.digits * ExactDecimal.power(ofTen: currency.minorUnits - step.scale))
            else { throw .stepTooFine("\(step)", currency) }
            return PriceGrid(step: units, residue: 0, tiesToEven: false)
        }
    }

    /// Whether the rounding makes sense in a currency; settings are checked with it.
    ///
    /// - Throws: ``PricingError/endingTooFine(_:_:)``, ``PricingError/stepTooFine(_:_:)`` or
    ///   ``PricingError/stepNotPositive(_:)``.
    public func check(in currency: Currency) throws(PricingError) {
        _ = try grid(in: currency)
    }
}

extension PriceRounding: CustomStringConvertible {
    /// As in "half-even to the minor unit".
    public var description: String {
        switch self {
        case .halfEven: "half-even to the minor unit"
        case .ending(let ending): "to the nearest price ending in \(ending.text)"
        case .whole: "to the nearest whole unit"
        case .nearest(let step): "to the nearest \(step)"
        }
    }
}

/// The decimals a price ends in, such as ".99" or ".95".
public struct PriceEnding: Hashable, Sendable, Codable {
    /// The digits as a number: 99, or 5 for ".05".
    let digits: UInt16
    /// How many digits there are, 1 to 4.
    let decimals: Int

    /// Reads a point and one to four digits.
    ///
    /// - Throws: ``PricingError/notEnding(_:)``.
    public init(parsing text: some StringProtocol) throws(PricingError) {
        let bytes = Array(text.utf8)
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard bytes.first == UInt8(ascii: "."), (2...5).contains(bytes.count), bytes.dropFirst().allSatisfy(isDigit)
        else { throw .notEnding(String(text)) }
        digits = bytes.dropFirst().reduce(0) { $0 * 10 + UInt16($1 - UInt8(ascii: "0")) }
        decimals = bytes.count - 1
    }

    /// As it is written, point included.
    public var text: String {
        let digitsText = String(digits)
        return "." + String(repeating: "0", count: decimals - digitsText.utf8.count) + digitsText
    }

    /// Reads text such as ".99".
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes text such as ".99".
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
