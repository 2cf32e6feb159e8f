import Catalog
import Reconciliation
import Reporting
import Testing

@testable import ReportPage

/// FAULTS ML-3: one destination's page.
struct AudienceTests {
    @Test(arguments: ["lumen-home", "kobe-lights", "die-lampe", "atelier-nord"])
    func `ML-3: a destination's page names no other destination`(_ name: String) throws {
        let report = try SampleRun.ten.report()
        let shop = try SampleRun.shop(name)
        let page = try #require(RunPage(report, history: try SampleRun.ten.history(), for: .destination(shop)))
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(text.contains(name))
        for other in report.destinations.map(\.shop) where other != shop { #expect(!text.contains(other.name)) }
        #expect(!text.contains("synctec approve"))
        #expect(!text.contains("10 stores"))
    }

    @Test func `ML-3: other stores' addresses go from texts that are the program's own`() throws {
        let kobe = try SampleRun.shop("kobe-lights")
        let part = DestinationReport(
            shop: try SampleRun.shop("lumen-home"),
            status: "STORE",
            detail: "waited for kobe-lights.myshopify.com",
            plan: nil,
            brakes: [],
            rate: "",
            summary: .init(),
            corrections: [],
            findings: [
                FindingRow(kind: .store, shop: kobe.text, detail: "x"),
                FindingRow(kind: .store, shop: "lumen-home.myshopify.com", detail: "not kobe-lights.myshopify.com"),
            ]
        )
        let whole = try SampleRun.quiet.report()
        let report = RunReport(
            run: whole.run,
            team: whole.team,
            source: whole.source,
            command: "run",
            startedAt: whole.startedAt,
            endedAt: whole.endedAt,
            status: "STORE",
            detail: "kobe-lights.myshopify.com is at fault",
            destinations: [part]
        )
        let page = try #require(RunPage(report, history: nil, for: .destination(part.shop), others: [kobe]))
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(!text.contains("kobe"))
        #expect(text.contains("waited for another store"))
    }

    @Test func `ML-3: a destination's page has no way into the supplier's admin`() throws {
        let shop = try SampleRun.shop("lumen-home")
        let page = try #require(RunPage(try SampleRun.busy.report(), history: nil, for: .destination(shop)))
        let links = PageReader(page.bytes).tags.compactMap { $0.attributes["href"] }
        #expect(links.contains { $0.contains("/store/lumen-home/") })
        #expect(!links.contains { $0.contains("/store/northwind-supply/") })
    }

    @Test func `a destination is told to approve nothing, and nothing about what nobody compared`() throws {
        func text(_ sample: SampleRun, _ name: String) throws -> String {
            let shop = try SampleRun.shop(name)
            let page = try #require(RunPage(try sample.report(), history: nil, for: .destination(shop)))
            return String(decoding: page.bytes, as: UTF8.self)
        }
        let braked = try text(.braked, "lumen-home")
        #expect(braked.contains("<h1>A brake holds the store back until your supplier approves the plan.</h1>"))
        #expect(!braked.contains("then approve it"))
        let refused = try text(.ten, "kobe-lights")
        #expect(refused.matches(of: /<p>No store was compared\.<\/p>/).count == 5)
        for claim in ["No locked field differed", "No price moved", "No stock went to zero"] {
            #expect(!refused.contains(claim))
        }
    }

    @Test func `a run whose rows are gone claims nothing about them`() throws {
        let whole = try SampleRun.busy.report()
        let parts = whole.destinations.map { part in
            DestinationReport(
                shop: part.shop,
                status: part.status,
                detail: part.detail,
                plan: part.plan,
                brakes: [],
                rate: part.rate,
                summary: part.summary,
                corrections: [],
                findings: []
            )
        }
        let report = RunReport(
            run: whole.run,
            team: whole.team,
            source: whole.source,
            command: whole.command,
            startedAt: whole.startedAt,
            endedAt: whole.endedAt,
            status: whole.status,
            detail: whole.detail,
            destinations: parts
        )
        let page = try #require(RunPage(report, history: nil, for: .team))
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(text.contains(DestinationReport.withoutRows))
        for claim in ["No locked field differed", "No price moved", "Nothing was found"] {
            #expect(!text.contains(claim), "\(claim)")
        }
        #expect(report.text.contains("keep: rows"))
        #expect(!whole.text.contains("keep: rows"))
    }

    @Test func `a shop that was no part of the run has no page`() throws {
        let shop = try SampleRun.shop("nobody")
        #expect(RunPage(try SampleRun.quiet.report(), history: nil, for: .destination(shop)) == nil)
    }
}
