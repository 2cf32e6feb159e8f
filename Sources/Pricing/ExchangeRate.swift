/// How much of one currency a unit of another is worth: an exact fraction, with the day and the origin it stands for.
///
/// A fraction, because a rate crossed through a base (EUR→JPY over EUR→USD) has no finite decimal form. Always above zero.
public struct ExchangeRate: Hashable, Sendable {
    /// The currency that is given.
    public let from: Currency
    /// The currency that is got.
    public let to: Currency
    /// Units of ``to``, per ``denominator`` units of ``from``.
    public let numerator: ExactDecimal
    /// Units of ``from``; 1 unless the rate was crossed or turned round.
    public let denominator: ExactDecimal
    /// The day the rate stands for.
    public let date: CalendarDate
    /// Where it is from, for people: "ECB daily reference rates", "table in settings", "file rates.csv".
    public let origin: String
    /// The same fraction in lowest terms, in whole numbers.
    let fraction: Fraction

    /// A rate of `numerator` divided by `denominator`.
    ///
    /// - Throws: ``PricingError/rateNotPositive(from:to:value:)``; ``PricingError/rateToItself(_:value:)`` for equal
    ///   currencies and another rate than 1; ``PricingError/rateTooLong(from:to:)``.
    public init(
        from: Currency,
        to: Currency,
        numerator: ExactDecimal,
        denominator: ExactDecimal = ExactDecimal(1),
        date: CalendarDate,
        origin: String
    ) throws(PricingError) {
        guard numerator.isPositive else { throw .rateNotPositive(from: from, to: to, value: "\(numerator)") }
        guard denominator.isPositive else { throw .rateNotPositive(from: from, to: to, value: "\(denominator)") }
        guard from != to || numerator == denominator else { throw .rateToItself(from, value: "\(numerator)") }
        let top = numerator.digits.multipliedReportingOverflow(by: ExactDecimal.power(ofTen: denominator.scale))
        let bottom = denominator.digits.multipliedReportingOverflow(by: ExactDecimal.power(ofTen: numerator.scale))
        guard !top.overflow, !bottom.overflow else { throw .rateTooLong(from: from, to: to) }
        self.from = from
        self.to = to
        self.numerator = numerator
        self.denominator = denominator
        self.date = date
        self.origin = origin
        fraction = Fraction(top.partialValue, over: bottom.partialValue)
    }

    /// The rate of a currency to itself: 1, with no conversion behind it.
    public static func identity(_ currency: Currency, date: CalendarDate) -> ExchangeRate {
        ExchangeRate(identityOf: currency, date: date)
    }

    private init(identityOf currency: Currency, date: CalendarDate) {
        from = currency
        to = currency
        numerator = ExactDecimal(1)
        denominator = ExactDecimal(1)
        self.date = date
        origin = "same currency"
        fraction = Fraction(1, over: 1)
    }

    /// Whether no conversion takes place.
    public var isIdentity: Bool { from == to }

    /// The rate as a decimal for people, rounded half-even to 8 significant digits: "162.33903".
    public var text: String { fraction.text(significantDigits: 8) }

    /// Whether both rates are worth the same, whatever their date, origin and way of writing.
    public func hasSameValue(as other: ExchangeRate) -> Bool {
        from == other.from && to == other.to && fraction == other.fraction
    }
}

extension ExchangeRate: CustomStringConvertible {
    /// As in "1 USD = 0.9250 EUR (2026-07-06, ECB daily reference rates)".
    public var description: String { "1 \(from) = \(text) \(to) (\(date), \(origin))" }
}

extension ExchangeRate: Codable {
    private enum CodingKeys: String, CodingKey {
        case from
        case to
        case numerator
        case denominator
        case date
        case origin
    }

    /// Reads the exact parts and checks them again.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            from: container.decode(Currency.self, forKey: .from),
            to: container.decode(Currency.self, forKey: .to),
            numerator: container.decode(ExactDecimal.self, forKey: .numerator),
            denominator: container.decode(ExactDecimal.self, forKey: .denominator),
            date: container.decode(CalendarDate.self, forKey: .date),
            origin: container.decode(String.self, forKey: .origin)
        )
    }

    /// Writes the exact parts, numbers as decimal text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(numerator, forKey: .numerator)
        try container.encode(denominator, forKey: .denominator)
        try container.encode(date, forKey: .date)
        try container.encode(origin, forKey: .origin)
    }
}
