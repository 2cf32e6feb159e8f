public import Catalog
import Reconciliation
import Reporting

/// Who reads a page.
public enum PageAudience: Sendable, Hashable {
    /// The supplier's team: sees everything.
    case team
    /// One destination: sees its own part and nothing about any other.
    case destination(ShopDomain)
}

extension RunReport {
    /// The report as that audience may see it; `nil` where it has no part of it.
    ///
    /// For a destination the run's own words go, since they can be about others; in the texts of its part that are the program's own,
    /// other stores' addresses are replaced, and findings about a third store are left out (FAULTS ML-3).
    func seen(by audience: PageAudience, others: Set<ShopDomain>) -> RunReport? {
        guard case .destination(let shop) = audience else { return self }
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
            destinations: [part.without(foreign, own: [shop.text, source.text])]
        )
    }
}

extension RunHistory {
    /// The history as that audience may see it.
    func seen(by audience: PageAudience) -> RunHistory {
        guard case .destination(let shop) = audience else { return self }
        return RunHistory(parts: parts.filter { $0.shop == shop }, repeats: repeats.filter { $0.shop == shop })
    }
}

extension DestinationReport {
    fileprivate func without(_ foreign: Set<ShopDomain>, own: Set<String>) -> DestinationReport {
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
            findings: findings.filter { $0.shop.isEmpty || own.contains($0.shop) }.map {
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
    /// Commands are the supplier's to give, and only the store's own admin opens for its people.
    fileprivate func with(detail: String, suggestion: String, opensIn own: ShopDomain) -> FindingRow {
        let isOwn = shop == own.text
        return FindingRow(
            kind: kind,
            shop: shop,
            sku: sku,
            product: product,
            productID: isOwn ? productID : 0,
            variantID: isOwn ? variantID : 0,
            link: "",
            detail: detail,
            suggestion: suggestion.contains("synctec ") ? "your supplier decides about this" : suggestion
        )
    }
}
