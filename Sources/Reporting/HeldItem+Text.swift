import Catalog
public import Reconciliation

extension HeldItem {
    /// What is held, why, and what would become of the value, in one line for people.
    public var text: String {
        "\(field?.rawValue ?? "the whole SKU"): \(reason.rawValue)\(change)"
    }

    private var change: String {
        switch (old.isEmpty, wanted.isEmpty) {
        case (true, true): ""
        case (true, false): ": would become \(wanted)"
        case (false, false): ": \(old) would become \(wanted)"
        // An absent value may be the wanted one: a compare-at price that waits to be cleared.
        case (false, true): reason.hasWantedValue ? ": \(old) would be cleared" : ": has \(old); no value is written"
        }
    }
}
