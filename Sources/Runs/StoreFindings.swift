import Catalog
import Reconciliation
import Reporting
import Snapshots

/// What a person has to look at in the two stores, whatever is planned: SKU hygiene, and who has no partner.
struct StoreFindings: Sendable {
    let comparison: CatalogComparison
    let source: ShopDomain
    let destination: ShopDomain

    /// The findings, kind by kind, each in the order of the stores' files.
    func rows() throws(SnapshotError) -> [FindingRow] {
        let missing = try labels(comparison.missing, in: comparison.source)
        let extra = try labels(comparison.extra, in: comparison.destination)
        let extraPartners = NearMisses.partners(of: extra.compactMap(\.sku), among: missing.compactMap(\.sku))
        let missingPartners = NearMisses.partners(of: missing.compactMap(\.sku), among: extra.compactMap(\.sku))
        var rows = try blanks()
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
        return rows
    }

    /// What names a variant to a person.
    private struct Label {
        let row: Int
        let sku: SKU?
        let product: ProductRecord
        let variant: ResourceID
    }

    private func labels(_ rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> [Label] {
        let variants = snapshot.variants
        let records = RecordSource(snapshot)
        let products = try records.products(rows.map { (Int(variants[$0].product), FieldSet(.title)) })
        return zip(rows, zip(try records.skus(rows), products)).map { row, known in
            Label(row: row, sku: known.0, product: known.1, variant: snapshot.variantID(row))
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
            variantID: label.variant.number,
            link: shop.adminLink(product: label.product.id, variant: label.variant),
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
                let advice =
                    rows.count > 1
                    ? "leave the SKU on one variant only"
                    : "nothing here: it is the other store that has it more than once"
                return rows.compactMap { labels[$0] }.map { label in
                    row(
                        .duplicateSKU,
                        shop,
                        label,
                        "\(duplicate.source.count) at the source, \(duplicate.destination.count) at the destination: nothing is written",
                        advice
                    )
                }
            }
        }
    }

    private func labelTable(_ rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> [Int: Label] {
        Dictionary(try labels(rows, in: snapshot).map { ($0.row, $0) }) { first, _ in first }
    }
}
