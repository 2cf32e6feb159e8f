import Catalog
import Reconciliation
import Reporting

/// Parts of made-up runs.
struct SamplePart {
    static let hostileText =
        "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u{202E}lortnoc 💡\u{0}"
    static let plan = PlanHash(String(repeating: "9f3c", count: 16))

    let shop: ShopDomain

    init(_ shop: ShopDomain) { self.shop = shop }

    var inStep: DestinationReport { part("OK", sums(matched: 1_240)) }

    /// In step, but for SKUs without a partner.
    var unmatched: DestinationReport { part("ATTENTION", sums(matched: 1_240), findings: findings) }

    var planned: DestinationReport {
        let rows = (0..<18).map { row($0, "planned", .sourceChanged) }
        var summary = sums(matched: 1_240, rows)
        summary.planned = rows.count
        return part("ATTENTION", summary, rows: rows, plan: Self.plan)
    }

    var unreachable: DestinationReport {
        let detail = "\(shop) refuses the token (401): put a current one into the credential file \(shop)"
        return part(
            "STORE",
            DestinationSummary(),
            findings: [FindingRow(kind: .store, shop: shop.text, detail: detail)],
            detail: detail
        )
    }

    /// A run with something of everything.
    func busy(_ seed: Int) -> DestinationReport {
        var rows = (0..<60).map { number in
            switch (number + seed) % 15 {
            case 0: row(number, "failed", .sourceChanged, reason: "INVALID: Title can't be that")
            case 1: row(number, CorrectionRow.held, .sourceChanged, reason: "price step too large", field: .price)
            case 2: row(number, CorrectionRow.held, .destinationDrifted, reason: "contested", field: .tags)
            case 3: row(number, "moved", .both, reason: "the store now has 3", field: .inventory)
            case 4...8: row(number, "applied", .destinationDrifted)
            default: row(number, "applied", .sourceChanged)
            }
        }
        rows.sort { $0.sku.utf8.lexicographicallyPrecedes($1.sku.utf8) }
        var summary = sums(matched: 1_240, rows)
        summary.sourceBlanks = 2
        summary.destinationBlanks = 3
        summary.destinationDuplicates = 1
        (summary.skus[.missing], summary.skus[.extra], summary.skus[.duplicate]) = (2, 1, 1)
        return part("ATTENTION", summary, rows: rows, findings: findings, plan: Self.plan, rate: Self.rate)
    }

    func braked(_ brake: Brake) -> DestinationReport {
        let rows = (0..<24).map { row($0, "braked", .sourceChanged, reason: brake.title, field: .inventory) }
        var summary = sums(matched: 80, rows)
        summary.left = rows.count
        let hit = BrakeHit(
            brake: brake,
            extent: brake == .firstRun ? .stages(Set(PlanStage.allCases)) : .stockToZero,
            detail: brake == .firstRun
                ? "nothing was ever written to this store"
                : "24 of 80 SKUs in stock would go to zero, over 10 %: is the source's export whole?"
        )
        return part(
            "BRAKE",
            summary,
            rows: rows,
            plan: Self.plan,
            brakes: [hit],
            detail: "\(brake.title): \(hit.detail)"
        )
    }

    func large(_ count: Int) -> DestinationReport {
        let rows = (0..<count).map { row($0, "applied", .sourceChanged) }
        return part("OK", sums(matched: count, rows), rows: rows, plan: Self.plan)
    }

    /// Every text a store can choose is out to break the page.
    var hostile: DestinationReport {
        let text = Self.hostileText
        let long = String(repeating: "x<\u{1F4A1}", count: 3_334)
        let rows = [CatalogField.title, .price, .inventory, nil].map { field in
            CorrectionRow(
                sku: text,
                product: long,
                field: field,
                source: text,
                old: text,
                new: long,
                verdict: .destinationDrifted,
                outcome: CorrectionRow.held,
                reason: text,
                rate: text,
                rule: text,
                productID: 8,
                variantID: 9
            )
        }
        let findings = FindingRow.Kind.allCases.map { kind in
            FindingRow(
                kind: kind,
                shop: kind == .store ? text : shop.text,
                sku: text,
                product: long,
                productID: 8,
                variantID: 9,
                link: "javascript:alert(1)",
                detail: text,
                suggestion: long
            )
        }
        return part("ATTENTION", sums(matched: 4, rows), rows: rows, findings: findings, rate: text, detail: text)
    }

    private static let rate = "1 USD = 0.925 EUR (2026-11-20, ECB daily reference rates)"

