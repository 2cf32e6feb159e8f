public import Catalog
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
    func seen(by audience: PageAudience, others: Set<ShopDomain>) -> RunReport? {
        guard case .destination(let shop) = audience else { return self }
        return seen(by: shop, hiding: others)
    }
}

extension RunHistory {
    /// The history as that audience may see it.
    func seen(by audience: PageAudience) -> RunHistory {
        guard case .destination(let shop) = audience else { return self }
        return RunHistory(parts: parts.filter { $0.shop == shop }, repeats: repeats.filter { $0.shop == shop })
    }
}
