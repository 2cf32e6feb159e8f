public import Catalog
import Reconciliation

extension RunReport {
    /// The report as one destination's people may see it; `nil` where it has no part of it (FAULTS ML-3).
    ///
    /// The run's status and words are its part's, since the run's own can be about others. In the texts of its part that are the
    /// program's own, the addresses of `others` are replaced; findings about a third store are left out. What the findings say about
    /// the source stays, without a way into the source's admin; commands are the supplier's to give.
    public func seen(by shop: ShopDomain, hiding others: Set<ShopDomain>) -> RunReport? {
        guard let part = destinations.first(where: { $0.shop == shop }) else { return nil }
        let foreign = others.union(destinations.map(\.shop)).subtracting([shop, source])
        var report = self
        report.status = part.status
        report.detail = ""
        report.destinations = [part.without(foreign, source: source)]
        return report
    }
}

extension DestinationReport {
    fileprivate func without(_ foreign: Set<ShopDomain>, source: ShopDomain) -> DestinationReport {
        // The longest first: one name may end with another.
        let names = foreign.map(\.text).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
        func clean(_ text: String) -> String {
            names.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "another store") : $0 }
        }
        var part = self
        part.detail = clean(detail)
        part.brakes = brakes.map { BrakeHit(brake: $0.brake, extent: $0.extent, detail: clean($0.detail)) }
        part.rate = clean(rate)
        for place in corrections.indices {
            part.corrections[place].reason = clean(corrections[place].reason)
            part.corrections[place].rate = clean(corrections[place].rate)
        }
        part.findings = findings.filter { $0.shop.isEmpty || [shop.text, source.text].contains($0.shop) }.map {
            $0.with(detail: clean($0.detail), suggestion: clean($0.suggestion), opensIn: shop)
        }
        return part
    }
}

extension FindingRow {
    /// Only the store's own admin opens for its people.
    fileprivate func with(detail: String, suggestion: String, opensIn own: ShopDomain) -> FindingRow {
        var row = self
        row.detail = detail
        row.suggestion = suggestion.contains("synctec ") ? "your supplier decides about this" : suggestion
        if shop != own.text {
            row.productID = 0
            row.variantID = 0
            row.link = ""
        }
        return row
    }
}
