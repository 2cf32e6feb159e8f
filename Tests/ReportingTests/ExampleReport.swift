import Catalog
import Pricing
import Reconciliation
import Testing

@testable import Reporting

/// A run over two destinations with everything in it that a report can show.
struct ExampleReport {
    let report: RunReport
    /// The plan of the first destination, with the brake it met.
    let plan: CorrectionPlan
    let brake: BrakeHit

    init() throws {
        let team = try #require(TeamID("SP-TEAM-7KQ2MX"))
        let source = try #require(ShopDomain("northwind-supply.myshopify.com"))
        let lumen = try #require(ShopDomain("lumen-home.myshopify.com"))
        let kobe = try #require(ShopDomain("kobe-lights.myshopify.com"))
        let date = try #require(CalendarDate("2026-11-20"))
        let euro = try ExchangeRate(
            from: .usd,
            to: .eur,
            numerator: ExactDecimal(parsing: "0.9250"),
            date: date,
            origin: "ECB daily reference rates"
        )
        brake = BrakeHit(
            brake: .stockToZero,
            extent: .stockToZero,
            detail: "12 of 80 SKUs in stock would go to zero, over 10 %: is the source's export whole?"
        )
        plan = try Self.plan(team, lumen, euro)
        report = RunReport(
            run: "0193a5c2-7d4e-7b1f-9c3a-5e8d2f6a4b10",
            team: team,
            source: source,
            command: "run",
            startedAt: Timestamp(seconds: 1_795_424_400),
            endedAt: Timestamp(seconds: 1_795_424_437),
            status: "BRAKE",
            detail: "a brake stopped a part of lumen-home.myshopify.com",
            destinations: [
                try Self.braked(lumen, source, plan, brake, euro), Self.unreachable(kobe),
            ]
        )
    }

