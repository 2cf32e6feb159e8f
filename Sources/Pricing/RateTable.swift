/// Rates of one day, all from one base currency; any pair is crossed through the base, exactly.
public struct RateTable: Hashable, Sendable {
    /// The currency one unit of which each rate is for.
    public let base: Currency
    /// The day the rates stand for.
    public let date: CalendarDate
    /// Where they are from, for people.
    public let origin: String
    /// How much of each other currency one unit of the base is worth; all above zero, the base not among them.
    public let rates: [Currency: ExactDecimal]

    /// A table of rates per unit of the base.
    ///
    /// - Throws: ``PricingError/rateNotPositive(from:to:value:)``, or ``PricingError/rateToItself(_:value:)`` where the
    ///   base stands in the rates with another rate than 1.
    public init(
        base: Currency,
        date: CalendarDate,
        origin: String,
        rates: [Currency: ExactDecimal]
    ) throws(PricingError) {
        for (currency, rate) in rates.sorted(by: { $0.key < $1.key }) {
            guard rate.isPositive else { throw .rateNotPositive(from: base, to: currency, value: "\(rate)") }
            guard currency != base || rate == ExactDecimal(1) else { throw .rateToItself(base, value: "\(rate)") }
        }
        self.base = base
        self.date = date
        self.origin = origin
        self.rates = rates.filter { $0.key != base }
    }

    /// Reads rates written down by a person: `EUR: "0.9250"` means one unit of the base is worth 0.9250 EUR.
    ///
    /// - Throws: ``PricingError/ratesMalformed(origin:line:value:problem:)``, where the line is the entry's number.
    public init(
        table: [(code: String, text: String)],
        base: Currency,
        date: CalendarDate,
        origin: String = "table in settings"
    ) throws(PricingError) {
        var builder = RateTableBuilder(origin: origin)
        for (offset, entry) in table.enumerated() {
            let currency = try builder.currency(entry.code, line: offset + 1)
            try builder.add(currency, entry.text, base: base, line: offset + 1)
        }
        try self.init(base: base, date: date, origin: origin, rates: builder.rates(atLine: 1))
    }

    /// The rate between any two currencies of the table, crossed through the base; 1 for equal currencies.
    ///
    /// - Throws: ``PricingError/rateMissing(from:to:origin:)`` or ``PricingError/rateTooLong(from:to:)``.
    public func rate(from: Currency, to: Currency) throws(PricingError) -> ExchangeRate {
        guard from != to else { return .identity(from, date: date) }
        let one = ExactDecimal(1)
        guard
            let got = to == base ? one : rates[to],
            let given = from == base ? one : rates[from]
        else { throw .rateMissing(from: from, to: to, origin: origin) }
        return try ExchangeRate(from: from, to: to, numerator: got, denominator: given, date: date, origin: origin)
    }
}

/// Collects the rates of one file, naming the line and the value of what it refuses.
struct RateTableBuilder {
    let origin: String
    private var collected: [Currency: ExactDecimal] = [:]
    private var seen: Set<Currency> = []

    init(origin: String) {
        self.origin = origin
    }

    /// What was collected.
    ///
    /// - Throws: when that is nothing.
    func rates(atLine line: Int) throws(PricingError) -> [Currency: ExactDecimal] {
        guard !collected.isEmpty else { throw refusal(line, "", .empty) }
        return collected
    }

    func currency(_ code: String, line: Int) throws(PricingError) -> Currency {
        guard let currency = Currency(code: code) else { throw refusal(line, code, .currency) }
        return currency
    }

    mutating func add(_ currency: Currency, _ text: String, base: Currency, line: Int) throws(PricingError) {
        guard seen.insert(currency).inserted else { throw refusal(line, currency.code, .duplicate) }
        let rate: ExactDecimal
        do {
            rate = try ExactDecimal(parsing: text)
        } catch {
            throw refusal(line, text, .number)
        }
        guard rate.isPositive else { throw refusal(line, text, .notPositive) }
        guard currency != base else {
            guard rate == ExactDecimal(1) else { throw refusal(line, text, .itself) }
            return
        }
        collected[currency] = rate
    }

    func refusal(_ line: Int, _ value: String, _ problem: RateFileProblem) -> PricingError {
        .ratesMalformed(origin: origin, line: line, value: value, problem: problem)
    }
}
