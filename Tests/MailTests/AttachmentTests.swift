import Foundation
import Reporting
import Settings
import Testing

@testable import Mail

struct AttachmentTests {
    private func mail(rows: Int, mostBytes: Int) throws -> MailDraft {
        var generator = SeededGenerator(seed: 1)
        let corrections = (0..<rows).map { _ in
            Sample.row("SKU-\(UInt64.random(in: 0...UInt64.max, using: &generator))")
        }
        let part = try Sample.part(
            "lumen-home",
            status: "ATTENTION",
            corrections: corrections,
            findings: [try Sample.finding("lumen-home", "A")]
        )
        let list = try Sample.list(
            team: [("ops@northwind.example", .always)],
            ["lumen-home": [("r@l.example", .always)]]
        )
        let drafts = try Sample.post(try Sample.report([part]), list, mostBytes: mostBytes).drafts
        return try #require(drafts.first)
    }

    @Test func `a large file is compressed, and is the same file when unpacked`() throws {
        let draft = try mail(rows: 3000, mostBytes: 10_000_000)
        let packed = try #require(draft.attachments.last)
        #expect(packed.name == "lumen-home-corrections.csv.gz")
        #expect(packed.type == "application/gzip")
        let unpack = "import sys, gzip; sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))"
        let plain = try Python.run(["-I", "-c", unpack], input: Data(packed.bytes))
        #expect(plain.count > AttachmentBox.mostPlainBytes)
        #expect(plain.starts(with: Data("sku,".utf8)))
        #expect(plain.split(separator: UInt8(ascii: "\n")).count == 3001)
        #expect(draft.attachments.map(\.name).prefix(2) == ["summary.csv", "report.html"])
        #expect(try mail(rows: 3000, mostBytes: 10_000_000) == draft)
    }

    @Test func `what does not fit is left out, and both texts say so and where it is`() throws {
        let draft = try mail(rows: 3000, mostBytes: 40_000)
        #expect(draft.attachments.map(\.name) == ["summary.csv", "lumen-home-findings.csv"])
        let folder = "/var/lib/synctec/reports/SP-TEAM-7KQ2MX/20261123T090000Z-1f3c9a20aaaaaaaaaaaaaaaaaaaaaaaa"
        for text in [draft.text, draft.html] {
            #expect(text.contains("left out: report.html, lumen-home-corrections.csv"))
            #expect(text.contains(folder))
            #expect(text.contains("synctec report 1f3c9a20"))
        }
        #expect(try Sample.read(draft).bytes.count < 40_000)
    }
}