    private static func plan(_ team: TeamID, _ shop: ShopDomain, _ rate: ExchangeRate) throws -> CorrectionPlan {
        let lamp = CorrectionTarget(product: 8_210_001, variant: 44_100_011, inventoryItem: 46_200_011)
        let lampStock = CorrectionTarget(
            product: 8_210_001,
            variant: 44_100_011,
            inventoryItem: 46_200_011,
            location: 71_001
        )
        let shade = CorrectionTarget(product: 8_210_002, variant: 44_100_021, inventoryItem: 46_200_021)
        let shadeStock = CorrectionTarget(
            product: 8_210_002,
            variant: 44_100_021,
            inventoryItem: 46_200_021,
            location: 71_001,
            activates: true
        )
        let odd = CorrectionTarget(product: 8_210_003, variant: 44_100_031, inventoryItem: 46_200_031)
        func euro(_ cents: Int64) -> FieldValue { .amount(Money(minorUnits: cents, currency: .eur)) }
        func dollar(_ cents: Int64) -> FieldValue { .amount(Money(minorUnits: cents, currency: .usd)) }
        let sku = try (lamp: #require(SKU("LAMP-01")), shade: #require(SKU("SHADE-7/é")), odd: #require(SKU("=ODD+1")))
        return CorrectionPlan(
            team: team,
            destination: shop,
            rules: "r1-5f0c",
            snapshots: SnapshotDigests(source: "9a7be3f05d11", destination: "41c2dd98aa70"),
            rate: rate,
            corrections: [
                Correction(
                    sku: sku.lamp,
                    field: .price,
                    target: lamp,
                    source: dollar(1999),
                    old: euro(2099),
                    new: euro(2249),
                    verdict: .sourceChanged,
                    rule: 1,
                    product: "Desk lamp, brass"
                ),
                Correction(
                    sku: sku.lamp,
                    field: .inventory,
                    target: lampStock,
                    source: .quantity(2),
                    old: .quantity(14),
                    new: .quantity(0),
                    verdict: .sourceChanged,
                    rule: nil,
                    product: "Desk lamp, brass"
                ),
                Correction(
                    sku: sku.lamp,
                    field: .tags,
                    target: lamp,
                    source: .tags(["brass", "desk"]),
                    old: .tags(["desk", "SALE"]),
                    new: .tags(["brass", "desk"]),
                    verdict: .destinationDrifted,
                    rule: nil,
                    product: "Desk lamp, brass"
                ),
                Correction(
                    sku: sku.shade,
                    field: .compareAtPrice,
                    target: shade,
                    source: .absent,
                    old: euro(5900),
                    new: .absent,
                    verdict: .both,
                    rule: 2,
                    product: "Shade \"Nordic\"\nlinen"
                ),
                Correction(
                    sku: sku.shade,
                    field: .inventory,
                    target: shadeStock,
                    source: .quantity(31),
                    old: .absent,
                    new: .quantity(29),
                    verdict: .firstSight,
                    rule: nil,
                    product: "Shade \"Nordic\"\nlinen"
                ),
                Correction(
                    sku: sku.odd,
                    field: .title,
                    target: odd,
                    source: .text("-10% Bulb"),
                    old: .text("Bulb \u{1B}[31mhot"),
                    new: .text("-10% Bulb"),
                    verdict: .destinationDrifted,
                    rule: nil,
                    product: "Bulb \u{1B}[31mhot"
                ),
            ],
            held: [
                HeldItem(
                    sku: sku.shade,
                    field: .price,
                    reason: .priceStep,
                    source: "49.00",
                    old: "44.90",
                    wanted: "99.90",
                    rule: 2,
                    verdict: .sourceChanged,
                    target: shade,
                    product: "Shade \"Nordic\"\nlinen"
                ),
                HeldItem(
                    sku: sku.odd,
                    field: .cost,
                    reason: .unreadableAmount,
                    source: "1.005",
                    old: "1.00",
                    wanted: "",
                    verdict: .sourceChanged,
                    target: odd,
                    product: "Bulb \u{1B}[31mhot"
                ),
            ]
        )
    }

    private static func braked(
        _ shop: ShopDomain,
        _ source: ShopDomain,
        _ plan: CorrectionPlan,
        _ brake: BrakeHit,
        _ rate: ExchangeRate
    ) throws -> DestinationReport {
        let outcomes: [CorrectionOutcome] = [
            .failed(code: "INVALID", message: "Title can't be that"), .applied, .braked(.stockToZero),
            .unheld(found: "desk, SALE"), .alreadyThere, .moved(found: "3"),
        ]
        var summary = DestinationSummary()
        summary.sourceVariants = 96
        summary.sourceBlanks = 1
        summary.destinationVariants = 95
        summary.destinationBlanks = 2
        summary.destinationDuplicates = 1
        summary.matched = 90
        summary.skus = [
            .inStep: 87, .left: 2, .failed: 1, .missing: 3, .extra: 1, .unshared: 1, .duplicate: 1,
        ]
        for correction in plan.corrections { summary.corrections[correction.field, default: 0] += 1 }
        (summary.applied, summary.failed, summary.left) = (2, 2, 2)
        (summary.heldFields, summary.refusedFields, summary.mutations) = (1, 1, 4)
        return DestinationReport(
            shop: shop,
            status: "BRAKE",
            detail: "\(brake.brake.title): \(brake.detail)",
            plan: try plan.hash(),
            brakes: [brake],
            rate: rate.description,
            summary: summary,
            corrections: CorrectionRow.rows(of: plan, outcomes: outcomes),
            findings: findings(shop, source)
        )
    }

    private static func findings(_ shop: ShopDomain, _ source: ShopDomain) -> [FindingRow] {
        let product = ResourceID(.product, 8_210_009)
        let variant = ResourceID(.variant, 44_100_091)
        return [
            FindingRow(
                kind: .blankSKU,
                shop: shop.text,
                product: "Gift card",
                productID: 8_210_008,
                variantID: 44_100_081,
                link: shop.adminLink(product: ResourceID(.product, 8_210_008)),
                detail: "the variant has no SKU and is never matched",
                suggestion: "give it its SKU"
            ),
            FindingRow(
                kind: .extra,
                shop: shop.text,
                sku: "lamp 02",
                product: "Floor lamp",
                productID: product.number,
                variantID: variant.number,
                link: shop.adminLink(product: product, variant: variant),
                detail: "the source has no such SKU",
                suggestion: "is it \"LAMP-02\" in the other store?"
            ),
            FindingRow(
                kind: .negativeStock,
                shop: source.text,
                sku: "-BULB",
                product: "@home bulb",
                productID: 5_100_001,
                variantID: 5_200_001,
                detail: "the source's stock is below zero and counts as 0",
                suggestion: "count the stock at the source"
            ),
        ]
    }

    private static func unreachable(_ shop: ShopDomain) -> DestinationReport {
        let detail = "\(shop) refuses the token (401): put a current one into the credential file \(shop)"
        return DestinationReport(
            shop: shop,
            status: "STORE",
            detail: detail,
            plan: nil,
            brakes: [],
            rate: "",
            summary: DestinationSummary(),
            corrections: [],
            findings: [FindingRow(kind: .store, shop: shop.text, detail: detail)]
        )
    }
}
