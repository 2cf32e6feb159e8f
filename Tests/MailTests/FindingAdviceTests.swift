import Catalog
import Foundation
import Reconciliation
import Reporting
import Settings
import Testing

@testable import Mail

/// What is to do about findings: for the team in both stores, for a reseller in its own alone.
struct FindingAdviceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: FindingRow.Kind
        let isAtSource: Bool
        let suggestion: String
        let title: String
        let team: String
        let reseller: String
        var detail = "found"
        var testDescription: String { "\(kind.rawValue) \(isAtSource) \(suggestion)" }
    }

    private static let supplier = "nothing: it is in your supplier's store"
    private static let decides = "your supplier decides about this"
    private static let hash = String(repeating: "c5d9", count: 16)

    @Test(arguments: [
        Case(
            kind: .missing,
            isAtSource: true,
            suggestion: "",
            title: "missing",
            team: "create it in the reseller's store, or stop sharing it",
            reseller: "create it in your store, or ask your supplier to stop sharing it"
        ),
        Case(
            kind: .missing,
            isAtSource: true,
            suggestion: "is it \"source-1\" in the other store?",
            title: "missing",
            team: "is it \"source-1\" in the other store?",
            reseller: "is it \"source-1\" in the other store?"
        ),
        Case(kind: .extra, isAtSource: false, suggestion: "", title: "extra", team: "", reseller: ""),
        Case(
            kind: .blankSKU,
            isAtSource: true,
            suggestion: "give it its SKU",
            title: "blank sku at the source",
            team: "give it its SKU",
            reseller: supplier
        ),
        Case(
            kind: .blankSKU,
            isAtSource: false,
            suggestion: "give it its SKU",
            title: "blank sku",
            team: "give it its SKU",
            reseller: "give it its SKU"
        ),
        Case(
            kind: .negativeStock,
            isAtSource: true,
            suggestion: "count the stock at the source",
            title: "negative source stock",
            team: "count the stock at the source",
            reseller: supplier
        ),
        Case(
            kind: .duplicateSKU,
            isAtSource: true,
            suggestion: "nothing here: it is the other store that has it more than once",
            title: "duplicate sku at the source",
            team: "nothing here: it is the other store that has it more than once",
            reseller: "nothing here: it is the other store that has it more than once"
        ),
        Case(
            kind: .held,
            isAtSource: false,
            suggestion: "synctec approve <plan> --held, if it is right",
            title: "held",
            team: "synctec approve c5d9c5d9c5d9 --held, if it is right",
            reseller: decides
        ),
        Case(
            kind: .brake,
            isAtSource: false,
            suggestion: "read the plan, then synctec approve it",
            title: "brake",
            team: "read the plan, then synctec approve c5d9c5d9c5d9",
            reseller: decides
        ),
        Case(
            kind: .refused,
            isAtSource: false,
            suggestion: "check source price and rule",
            title: "refused",
            team: "check source price and rule",
            reseller: decides
        ),
        Case(
            kind: .refused,
            isAtSource: false,
            suggestion: "leave it on one variant",
            title: "refused",
            team: "leave it on one variant",
            reseller: "leave it on one variant"
        ),
        Case(
            kind: .refused,
            isAtSource: false,
            suggestion: "leave it on one variant",
            title: "refused",
            team: "leave it on one variant",
            reseller: decides,
            detail: "the whole SKU: duplicate at source"
        ),
    ])
    func `each kind of finding says where it is and what its reader can do`(finding: Case) throws {
        let shop = try Sample.shop("lumen-home")
        let row = FindingRow(
            kind: finding.kind,
            shop: finding.isAtSource ? try Sample.shop("northwind-supply").text : shop.text,
            sku: "A",
            detail: finding.detail,
            suggestion: finding.suggestion
        )
        let part = DestinationReport(
            shop: shop,
            status: "ATTENTION",
            detail: "",
            plan: PlanHash(Self.hash),
            brakes: [],
            rate: "",
            summary: .init(),
            corrections: [],
            findings: [row]
        )
        let list = try Sample.list(team: [("t@n.example", .always)], ["lumen-home": [("r@l.example", .always)]])
        let report = try Sample.report([part])
        let team = try #require(try ReportView(report, for: .team, others: list.destinations))
        let reseller = try #require(try ReportView(report, for: .destination(shop), others: list.destinations))
        func shown(_ view: ReportView) -> [String]? {
            PartTables.details(view.report.destinations[0], isForTeam: view.audience == .team).last?.rows.first
        }
        #expect(shown(team) == [finding.title, "A", "", finding.detail, finding.team])
        #expect(shown(reseller) == [finding.title, "A", "", finding.detail, finding.reseller])
        // The page looks at the view once more: it must not change again.
        #expect(
            reseller.report.seen(by: shop, hiding: [])?.destinations[0].findings
                == reseller.report.destinations[0].findings
        )
        // The team's files stay those of the report folder.
        #expect(team.report.destinations[0].findings == [row])
    }
}
