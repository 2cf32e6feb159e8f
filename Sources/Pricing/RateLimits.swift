/// How old a rate may be, and how far it may move, before prices are made with it (FAULTS MO-3).
public struct RateLimits: Hashable, Sendable, Codable {
    /// The most age, in hours of the ECB's business days since 16:00 CET of the rate's day; 36 hours unless set.
    ///
    /// Weekends and TARGET closing days don't count, because no rate appears on them.
    public var maxAge: Duration
    /// The most change against the last accepted rate, up or down; 10 % unless set.
    ///
    /// Finds inverted and shifted rates.
    public var maxJump: Percent
    /// The change below which prices stay on the last accepted rate; 1 % unless set.
    public var deadBand: Percent

    /// The limits; those left out are the defaults.
    public init(
        maxAge: Duration = .seconds(36 * 3600),
        maxJump: Percent = Percent(10),
        deadBand: Percent = Percent(1)
    ) {
        self.maxAge = maxAge
        self.maxJump = maxJump
        self.deadBand = deadBand
    }

    /// Judges a rate.
    ///
    /// - Parameters:
    ///   - candidate: the rate just read.
    ///   - now: seconds since 1970 in UTC.
    ///   - lastAccepted: the rate that prices were last made with; nil on the first run.
    /// - Returns: the rate to make prices with, or why there is none.
    public func decide(_ candidate: ExchangeRate, now: Int64, lastAccepted: ExchangeRate?) -> RateDecision {
        guard !candidate.isIdentity else { return .accepted(candidate) }
        let today = BusinessTime.dayOfCentralEurope(at: now)
        guard Int64(candidate.date.daysSinceEpoch) <= today + 1 else { return .refused(.inFuture(candidate)) }
        let age = Duration.seconds(BusinessTime.age(of: candidate.date, at: now))
        guard age <= maxAge else { return .refused(.tooOld(candidate, age: age, limit: maxAge)) }
        guard let lastAccepted else { return .accepted(candidate) }
        guard lastAccepted.from == candidate.from, lastAccepted.to == candidate.to else {
            return .refused(.otherPair(candidate, lastAccepted: lastAccepted))
        }
        guard !candidate.hasSameValue(as: lastAccepted) else { return .accepted(candidate) }
        guard let change = Self.change(from: lastAccepted, to: candidate) else {
            return .refused(.tooLong(candidate))
        }
        if change.share.isGreater(than: maxJump) {
            return .refused(.jump(candidate, lastAccepted: lastAccepted, change: change.text, limit: maxJump))
        }
        if change.share.isLess(than: deadBand) {
            return .keptLast(lastAccepted, candidate: candidate, change: change.text)
        }
        return .accepted(candidate)
    }

    /// The age of a rate as the limits count it; `now` is in seconds since 1970 in UTC.
    public static func age(of rate: ExchangeRate, now: Int64) -> Duration {
        rate.isIdentity ? .zero : .seconds(BusinessTime.age(of: rate.date, at: now))
    }

    /// The change as a share of the old rate, with its text in percent; nil if it doesn't fit 128 bits.
    private static func change(from old: ExchangeRate, to new: ExchangeRate) -> (share: Fraction, text: String)? {
        let after = new.fraction.numerator.multipliedReportingOverflow(by: old.fraction.denominator)
        let before = old.fraction.numerator.multipliedReportingOverflow(by: new.fraction.denominator)
        guard !after.overflow, !before.overflow else { return nil }
        let difference = after.partialValue - before.partialValue
        let share = Fraction(difference < 0 ? -difference : difference, over: before.partialValue)
        let hundredfold = share.numerator.multipliedReportingOverflow(by: 100)
        guard !hundredfold.overflow else { return nil }
        let percent = Fraction(hundredfold.partialValue, over: share.denominator).text(significantDigits: 4)
        return (share, "\(difference < 0 ? "-" : "+")\(percent)%")
    }
}

extension Fraction {
    fileprivate func isGreater(than percent: Percent) -> Bool { order(against: percent) > 0 }

    fileprivate func isLess(than percent: Percent) -> Bool { order(against: percent) < 0 }

    /// 1, 0 or −1 as the fraction is above, at or below the share; products are taken in 256 bits.
    private func order(against percent: Percent) -> Int {
        guard percent.hundredths.digits >= 0 else { return 1 }
        let hundred = ExactDecimal.power(ofTen: percent.hundredths.scale + 2)
        let left = numerator.multipliedFullWidth(by: hundred)
        let right = denominator.multipliedFullWidth(by: percent.hundredths.digits)
        if (left.high, left.low) == (right.high, right.low) { return 0 }
        return (left.high, left.low) > (right.high, right.low) ? 1 : -1
    }
}
