import Catalog
import Reconciliation
import Reporting

/// A report as one audience may see it.
struct ReportView: Sendable {
    /// A row that names a store its reader must not see.
    struct Foreign: Error {
        let place: String
    }

    let audience: MailAudience
    let report: RunReport

    /// The team sees the report as it is.
    ///
    /// A destination sees its own part, as `RunReport.seen(by:hiding:)` has it, with what it can do itself. `nil` where the report has no part of it.
    ///
    /// - Throws: where a row is about a store that is neither the source nor the destination (FAULTS ML-3).
    init?(_ report: RunReport, for audience: MailAudience, others: Set<ShopDomain>) throws(Foreign) {
        self.audience = audience
        guard case .destination(let shop) = audience else {
            self.report = report
            return
        }
        guard let part = report.destinations.first(where: { $0.shop == shop }) else { return nil }
        let foreign = others.union(report.destinations.map(\.shop)).subtracting([shop, report.source])
        let own = part.findings.allSatisfy { $0.shop.isEmpty || $0.shop == shop.text || $0.shop == report.source.text }
        let links = part.findings.map(\.link).filter { !$0.isEmpty }
        let theirs = links.first { link in
            foreign.contains { link.contains("/store/\($0.name)/") || link.contains("//\($0.text)/") }
        }
        guard own, theirs == nil else { throw Foreign(place: "findings of \(shop)") }
        guard let seen = report.seen(by: shop, hiding: others) else { return nil }
        self.report = seen.advisingReseller
    }

    /// Whether values were written.
    var changed: Bool { report.destinations.contains { $0.summary.applied > 0 } }
}

extension RunReport {
    /// A destination's view with what its own people can do.
    fileprivate var advisingReseller: RunReport {
        var report = self
        for place in report.destinations.indices {
            let shop = report.destinations[place].shop
            report.destinations[place].findings = report.destinations[place].findings.map {
                $0.advisingReseller(of: shop)
            }
        }
        return report
    }
}
