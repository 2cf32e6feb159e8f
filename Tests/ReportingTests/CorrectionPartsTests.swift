import Catalog
import Reconciliation
import Testing

@testable import Reporting

/// A plan's rows in parts, as tables of comparisons are written.
struct CorrectionPartsTests {
    /// Corrections of every third SKU held as well, some SKUs held alone, some with several fields.
    private func plan() throws -> CorrectionPlan {
        var corrections: [Correction] = []
        var held: [HeldItem] = []
        for number in 0..<40 {
            let sku = try #require(SKU("S-\(number % 10)\(number)"))
            let target = CorrectionTarget(product: 1, variant: Int64(number), inventoryItem: 2)
            for field in [CatalogField.title, .vendor, .barcode].prefix(number % 4) {
                corrections.append(
                    Correction(
                        sku: sku,
                        field: field,
                        target: target,
                        source: .text("new"),
                        old: .text("old"),
                        new: .text("new"),
                        verdict: .both,
                        rule: nil,
                        product: "P"
                    )
                )
            }
            guard number.isMultiple(of: 3) else { continue }
            held.append(
                HeldItem(sku: sku, field: .price, reason: .priceStep, verdict: .both, target: target, product: "P")
            )
        }
        return CorrectionPlan(
            team: try #require(TeamID("SP-TEAM-7KQ2MX")),
            destination: try #require(ShopDomain("shop.myshopify.com")),
            rules: "r",
            snapshots: SnapshotDigests(source: "s", destination: "d"),
            rate: nil,
            corrections: corrections,
            held: held
        )
    }

    @Test func `parts of any size, one after the other, are the rows of the whole`() throws {
        let rows = CorrectionRows(of: try plan())
        let whole = Array(rows)
        #expect(whole.count == rows.underestimatedCount)
        #expect(Set(whole.map(\.outcome)).count == 2)
        for count in 1...70 {
            let parts = rows.parts(of: count)
            #expect(parts.flatMap(Array.init) == whole, "parts of \(count)")
            #expect(parts.reduce(0) { $0 + $1.underestimatedCount } == whole.count)
        }
    }
}