    private func sums(matched: Int, _ rows: [CorrectionRow] = []) -> DestinationSummary {
        var summary = DestinationSummary()
        (summary.sourceVariants, summary.destinationVariants, summary.matched) = (matched + 4, matched + 2, matched)
        for row in rows {
            switch row.outcome {
            case CorrectionRow.held: summary.heldFields += 1
            case "applied": summary.applied += 1
            case "failed": summary.failed += 1
            case "moved": summary.left += 1
            default: break
            }
            if row.outcome != CorrectionRow.held, let field = row.field {
                summary.corrections[field, default: 0] += 1
            }
        }
        summary.skus = [.inStep: matched - min(matched, rows.count), .corrected: min(matched, rows.count)]
        return summary
    }

    private func row(
        _ number: Int,
        _ outcome: String,
        _ verdict: Verdict,
        reason: String = "",
        field: CatalogField? = nil
    ) -> CorrectionRow {
        let fields: [CatalogField] = [.price, .inventory, .title, .price, .tags, .compareAtPrice, .inventory, .vendor]
        let field = field ?? fields[number % fields.count]
        let names = ["Desk lamp, brass", "Shade “Nordic”, linen", "Bulb E27", "ランプ・和紙", "منارة مكتب", "Floor lamp 💡"]
        let old: String
        let new: String
        switch field {
        case .price: (old, new) = ("\(1_200 + number * 37).90", "\(1_000 + number * 41).90")
        case .compareAtPrice: (old, new) = ("2999.00", number.isMultiple(of: 2) ? "" : "3499.00")
        case .inventory: (old, new) = ("\(number % 40 + 1)", "\(number % 3 == 0 ? 0 : number % 7)")
        case .tags: (old, new) = ("desk, SALE", "brass, desk")
        default: (old, new) = ("\(names[number % names.count]) – SALE!!", names[number % names.count])
        }
        return CorrectionRow(
            sku: "LAMP-\(String(1_000_000 + number).dropFirst())",
            product: names[number % names.count],
            field: field,
            source: new,
            old: old,
            new: new,
            verdict: verdict,
            outcome: outcome,
            reason: reason,
            rate: field.isMoney ? Self.rate : "",
            rule: field.isMoney ? "1" : "",
            productID: 8_210_000 + Int64(number),
            variantID: 44_100_000 + Int64(number)
        )
    }

    private var findings: [FindingRow] {
        func finding(_ kind: FindingRow.Kind, _ at: String, _ sku: String, _ detail: String, _ suggestion: String)
            -> FindingRow
        {
            FindingRow(
                kind: kind,
                shop: at,
                sku: sku,
                product: "Gift card",
                productID: 8_210_008,
                variantID: 44_100_081,
                link: "https://admin.shopify.com/store/elsewhere/products/1",
                detail: detail,
                suggestion: suggestion
            )
        }
        let source = "northwind-supply.myshopify.com"
        return [
            finding(.blankSKU, shop.text, "", "the variant has no SKU and is never matched", "give it its SKU"),
            finding(
                .duplicateSKU,
                shop.text,
                "LAMP-7",
                "1 at the source, 2 at the destination: nothing is written",
                "leave the SKU on one variant only"
            ),
            finding(
                .missing,
                source,
                "LAMP-02",
                "the destination has no such SKU",
                "is it \"lamp 02\" in the other store?"
            ),
            finding(
                .extra,
                shop.text,
                "lamp 02",
                "the source has no such SKU",
                "is it \"LAMP-02\" in the other store?"
            ),
            finding(
                .negativeStock,
                source,
                "BULB-9",
                "the source's stock is below zero and counts as 0",
                "count the stock at the source"
            ),
            finding(
                .moved,
                shop.text,
                "LAMP-000003",
                "the whole SKU: sku moved",
                "synctec approve <plan> --held, if it is right"
            ),
            finding(.failed, shop.text, "LAMP-000015", "title: failed: INVALID: Title can't be that", ""),
        ]
    }

    private func part(
        _ status: String,
        _ summary: DestinationSummary,
        rows: [CorrectionRow] = [],
        findings: [FindingRow] = [],
        plan: PlanHash? = nil,
        brakes: [BrakeHit] = [],
        rate: String = "",
        detail: String = ""
    ) -> DestinationReport {
        DestinationReport(
            shop: shop,
            status: status,
            detail: detail,
            plan: plan,
            brakes: brakes,
            rate: rate,
            summary: summary,
            corrections: rows,
            findings: findings
        )
    }
}
