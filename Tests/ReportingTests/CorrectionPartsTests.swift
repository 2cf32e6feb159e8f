import Catalog
import Pricing
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
        return try plan(of: corrections, held: held)
    }

    private func plan(of corrections: [Correction], held: [HeldItem], rate: ExchangeRate? = nil) throws
        -> CorrectionPlan
    {
        CorrectionPlan(
            team: try #require(TeamID("SP-TEAM-7KQ2MX")),
            destination: try #require(ShopDomain("shop.myshopify.com")),
            rules: "r",
            snapshots: SnapshotDigests(source: "s", destination: "d"),
            rate: rate,
            corrections: corrections,
            held: held
        )
    }

    @Test func `parts of any size, one after the other, are the rows of the whole`() throws {
        let rows = CorrectionRows(of: try plan())
        let whole = rows.rows
        #expect(whole.count == rows.count)
        #expect(Set(whole.map(\.outcome)).count == 2)
        for count in 1...70 {
            let parts = rows.parts(of: count)
            #expect(parts.flatMap(\.rows) == whole, "parts of \(count)")
            #expect(parts.reduce(0) { $0 + $1.count } == whole.count)
        }
    }

    /// A plan of every field with values of every kind, each as likely to be right for its field as not.
    private func mixedPlan() throws -> (CorrectionPlan, [CorrectionOutcome]) {
        let weight = try #require(Weight(value: "1.50", unit: .kilograms))
        let values: [FieldValue] = [
            .absent, .text(""), .text("12.50"), .text("=1+1"), .text("Lamp, \"oak\"\r\n"), .text("-5"),
            .amount(Money(minorUnits: -5, currency: .eur)), .amount(Money(minorUnits: 120_050, currency: .eur)),
            .amount(Money(minorUnits: 7, currency: .jpy)), .quantity(-3), .quantity(40), .flag(true), .flag(false),
            .tags(["a", "b"]), .tags([]), .weight(weight), .unreadable("1.234"), .unreadable("=x"), .unreadable("12"),
        ]
        let outcomes: [CorrectionOutcome] = [
            .planned, .applied, .alreadyThere, .moved(found: "a, b"), .braked(.priceChanges), .left(reason: "=left"),
            .failed(code: "TAKEN", message: "no"), .failed(code: "", message: "no"), .unheld(found: ""),
        ]
        var generator = SplitMix64(seed: 11)
        func any<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
        let corrections = try (0..<600).map { number in
            Correction(
                sku: try #require(SKU(any(["S-\(number)", "+S\(number)", "a \"b\", \(number)"]))),
                field: any(CatalogField.allCases),
                target: CorrectionTarget(product: any([0, 1, .max]), variant: Int64(number), inventoryItem: 2),
                source: any(values),
                old: any(values),
                new: any(values),
                verdict: any([.both, .firstSight, .sourceChanged]),
                rule: any([nil, 1, 12]),
                product: any(["", "Lamp", "@home"])
            )
        }
        let rate = try ExchangeRate(
            from: .eur,
            to: .jpy,
            numerator: ExactDecimal(160),
            date: try #require(CalendarDate("2026-11-20")),
            origin: "--rate"
        )
        let mixed = try plan(of: corrections, held: plan().held, rate: rate)
        return (mixed, corrections.map { _ in any(outcomes) })
    }

    @Test(arguments: [true, false]) func `a plan is written as its rows are, whatever stands in it`(hasIDs: Bool) throws
    {
        let (plan, outcomes) = try mixedPlan()
        let rows = CorrectionRows(of: plan, outcomes: outcomes, hasIDs: hasIDs)
        var csv = CSVWriter()
        csv.header(CorrectionRows.columns)
        for part in rows.parts(of: 7) { part.write(to: &csv) }
        let written = String(decoding: csv.bytes, as: UTF8.self)
        #expect(written == String(decoding: CorrectionRow.table(rows.rows), as: UTF8.self))
        #expect(rows.rows.count == 600 + plan.held.count)
    }
}
