import Catalog
import Reporting
import Settings
import Testing

@testable import Mail

struct DailyMailTests {
    private func day(_ runs: [RunReport], _ list: MailList) throws -> [MailDraft] {
        try DailyMail(
            runs: runs,
            list: list,
            source: try Sample.shop("northwind-supply"),
            from: Sample.time,
            until: Sample.time + .seconds(86_400),
            mostBytes: 10_000_000
        ).drafts()
    }

    @Test func `a day is summed up per store, with all that was written and what is open now`() throws {
        let list = try Sample.list(
            team: [("ops@n.example", .daily), ("no@n.example", .always)],
            ["lumen-home": [("r@l.example", .daily)], "kumo-living": []]
        )
        let runs = [
            try Sample.report([
                try Sample.part("kumo-living", corrections: [Sample.row("K-1")]),
                try Sample.part("lumen-home", corrections: [Sample.row("L-1"), Sample.row("L-2")]),
            ]),
            try Sample.report(
                [
                    try Sample.part("kumo-living"),
                    try Sample.part(
                        "lumen-home",
                        status: "ATTENTION",
                        findings: [try Sample.finding("lumen-home", "L-3")]
                    ),
                ],
                at: Sample.time + .seconds(3600)
            ),
        ]
        let drafts = try day(runs, list)
        #expect(drafts.map(\.recipients) == [["ops@n.example"], ["r@l.example"]])
        #expect(
            drafts[0].subject
                == "[synctec] SP-TEAM-7KQ2MX: daily: 2 runs, 3 corrected, 1 not in step, now ATTENTION – 2 stores"
        )
        #expect(
            drafts[1].subject.hasSuffix(
                "daily: 2 runs, 2 corrected, 1 not in step, now ATTENTION – lumen-home.myshopify.com"
            )
        )
        #expect(
            drafts[0].attachments.map(\.name) == [
                "lumen-home-findings.csv", "kumo-living-corrections.csv", "lumen-home-corrections.csv",
            ]
        )
        #expect(drafts[0].attachments.last?.bytes == CorrectionRow.table([Sample.row("L-1"), Sample.row("L-2")]))
        #expect(drafts[0].text.contains("L-3"))
        #expect(Sample.names("kumo", in: drafts[1]) == [])
    }

    @Test func `a day without a run is mailed too, and is no good news`() throws {
        let drafts = try day([], try Sample.list(team: [("ops@n.example", .daily)], ["lumen-home": []]))
        #expect(drafts.map(\.subject) == ["[synctec] SP-TEAM-7KQ2MX: daily: no run at all – 1 store"])
        #expect(drafts.first?.html.contains("#cf222e") == true)
    }

    @Test func `two machines write the same mail`() throws {
        let list = try Sample.list(team: [("ops@n.example", .daily)])
        #expect(try day([], list).map(\.key) == (try day([], list).map(\.key)))
    }
}

struct FailureMailTests {
    @Test func `a failed unit is told to the whole team and to no reseller, with the end of its log`() throws {
        let list = try Sample.list(
            team: [("a@n.example", .always), ("d@n.example", .daily)],
            ["lumen-home": [("r@l.example", .always)]]
        )
        let log = String(repeating: "old\n", count: 30_000) + "kumo <b>STORE</b>\u{1B}[31m\n"
        let mail = FailureMail(unit: "synctec@northwind.service", machine: "box", log: log)
        let draft = try #require(mail.draft(list, at: Sample.time))
        #expect(draft.recipients == ["a@n.example", "d@n.example"])
        #expect(draft.subject == "[synctec] SP-TEAM-7KQ2MX: synctec@northwind.service failed on box")
        #expect(draft.key.hasPrefix(mail.keyPrefix))
        #expect(draft.html.contains("kumo &lt;b&gt;STORE&lt;/b&gt;"))
        #expect(!draft.text.contains("\u{1B}"))
        #expect(draft.text.utf8.count < 100_000)
        #expect(try Sample.read(draft).mail.text == draft.text)
        #expect(mail.draft(try Sample.list(), at: Sample.time) == nil)
    }
}

struct OutcomeTextTests {
    @Test(arguments: [
        (["OK"], 0, "in step"), (["OK"], 12, "12 corrected"), (["STORE"], 0, "stopped (STORE)"),
        (["BRAKE"], 0, "a brake waits for approval"), (["STORE", "SNAPSHOT"], 0, "2 stores stopped"),
        (["OK", "INTERNAL"], 1, "1 store stopped (INTERNAL), 2 corrected"), (["ATTENTION"], 0, "needs attention"),
    ])
    func `a run is told in few words`(statuses: [String], corrected: Int, words: String) throws {
        let parts = try statuses.enumerated().map { index, status in
            try Sample.part(
                "store-\(index)",
                status: status,
                corrections: (0..<corrected).map { Sample.row("A-\($0)") }
            )
        }
        #expect(OutcomeText(report: try Sample.report(parts)).words == words)
    }

    @Test func `a run that stopped before any store says why`() throws {
        #expect(OutcomeText(report: try Sample.report([], status: "DATABASE")).words == "stopped (DATABASE)")
    }
}
