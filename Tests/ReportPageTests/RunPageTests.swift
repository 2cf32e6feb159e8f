import Catalog
import Foundation
import Reconciliation
import Reporting
import Testing

@testable import ReportPage

struct RunPageTests {
    private func page(_ sample: SampleRun) throws -> [UInt8] {
        RunPage(try sample.report(), history: try sample.history()).bytes
    }

    /// For a browser: `REPORT_PAGES=FOLDER` writes every sample there.
    private func keep(_ bytes: [UInt8], as name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["REPORT_PAGES"] else { return }
        try Data(bytes).write(to: URL(filePath: folder).appending(path: "\(name).html"))
    }

    @Test(arguments: SampleRun.small)
    func `is well formed, with one headline and unique ids`(_ sample: SampleRun) throws {
        let bytes = try page(sample)
        try keep(bytes, as: sample.rawValue)
        try expectSound(bytes)
    }

    @Test(arguments: [(SampleRun.busy, "lumen-home"), (.ten, "kobe-lights"), (.braked, "lumen-home")])
    func `a destination's page is as sound as the whole one, and its drift bears its name`(
        _ sample: SampleRun,
        name: String
    ) throws {
        let audience = PageAudience.destination(try SampleRun.shop(name))
        let page = try #require(RunPage(try sample.report(), history: try sample.history(), for: audience))
        try keep(page.bytes, as: "destination-\(sample.rawValue)")
        try expectSound(page.bytes)
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(!text.contains("All stores"))
        #expect(text.contains("Drift per run, \(name)"))
        #expect(!text.contains("Beside this page stand"))
    }

    private func expectSound(_ bytes: [UInt8]) throws {
        let read = PageReader(bytes)
        #expect(read.problems == [])
        #expect(read.tags.count { $0.name == "h1" } == 1)
        let ids = read.tags.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        for tag in read.tags {
            for key in ["aria-labelledby", "for"] {
                for id in (tag.attributes[key] ?? "").split(separator: " ") { #expect(ids.contains(String(id))) }
            }
            if let link = tag.attributes["href"], link.hasPrefix("#") {
                #expect(ids.contains(String(link.dropFirst())))
            }
        }
    }

    @Test(arguments: [
        (SampleRun.quiet, "All in step: nothing had to change."),
        (.findings, "In step, with 7 findings to look at."),
        (.busy, "8 corrections failed, 16 held back and 8 left for the next run."),
        (.braked, "A brake holds 1 store back: read the plan, then approve it."),
        (.first, "First look at the store: nothing is written until the plan is approved."),
        (.plan, "A plan, nothing written: 18 corrections to make."),
        (.failed, "1 of 2 stores could not be worked on; 44 corrections made elsewhere."),
        (.interrupted, "The run was stopped before it was done."),
        (.ten, "1 of 10 stores could not be worked on; 132 corrections made elsewhere."),
    ])
    func `says the outcome in its first words`(_ sample: SampleRun, headline: String) throws {
        let bytes = try page(sample)
        let body = try #require(String(decoding: bytes, as: UTF8.self).components(separatedBy: "<body>").last)
        let shown = PageReader(Array(body.replacing("</body>\n</html>", with: "").utf8)).text
        #expect(shown.drop { $0.isWhitespace }.hasPrefix(headline))
        #expect(headline.count <= 100)
    }

    @Test(arguments: SampleRun.small)
    func `loads nothing and runs only its own script`(_ sample: SampleRun) throws {
        let read = PageReader(try page(sample))
        let loading: Set = [
            "link", "img", "iframe", "object", "embed", "base", "source", "audio", "video", "use", "image",
        ]
        #expect(read.tags.filter { loading.contains($0.name) }.isEmpty)
        #expect(read.tags.count { $0.name == "script" } == 1)
        #expect(
            read.tags.allSatisfy { tag in
                tag.attributes.keys.allSatisfy { !$0.hasPrefix("on") && $0 != "style" && $0 != "src" }
            }
        )
        let policy = try #require(read.tags.first { $0.attributes["http-equiv"] == "Content-Security-Policy" })
        #expect(policy.attributes["content"]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
        for link in read.tags where link.name == "a" {
            let address = try #require(link.attributes["href"])
            guard !address.hasPrefix("#") else { continue }
            #expect(address.hasPrefix("https://admin.shopify.com/store/"))
            #expect(link.attributes["rel"] == "noreferrer noopener")
        }
    }

    @Test func `names its style and script by their digests`() throws {
        // printf abc | openssl dgst -sha256 -binary | base64
        #expect(PageHead.digest(of: Array("abc".utf8)) == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
        let text = String(decoding: try page(.quiet), as: UTF8.self)
        for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
            let inner = try #require(text.components(separatedBy: start).last?.components(separatedBy: end).first)
            #expect(text.contains("sha256-\(PageHead.digest(of: Array(inner.utf8)))"))
        }
    }

    @Test func `a hundred thousand corrections stay under two megabytes and say where the rest is`() throws {
        let bytes = try page(.large)
        try keep(bytes, as: "large")
        #expect(bytes.count < 2_000_000)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<h1>All in step: 100,000 corrections made.</h1>"))
        #expect(text.contains("2,000 of 100,000 rows are on this page"))
    }

    @Test func `rows of long texts stay under two megabytes as well`() throws {
        let part = try SamplePart(SampleRun.shop("lumen-home")).hostile
        let rows = (0..<500).flatMap { _ in part.corrections }
        let findings = (0..<100).flatMap { _ in part.findings }
        let bytes = RunPage(try SampleRun.hostile.report().with(rows: rows, findings: findings), history: nil).bytes
        #expect(bytes.count < 2_000_000)
        #expect(PageReader(bytes).problems == [])
    }

    @Test func `of too many rows those that need a person are shown`() throws {
        var rows = try SamplePart(SampleRun.shop("lumen-home")).large(CorrectionsSection.mostRows + 100).corrections
        rows[rows.count - 1].outcome = "failed"
        rows[rows.count - 1].reason = "the one that matters"
        let bytes = RunPage(try SampleRun.quiet.report().with(rows: rows, findings: []), history: nil).bytes
        let table = try #require(String(decoding: bytes, as: UTF8.self).components(separatedBy: "id=\"rows\"").last)
        #expect(table.contains("the one that matters"))
    }

    @Test func `the same values give the same bytes`() throws {
        #expect(try page(.ten) == page(.ten))
    }
}

extension RunReport {
    /// The same run with other rows in its first part.
    fileprivate func with(rows: [CorrectionRow], findings: [FindingRow]) -> RunReport {
        var report = self
        report.destinations = Array(destinations.prefix(1))
        report.destinations[0].corrections = rows
        report.destinations[0].findings = findings
        return report
    }
}
