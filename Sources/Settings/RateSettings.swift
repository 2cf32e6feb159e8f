public import Pricing

/// Where exchange rates come from and what makes one acceptable.
public struct RateSettings: Sendable, Hashable {
    /// Where exchange rates come from.
    public enum Origin: Sendable, Hashable {
        /// The European Central Bank's daily reference rates, from another address where one is given.
        case ecb(url: String?)
        /// Fixed rates: so many units of each currency for one unit of the source shop's; all above zero.
        case table([Currency: ExactDecimal])
        /// A local file in the ECB's form or as `from,to,rate,date`.
        case file(path: String)
    }

    /// Where the rates come from.
    public let origin: Origin
    /// Whether the rates' own address may be one on this machine by plain HTTP.
    public let allowInsecureEndpoint: Bool
    /// How old a rate may be, and how far it may move.
    public let limits: RateLimits
}
