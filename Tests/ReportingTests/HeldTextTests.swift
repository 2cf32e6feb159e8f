import Catalog
import Reconciliation
import Testing

@testable import Reporting

struct HeldTextTests {
    private func item(_ field: CatalogField?, _ reason: HoldReason, old: String, wanted: String, rule: Int? = nil)
        throws
        -> HeldItem
    {
        HeldItem(
            sku: try #require(SKU("LAMP-01")),
            field: field,
            reason: reason,
            old: old,
            wanted: wanted,
            rule: rule,
            verdict: .both,
            target: nil,
            product: ""
        )
    }

    @Test(
        arguments: [
            (.price, .priceStep, "12.00", "99.90", "price: price step too large: 12.00 would become 99.90"),
            (
                .compareAtPrice, .priceStep, "12.00", "",
                "compare_at_price: price step too large: 12.00 would be cleared"
            ),
            (.compareAtPrice, .priceStep, "", "9.90", "compare_at_price: price step too large: would become 9.90"),
            (.price, .noPrice, "12.00", "", "price: price zero or less: has 12.00; no value is written"),
            (.cost, .unreadableAmount, "", "", "cost: amount not readable"),
            (nil, .moved, "1-2", "3-4", "the whole SKU: sku moved: 1-2 would become 3-4"),
        ] as [(CatalogField?, HoldReason, String, String, String)]
    )
    func `a held item says what would become of its value`(
        field: CatalogField?,
        reason: HoldReason,
        old: String,
        wanted: String,
        text: String
    ) throws {
        #expect(try item(field, reason, old: old, wanted: wanted).text == text)
    }

    @Test(arguments: [(Int?.none, ""), (3, "3")])
    func `a held row names the rule that made its amount`(rule: Int?, cell: String) throws {
        let held = try item(.price, .priceStep, old: "12.00", wanted: "99.90", rule: rule)
        #expect(CorrectionRow(held, rate: nil).rule == cell)
    }
}
