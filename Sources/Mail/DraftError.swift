/// Why a mail could not be written.
public enum DraftError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The report is of another team than the recipients (FAULTS ML-3).
    case foreignTeam
    /// A destination's mail would have shown another destination (FAULTS ML-3).
    case foreignStore(place: String)

    /// What would have gone wrong.
    public var description: String {
        switch self {
        case .foreignTeam: "a report of another team was about to be mailed: nothing was; report this"
        case .foreignStore(let place):
            "\(place) name a store that their reader must not see: no mail was made; report this"
        }
    }
}
