import Catalog
import FoundationEssentials
import Reconciliation
import Testing

@testable import Reporting

/// FAULTS HI-5 at the exits of this module.
struct HostileTextTests {
    private static let payloads = [
        "\u{1B}[2J\u{1B}]0;owned\u{7}", "a\u{9B}31mb", "a\r\nstatus OK", "line\u{2028}break\u{2029}",
        "abc\u{202E}fdp.exe\u{2066}",
        "nul\u{0}nul", "tab\there", "'; DROP TABLE runs; --", "\"quoted\" \\ back", "<script>alert(1)</script>",
        "del\u{7F}",
        "tag\u{E0041}", "=HYPERLINK(\"http://x\")",
    ]

    private func report(_ text: String) throws -> (report: RunReport, plan: CorrectionPlan) {
        let team = try #require(TeamID("SP-TEAM-7KQ2MX"))
        let shop = try #require(ShopDomain("lumen-home.myshopify.com"))
        let sku = try #require(SKU(text))
        let target = CorrectionTarget(product: 1, variant: 2, inventoryItem: 3)
        let plan = CorrectionPlan(
            team: team,
            destination: shop,
            rules: text,
            snapshots: SnapshotDigests(source: text, destination: text),
            rate: nil,
            corrections: [
                Correction(
                    sku: sku,
                    field: .title,
                    target: target,
                    source: .text(text),
                    old: .text(text + "?"),
                    new: .text(text),
                    verdict: .both,
                    rule: nil,
                    product: text
                )
            ],
            held: [
                HeldItem(
                    sku: sku,
                    field: .vendor,
                    reason: .contested,
                    source: text,
                    old: text,
                    wanted: text,
                    verdict: .both,
                    target: nil,
                    product: text
                )
            ]
        )
        let brake = BrakeHit(brake: .exchangeRate, extent: .field(.price), detail: text)
        let destination = DestinationReport(
            shop: shop,
            status: "BRAKE",
            detail: text,
            plan: nil,
            brakes: [brake],
            rate: text,
            summary: .init(),
            corrections: CorrectionRow.rows(of: plan, outcomes: [.failed(code: text, message: text)]),
            findings: [
                FindingRow(
                    kind: .extra,
                    shop: shop.text,
                    sku: text,
                    product: text,
                    link: text,
                    detail: text,
                    suggestion: text
                )
            ]
        )
        let report = RunReport(
            run: "run-1",
            team: team,
            source: shop,
            command: "run",
            startedAt: Timestamp(seconds: 0),
            endedAt: Timestamp(seconds: 1),
            status: "BRAKE",
            detail: text,
            destinations: [destination]
        )
        return (report, plan)
    }

    private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n"
            && (scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .lineSeparator
                || scalar.properties.generalCategory == .paragraphSeparator || scalar.properties.isBidiControl
                || (0xE0000...0xE007F).contains(scalar.value))
    }

    @Test(arguments: payloads)
    func `HI-5: no text for a terminal holds what commands it`(payload: String) throws {
        let (report, plan) = try report(payload)
        for text in [report.text, try plan.text(), String(decoding: report.json(), as: UTF8.self)] {
            #expect(!text.unicodeScalars.contains(where: isHarmful))
        }
    }

    @Test(arguments: payloads)
    func `HI-5: no text breaks a line`(payload: String) throws {
        let (plain, plainPlan) = try report("plain")
        let (report, plan) = try report(payload)
        #expect(report.text.split(separator: "\n").count == plain.text.split(separator: "\n").count)
        #expect(try plan.text().split(separator: "\n").count == plainPlan.text().split(separator: "\n").count)
    }

    @Test(arguments: payloads)
    func `HI-5: JSON keeps every sign and stays JSON`(payload: String) throws {
        struct Document: Decodable {
            struct Destination: Decodable {
                struct Row: Decodable {
                    let sku: String
                }
                let detail: String
                let corrections: [Row]
                let findings: [Row]
            }
            let detail: String
            let destinations: [Destination]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(report(payload).report.json()))
        let destination = try #require(document.destinations.first)
        let texts = [document.detail, destination.detail] + (destination.corrections + destination.findings).map(\.sku)
        #expect(texts.allSatisfy { $0.utf8.elementsEqual(payload.utf8) })
    }

    @Test(arguments: payloads)
    func `HI-5: a plan's document made harmless is the same plan`(payload: String) throws {
        let plan = try report(payload).plan
        let document = HarmlessText.json(try plan.document())
        #expect(!String(decoding: document, as: UTF8.self).unicodeScalars.contains(where: isHarmful))
        let again = try CorrectionPlan(document: Data(document))
        #expect(again == plan)
    }

    @Test(arguments: payloads)
    func `HI-5: CSV holds no control character but those of the text's own lines`(payload: String) throws {
        let (report, plan) = try report(payload)
        let tables =
            [SummaryRow.table(report.summaryRows), plan.csv()]
            + report.destinations.map { FindingRow.table($0.findings) }
        for table in tables {
            _ = try StrictCSV.rows(table)
            let text = String(decoding: table, as: UTF8.self)
            #expect(
                !text.unicodeScalars.contains {
                    $0.properties.generalCategory == .control && !"\r\n\t".unicodeScalars.contains($0)
                }
            )
        }
    }

    @Test func `a text longer than its place is cut`() {
        #expect(HarmlessText.line("abcdef", limit: 3) == "abc…")
        #expect(HarmlessText.line("abc", limit: 3) == "abc")
    }

    @Test(arguments: [("\u{1B}[0m", "\\u{1b}[0m"), ("a\nb", "a\\nb"), ("ﷺ é 日本", "ﷺ é 日本"), ("👩‍🚀", "👩‍🚀")])
    func `what is harmless is left alone, the rest is shown`(text: String, shown: String) {
        #expect(Array(HarmlessText.line(text).utf8) == Array(shown.utf8))
    }
}
