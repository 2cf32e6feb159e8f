public import Catalog

/// Why a mail could not be written.
public enum DraftError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The report is of another team than the recipients (FAULTS ML-3).
    case foreignTeam
    /// A destination's mail would have shown another destination (FAULTS ML-3).
    case foreignStore(place: String)
    /// A destination's report was asked for an address that the settings keep for another one (FAULTS ML-3).
    case otherReseller(report: ShopDomain, addressOf: ShopDomain)

    /// What would have gone wrong.
    public var description: String {
        switch self {
        case .foreignTeam: "a report of another team was about to be mailed: nothing was; report this"
        case .foreignStore(let place):
            "\(place) name a store that their reader must not see: no mail was made; report this"
        case .otherReseller(let report, let owner):
            "the settings keep this address for \(owner): it does not get the report of \(report)"
        }
    }
}
