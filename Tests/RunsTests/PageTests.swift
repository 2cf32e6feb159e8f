import Catalog
import ReportPage
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct PageTests {
    @Test func `a run hands its page over with its report, also where the earlier runs can't be read`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump"])
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
            let page = try #require(world.reports.pages.last)
            let text = String(decoding: page.bytes, as: UTF8.self)
            #expect(text.contains("<h1>All in step: 1 correction made.</h1>"))
            #expect(text.contains(report.run))
            #expect(text.contains("could not be read from the ledger"))
        }
    }
}
