import Catalog
import Reconciliation
import Reporting
import Snapshots

/// Gathers what a person has to look at: SKU hygiene of both stores, who has no partner, what was held or not done.
struct FindingCollector {
    let comparison: CatalogComparison
    let plan: CorrectionPlan
    let outcomes: [CorrectionOutcome]
    let hits: [BrakeHit]
    let source: ShopDomain
    let destination: ShopDomain
    var advice = Advice.ofRuns

    /// What to do about what the plan holds back.
    struct Advice: Sendable {
        let held: String
        let brake: String

        static let ofRuns = Advice(
            held: "synctec approve <plan> --held, if it is right",
            brake: "read the plan, then synctec approve it"
        )
    }

    /// The findings, kind by kind, each in the order of the stores' files.
    func findings() throws(SnapshotError) -> [FindingRow] {
        let missing = try labels(comparison.missing, in: comparison.source)
        let extra = try labels(comparison.extra, in: comparison.destination)
        let extraPartners = NearMisses.partners(of: extra.compactMap(\.sku), among: missing.compactMap(\.sku))
        let missingPartners = NearMisses.partners(of: missing.compactMap(\.sku), among: extra.compactMap(\.sku))
        var rows = hits.map { hit in
            FindingRow(
                kind: .brake,
                shop: destination.text,
                detail: "\(hit.brake.title): \(hit.detail)",
                suggestion: suggestion(for: hit)
            )
        }
        rows += try blanks()
        rows += try duplicates()
        rows += missing.map { label in
            row(.missing, source, label, "the destination has no such SKU", likely(missingPartners, label))
        }
        rows += extra.map { label in
            row(.extra, destination, label, "the source has no such SKU", likely(extraPartners, label))
        }
        rows += try labels(comparison.unshared, in: comparison.destination).map { label in
            row(.unshared, destination, label, "the source has this SKU and does not share it", "")
        }
        rows += try labels(comparison.negativeStock, in: comparison.source).map { label in
            row(
                .negativeStock,
                source,
                label,
                "the source's stock is below zero and counts as 0",
                "count the stock at the source"
            )
        }
        rows += plan.held.map(held)
        rows += plan.corrections.compactMap(clearedCompareAt)
        rows += zip(plan.corrections, outcomes).compactMap(undone)
        return rows
    }

    /// What names a variant to a person.
    private struct Label {
        let row: Int
        let sku: SKU?
        let product: ProductRecord
        let variant: VariantRecord
    }

    private func labels(_ rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> [Label] {
        let records = try RecordReader.table(of: rows, in: snapshot)
        return rows.compactMap { row in
            guard let variant = records.variants[row], let product = records.products[variant.product] else {
                return nil
            }
            return Label(row: row, sku: SKU(variant.sku), product: product, variant: variant)
        }
    }

    private func row(
        _ kind: FindingRow.Kind,
        _ shop: ShopDomain,
        _ label: Label,
        _ detail: String,
        _ suggestion: String
    ) -> FindingRow {
        FindingRow(
            kind: kind,
            shop: shop.text,
            sku: label.sku?.text ?? "",
            product: label.product.title,
            productID: label.product.id.number,
            variantID: label.variant.id.number,
            link: shop.adminLink(product: label.product.id, variant: label.variant.id),
            detail: detail,
            suggestion: suggestion
        )
    }

    private func likely(_ partners: [SKU: SKU], _ label: Label) -> String {
        label.sku.flatMap { partners[$0] }.map { "is it \"\($0)\" in the other store?" } ?? ""
    }

    private func blanks() throws(SnapshotError) -> [FindingRow] {
        var found: [FindingRow] = []
        for (shop, snapshot) in [(source, comparison.source), (destination, comparison.destination)] {
            let variants = snapshot.variants
            let rows = snapshot.statistics.blankSKUs == 0 ? [] : variants.indices.filter { variants[$0].sku.isNone }
            found += try labels(rows, in: snapshot).map { label in
                row(.blankSKU, shop, label, "the variant has no SKU and is never matched", "give it its SKU")
            }
        }
        return found
    }

    private func duplicates() throws(SnapshotError) -> [FindingRow] {
        let here = try labelTable(comparison.duplicates.flatMap(\.source), in: comparison.source)
        let there = try labelTable(comparison.duplicates.flatMap(\.destination), in: comparison.destination)
        return comparison.duplicates.flatMap { duplicate in
            let sides = [(source, here, duplicate.source), (destination, there, duplicate.destination)]
            return sides.flatMap { shop, labels, rows in
                rows.compactMap { labels[$0] }.map { label in
                    row(
                        .duplicateSKU,
                        shop,
                        label,
                        "\(duplicate.source.count) at the source, \(duplicate.destination.count) at the destination: nothing is written",
                        "leave the SKU on one variant only"
                    )
                }
            }
        }
    }

    private func labelTable(_ rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> [Int: Label] {
        Dictionary(try labels(rows, in: snapshot).map { ($0.row, $0) }) { first, _ in first }
    }

    private func held(_ item: HeldItem) -> FindingRow {
        let product = ResourceID(.product, item.target?.product ?? 0)
        let variant = ResourceID(.variant, item.target?.variant ?? 0)
        let kind: FindingRow.Kind = item.reason == .moved ? .moved : item.reason.isRefusal ? .refused : .held
        return FindingRow(
            kind: kind,
            shop: destination.text,
            sku: item.sku.text,
            product: item.product,
            productID: product.number,
            variantID: variant.number,
            link: item.target == nil ? "" : destination.adminLink(product: product, variant: variant),
            detail: item.text,
            suggestion: item.reason.isReleasable ? advice.held : ""
        )
    }

    /// A compare-at price that is cleared because it is not above the price here (FAULTS MO-6).
    private func clearedCompareAt(_ correction: Correction) -> FindingRow? {
        guard correction.field == .compareAtPrice, correction.new == .absent, correction.source != .absent else {
            return nil
        }
        let product = ResourceID(.product, correction.target.product)
        let variant = ResourceID(.variant, correction.target.variant)
        return FindingRow(
            kind: .compareAtCleared,
            shop: destination.text,
            sku: correction.sku.text,
            product: correction.product,
            productID: product.number,
            variantID: variant.number,
            link: destination.adminLink(product: product, variant: variant),
            detail:
                "the source's compare-at price \(correction.source.displayText) is not above the price here: the field is cleared",
            suggestion: "look at the compare-at price at the source, or at the price rule"
        )
    }

    private func undone(_ correction: Correction, _ outcome: CorrectionOutcome) -> FindingRow? {
        let kind: FindingRow.Kind
        switch outcome.kind {
        case .failed: kind = .failed
        case .left: kind = .left
        case .applied, .planned: return nil
        }
        // A brake is one finding, not one per item.
        if case .braked = outcome { return nil }
        let product = ResourceID(.product, correction.target.product)
        let variant = ResourceID(.variant, correction.target.variant)
        return FindingRow(
            kind: kind,
            shop: destination.text,
            sku: correction.sku.text,
            product: correction.product,
            productID: product.number,
            variantID: variant.number,
            link: destination.adminLink(product: product, variant: variant),
            detail: "\(correction.field.rawValue): \(outcome.word): \(outcome.reason)"
        )
    }

    private func suggestion(for hit: BrakeHit) -> String {
        switch hit.brake {
        case .exchangeRate: "get a current rate; stock and content go on without"
        case .currency: "set the shop's currency back, or have the store leave the team and join again"
        case .planStale: "make a new plan with synctec plan"
        default: advice.brake
        }
    }
}
