import Catalog
import Reconciliation
import ReportPage
import Reporting
import Testing

/// Reports of a made-up run.
enum SampleReport {
    static let run = "0193a5c2-7d4e-7b1f-9c3a-5e8d2f6a4b10"
    static let folder = "20261123T090000Z-\(run)"

    static func team() throws -> TeamID { try #require(TeamID("SP-TEAM-7KQ2MX")) }

    /// A report of two destinations with that many corrections each.
    static func report(run: String = run, rows: Int = 3) throws -> RunReport {
        let source = try #require(ShopDomain("northwind-supply.myshopify.com"))
        let shops = try ["lumen-home", "kobe-lights"].map { try #require(ShopDomain("\($0).myshopify.com")) }
        return RunReport(
            run: run,
            team: try team(),
            source: source,
            command: "run",
            startedAt: Timestamp(seconds: 1_795_424_400),
            endedAt: Timestamp(seconds: 1_795_424_437),
            status: "OK",
            detail: "",
            destinations: shops.map { destination($0, rows: rows) }
        )
    }

    private static func destination(_ shop: ShopDomain, rows: Int) -> DestinationReport {
        let corrections = (0..<rows).map { number in
            CorrectionRow(
                sku: "=SKU-\(number)",
                product: "Lamp, brass",
                field: .price,
                source: "19.99",
                old: "-2.00",
                new: "22.49",
                verdict: .sourceChanged,
                outcome: "applied",
                reason: "",
                rate: "1 USD = 0.925 EUR",
                rule: "1",
                productID: 8,
                variantID: Int64(number) + 1
            )
        }
        return DestinationReport(
            shop: shop,
            status: "OK",
            detail: "",
            plan: nil,
            brakes: [],
            rate: "",
            summary: .init(),
            corrections: corrections,
            findings: [FindingRow(kind: .extra, shop: shop.text, sku: "x", detail: "the source has no such SKU")]
        )
    }

    /// The page of ``report(run:rows:)``.
    static func page() throws -> RunPage { RunPage(try report(), history: nil) }

    /// What a written report consists of, below its folder; the page only where one was given.
    static let files = [
        "kobe-lights", "kobe-lights/corrections.csv", "kobe-lights/findings.csv", "lumen-home",
        "lumen-home/corrections.csv",
        "lumen-home/findings.csv", "summary.csv",
    ]

    /// And with its page.
    static let filesWithPage = (files + ["report.html"]).sorted()
}
