import Catalog
import Pricing

/// The rate one destination's prices are made with in this run, or why there is none.
struct RunRate: Sendable {
    let rate: ExchangeRate?
    let refusal: String?
    /// Whether there is none because a shop's currency is not what the team knows.
    let isOfOtherCurrency: Bool

    /// There is none because a shop's currency is another one than before (FAULTS MO-8).
    init(otherCurrency reason: String) {
        rate = nil
        refusal = reason
        isOfOtherCurrency = true
    }

    /// One that a person named for this very time.
    init(given rate: ExchangeRate) {
        self.init(rate: rate, refusal: nil)
    }

    private init(rate: ExchangeRate?, refusal: String?) {
        self.rate = rate
        self.refusal = refusal
        isOfOtherCurrency = false
    }

    /// For reports: the rate with date and origin, or why there is none.
    var text: String { rate.map { $0.isIdentity ? "" : "\($0)" } ?? refusal ?? "" }

    /// Picks the rate of a pair and judges it (FAULTS MO-3).
    static func decide(
        from: Currency,
        to: Currency,
        rates: Result<RateTable, RateSourceError>,
        limits: RateLimits,
        now: Timestamp,
        last: ExchangeRate?
    ) -> RunRate {
        if from == to {
            guard let today = CalendarDate(daysSinceEpoch: Int(now.seconds / 86_400)) else {
                return RunRate(rate: nil, refusal: "the clock says \(now): set it right")
            }
            return RunRate(rate: .identity(from, date: today), refusal: nil)
        }
        let candidate: ExchangeRate
        do {
            candidate = try rates.get().rate(from: from, to: to)
        } catch {
            return RunRate(rate: nil, refusal: "\(error)")
        }
        switch limits.decide(candidate, now: now.seconds, lastAccepted: last) {
        case .accepted(let rate), .keptLast(let rate, _, _): return RunRate(rate: rate, refusal: nil)
        case .refused(let refusal): return RunRate(rate: nil, refusal: "\(refusal)")
        }
    }
}
