/// A limit judged on the whole plan of a destination before its first write (FAULTS, "Brakes and their defaults").
public enum Brake: String, Sendable, Hashable, Codable, CaseIterable {
    case priceChanges = "price_changes"
    case stockToZero = "stock_to_zero"
    case snapshotShrinks = "snapshot_shrinks"
    case allOfOneField = "all_of_one_field"
    case heldItems = "held_items"
    case exchangeRate = "exchange_rate"
    case firstRun = "first_run"
    case rulesChanged = "rules_changed"
    case currency = "currency"
    case planStale = "plan_stale"

    /// The name for people.
    public var title: String {
        switch self {
        case .priceChanges: "too many prices would change"
        case .stockToZero: "too much stock would go to zero"
        case .snapshotShrinks: "a snapshot shrank"
        case .allOfOneField: "all items of one field changed"
        case .heldItems: "too many held prices"
        case .exchangeRate: "the exchange rate is not accepted"
        case .firstRun: "first run on this store"
        case .rulesChanged: "first run after the rules changed"
        case .currency: "the shop's currency changed"
        case .planStale: "the plan went stale"
        }
    }
}
