import Catalog
import Reconciliation
import Reporting

extension FindingRow {
    /// What was found, for the table of a destination.
    func title(at destination: ShopDomain) -> String {
        // What is missing is missing at the destination, and negative stock says where it is by itself.
        let saysWhere = [.missing, .negativeStock].contains(kind)
        return kind.rawValue + (saysWhere || shop.isEmpty || shop == destination.text ? "" : " at the source")
    }

    /// What the team can do about it; commands name the plan.
    func toDoForTeam(plan: PlanHash?) -> String {
        if kind == .missing, suggestion.isEmpty { return "create it in the reseller's store, or stop sharing it" }
        guard let plan else { return suggestion }
        return suggestion.replacing("<plan>", with: plan.short)
            .replacing("synctec approve it", with: "synctec approve \(plan.short)")
    }

    /// The same row with what the destination's own people can do about it: nothing in the supplier's store or settings.
    func advisingReseller(of destination: ShopDomain) -> FindingRow {
        var row = self
        row.suggestion = toDoForReseller(of: destination)
        return row
    }

    private func toDoForReseller(of destination: ShopDomain) -> String {
        // A likely partner, and where to look instead, are for both.
        if suggestion.hasPrefix("is it \"") || suggestion.hasPrefix("nothing here") { return suggestion }
        if kind == .missing { return "create it in your store, or ask your supplier to stop sharing it" }
        if suggestion.isEmpty { return "" }
        if !shop.isEmpty, shop != destination.text { return "nothing: it is in your supplier's store" }
        let isOfSupplier =
            ["source", "rule", "rate", "do not lock", "update synctec"].contains { suggestion.contains($0) }
            || (kind == .refused && detail.contains(HoldReason.duplicateAtSource.rawValue))
        return isOfSupplier ? "your supplier decides about this" : suggestion
    }
}
