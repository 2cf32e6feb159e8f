/// What became of a rate that was just read.
public enum RateDecision: Hashable, Sendable {
    /// Prices follow this rate from now on.
    case accepted(ExchangeRate)
    /// The move is inside the dead band: prices stay on the last accepted rate, which comes first.
    case keptLast(ExchangeRate, candidate: ExchangeRate, change: String)
    /// No price of the destination is written in this run; stock and orders go on.
    case refused(RateRefusal)

    /// The rate to make prices with, nil if there is none.
    public var rate: ExchangeRate? {
        switch self {
        case .accepted(let rate): rate
        case .keptLast(let rate, _, _): rate
        case .refused: nil
        }
    }
}

/// Why a rate is not used (FAULTS MO-3).
public enum RateRefusal: Hashable, Sendable {
    /// Older than the limit; both in time of business days.
    case tooOld(ExchangeRate, age: Duration, limit: Duration)
    /// Dated later than tomorrow.
    case inFuture(ExchangeRate)
    /// For other currencies than the rate accepted before.
    case otherPair(ExchangeRate, lastAccepted: ExchangeRate)
    /// Moved too far: a rate that is wrong, inverted, or off by a power of ten. The change is in percent, for people.
    case jump(ExchangeRate, lastAccepted: ExchangeRate, change: String, limit: Percent)
    /// Too many digits to be compared exactly with the rate accepted before.
    case tooLong(ExchangeRate)
}

extension RateRefusal: CustomStringConvertible {
    /// A full sentence with rate, origin and numbers.
    public var description: String {
        switch self {
        case .tooOld(let rate, let age, let limit):
            """
            The rate \(rate) is \(age.components.seconds / 3600) hours of business days old, over the limit of \
            \(limit.components.seconds / 3600): get newer rates, or raise rates.max_age.
            """
        case .inFuture(let rate):
            "The rate \(rate) is dated in the future: check the file and the machine's clock."
        case .otherPair(let rate, let lastAccepted):
            """
            The rate \(rate) is for another pair than the one accepted before (\(lastAccepted.from) to \
            \(lastAccepted.to)): check the currencies of both stores.
            """
        case .jump(let rate, let lastAccepted, let change, let limit):
            """
            The rate \(rate) moved by \(change) against \(lastAccepted.text) of \(lastAccepted.date), over the limit of \
            \(limit): check it; if it is right, accept it by approval.
            """
        case .tooLong(let rate):
            "The rate \(rate) has too many digits to be compared with the one accepted before: write it with fewer."
        }
    }
}
