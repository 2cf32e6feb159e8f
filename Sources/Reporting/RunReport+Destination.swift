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
        return RunReport(
            run: run,
            team: team,
            source: source,
            command: command,
            startedAt: startedAt,
            endedAt: endedAt,
            status: part.status,
            detail: "",
            destinations: [part.without(foreign, source: source)]
        )
    }
}

extension DestinationReport {
    fileprivate func without(_ foreign: Set<ShopDomain>, source: ShopDomain) -> DestinationReport {
        // The longest first: one name may end with another.
        let names = foreign.map(\.text).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
        func clean(_ text: String) -> String {
            names.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "another store") : $0 }
        }
        return DestinationReport(
            shop: shop,
            status: status,
            detail: clean(detail),
            plan: plan,
            brakes: brakes.map { BrakeHit(brake: $0.brake, extent: $0.extent, detail: clean($0.detail)) },
            rate: clean(rate),
            summary: summary,
            corrections: corrections.map { $0.with(reason: clean($0.reason), rate: clean($0.rate)) },
            findings: findings.filter { $0.shop.isEmpty || [shop.text, source.text].contains($0.shop) }.map {
                $0.with(detail: clean($0.detail), suggestion: clean($0.suggestion), opensIn: shop)
            }
        )
    }
}

extension CorrectionRow {
    fileprivate func with(reason: String, rate: String) -> CorrectionRow {
        CorrectionRow(
            sku: sku,
            product: product,
            field: field,
            source: source,
            old: old,
            new: new,
            verdict: verdict,
            outcome: outcome,
            reason: reason,
            rate: rate,
            rule: rule,
            productID: productID,
            variantID: variantID
        )
    }
}

extension FindingRow {
    /// Only the store's own admin opens for its people.
    fileprivate func with(detail: String, suggestion: String, opensIn own: ShopDomain) -> FindingRow {
        let isOwn = shop == own.text
        return FindingRow(
            kind: kind,
            shop: shop,
            sku: sku,
            product: product,
            productID: isOwn ? productID : 0,
            variantID: isOwn ? variantID : 0,
            link: isOwn ? link : "",
            detail: detail,
            suggestion: suggestion.contains("synctec ") ? "your supplier decides about this" : suggestion
        )
    }
}
