/// An exact amount: a whole number of minor units of a currency.
///
/// Never a fraction, never measured in binary.
///
/// Amounts of different currencies don't add or compare (FAULTS MO-8): those operations throw.
public struct Money: Hashable, Sendable {
    /// The amount counted in the currency's smallest unit: 1250 is 12.50 EUR, 1250 JPY, 1.250 KWD.
    public let minorUnits: Int64
    /// What is counted.
    public let currency: Currency

    /// An amount of so many minor units.
    @inlinable
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads decimal text such as "12", "-12.5" or "12.500", exactly.
    ///
    /// Zeros beyond the currency's decimals are taken; other digits there are refused, not rounded (FAULTS MO-2).
    ///
    /// - Throws: ``PricingError/amountNotDecimal(_:)``, ``PricingError/amountTooFine(_:_:)`` or
    ///   ``PricingError/amountTooLarge(_:_:)``.
    @inlinable
    public init(parsing text: some StringProtocol, as currency: Currency) throws(PricingError) {
        try self.init(parsing: text.utf8, as: currency)
    }

    /// Reads decimal text given as UTF-8 bytes, without an allocation; otherwise as the initialiser from a string.
    ///
    /// - Throws: ``PricingError/amountNotDecimal(_:)``, ``PricingError/amountTooFine(_:_:)`` or
    ///   ``PricingError/amountTooLarge(_:_:)``.
    @inlinable
    public init(parsing bytes: some Collection<UInt8>, as currency: Currency) throws(PricingError) {
        let decimal: DecimalText
        do {
            decimal = try DecimalText(bytes)
        } catch {
            let text = String(decoding: bytes, as: UTF8.self)
            switch error {
            case .notDecimal: throw .amountNotDecimal(text)
            case .tooManyDigits: throw .amountTooLarge(text, currency)
            }
        }
        guard decimal.decimals <= currency.minorUnits else {
            throw .amountTooFine(String(decoding: bytes, as: UTF8.self), currency)
        }
        var units = decimal.digits
        for _ in decimal.decimals..<currency.minorUnits {
            let (shifted, overflows) = units.multipliedReportingOverflow(by: 10)
            guard !overflows else { throw .amountTooLarge(String(decoding: bytes, as: UTF8.self), currency) }
            units = shifted
        }
        guard let magnitude = Int64(exactly: units) else {
            throw .amountTooLarge(String(decoding: bytes, as: UTF8.self), currency)
        }
        self.init(minorUnits: decimal.isNegative ? -magnitude : magnitude, currency: currency)
    }

    /// The amount with exactly the currency's decimals and no currency: "12.50", "1000", "1.250".
    public var decimalText: String {
        DecimalText.text(isNegative: minorUnits < 0, digits: minorUnits.magnitude, decimals: currency.minorUnits)
    }
}

extension Money {
    /// The sum.
    ///
    /// - Throws: ``PricingError/differentCurrencies(_:_:)`` or ``PricingError/amountOutOfRange(_:)``.
    public func adding(_ other: Money) throws(PricingError) -> Money {
        try requireCurrency(of: other)
        let (sum, overflows) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflows else { throw .amountOutOfRange("the sum of \(self) and \(other)") }
        return Money(minorUnits: sum, currency: currency)
    }

    /// The difference.
    ///
    /// - Throws: ``PricingError/differentCurrencies(_:_:)`` or ``PricingError/amountOutOfRange(_:)``.
    public func subtracting(_ other: Money) throws(PricingError) -> Money {
        try requireCurrency(of: other)
        let (difference, overflows) = minorUnits.subtractingReportingOverflow(other.minorUnits)
        guard !overflows else { throw .amountOutOfRange("the difference of \(self) and \(other)") }
        return Money(minorUnits: difference, currency: currency)
    }

    /// The amount so many times over, as of a line with a quantity.
    ///
    /// - Throws: ``PricingError/amountOutOfRange(_:)``.
    public func multiplied(by count: Int64) throws(PricingError) -> Money {
        let (product, overflows) = minorUnits.multipliedReportingOverflow(by: count)
        guard !overflows else { throw .amountOutOfRange("\(count) times \(self)") }
        return Money(minorUnits: product, currency: currency)
    }

    /// Whether this is the smaller amount.
    ///
    /// - Throws: ``PricingError/differentCurrencies(_:_:)``.
    public func isLess(than other: Money) throws(PricingError) -> Bool {
        try requireCurrency(of: other)
        return minorUnits < other.minorUnits
    }

    private func requireCurrency(of other: Money) throws(PricingError) {
        guard currency == other.currency else { throw .differentCurrencies(currency, other.currency) }
    }
}

extension Money: CustomStringConvertible {
    /// Amount and currency, as in "12.50 EUR".
    public var description: String { "\(decimalText) \(currency.code)" }
}

extension Money: Codable {
    private enum CodingKeys: String, CodingKey {
        case amount
        case currency
    }

    /// Reads `{"amount": "12.50", "currency": "EUR"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try container.decode(Currency.self, forKey: .currency)
        try self.init(parsing: try container.decode(String.self, forKey: .amount), as: currency)
    }

    /// Writes the amount as decimal text, so that no reader is led through binary floating point (FAULTS MO-1).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(decimalText, forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}
