import Catalog
import Foundation
import Reconciliation
import Reporting
import Settings
import Testing

@testable import Mail

/// Who gets what, and nothing else (FAULTS ML-3).
struct AudienceTests {
    @Test func `the team gets every store, a reseller only its own`() throws {
        let list = try Sample.list(
            team: [("ops@northwind.example", .always)],
            ["lumen-home": [("r@lumen.example", .always)], "kumo-living": [("r@kumo.example", .always)]]
        )
        let report = try Sample.report(
            [
                try Sample.part("kumo-living", corrections: [Sample.row("K-1")]),
                try Sample.part("lumen-home", status: "ATTENTION", findings: [try Sample.finding("lumen-home", "L-1")]),
            ],
            detail: "kumo-living.myshopify.com was slow"
        )
        let drafts = try Sample.post(report, list).drafts
        #expect(
            drafts.map(\.audience) == [
                .team, .destination(try Sample.shop("kumo-living")), .destination(try Sample.shop("lumen-home")),
            ]
        )
        #expect(drafts.map(\.recipients) == [["ops@northwind.example"], ["r@kumo.example"], ["r@lumen.example"]])
        #expect(drafts.map(\.status) == ["ATTENTION", "OK", "ATTENTION"])
        #expect(drafts[0].attachments.map(\.name).contains("kumo-living-corrections.csv"))
        #expect(Set(drafts.map(\.key)).count == 3)
        #expect(Sample.names("kumo", in: drafts[2]) == [])
        #expect(Sample.names("lumen", in: drafts[1]) == [])
        #expect(Sample.names("lumen", in: drafts[0]) != [])
    }

    // ML-3
    @Test func `ML-3 in hundreds of random runs no mail shows a store or a team it must not`() throws {
        var generator = SeededGenerator(seed: 11)
        let names = ["lumen-home", "lumen", "kumo-living", "home", "acme"]
        let recipients = Dictionary(
            uniqueKeysWithValues: names.map { ($0, [("\($0)@shop.example", ReportRecipient.Occasion.always)]) }
        )
        let list = try Sample.list(recipients)
        var mails = 0
        for _ in 0..<250 {
            let chosen = names.shuffled(using: &generator).prefix(Int.random(in: 1...5, using: &generator))
            let report = try Sample.report(
                try chosen.map { name in
                    let other = try Sample.shop(names.randomElement(using: &generator) ?? "acme").text
                    return try Sample.part(
                        name,
                        status: ["OK", "ATTENTION", "STORE"].randomElement(using: &generator) ?? "OK",
                        detail: "as \(other) says",
                        corrections: [Sample.row("SHARED-1", product: "of \(name)", reason: "like \(other)")],
                        findings: [try Sample.finding(name, "SHARED-1", product: "of \(name)", detail: "see \(other)")]
                    )
                },
                detail: "trouble at \(try Sample.shop(names.randomElement(using: &generator) ?? "acme"))"
            )
            for draft in try Sample.post(report, list).drafts {
                mails += 1
                guard case .destination(let own) = draft.audience else { continue }
                #expect(draft.recipients == ["\(own.name)@shop.example"])
                for name in names where name != own.name {
                    let shop = try Sample.shop(name).text
                    // One name may end another's: lumen-home.myshopify.com has home.myshopify.com in it.
                    #expect(Sample.names(shop, in: draft, besides: own.text) == [], "\(draft.subject)")
                }
            }
        }
        #expect(mails > 500)
    }

    @Test func `ML-3 a row about another destination stops that reseller's mail and no other`() throws {
        let list = try Sample.list(
            team: [("ops@n.example", .always)],
            ["lumen-home": [("r@l.example", .always)], "kumo-living": [("r@k.example", .always)]]
        )
        let lumen = try Sample.shop("lumen-home")
        let linked = FindingRow(
            kind: .held,
            shop: lumen.text,
            link: "https://admin.shopify.com/store/kumo-living/products/1",
            detail: "x"
        )
        for row in [try Sample.finding("kumo-living", "K-1"), linked] {
            let report = try Sample.report([
                try Sample.part("kumo-living"), try Sample.part("lumen-home", findings: [row]),
            ])
            let post = try Sample.post(report, list)
            #expect(post.refusals == [.foreignStore(place: "findings of \(lumen)")])
            #expect(post.drafts.map(\.recipients) == [["ops@n.example"], ["r@k.example"]])
        }
    }

    @Test func `ML-3 a report of another team is not mailed`() throws {
        let list = try Sample.list(team: [("ops@northwind.example", .always)])
        let report = try Sample.report([try Sample.part("lumen-home")], team: try Sample.team("SP-TEAM-222222"))
        #expect(try Sample.post(report, list) == ReportMail.Post(refusals: [.foreignTeam]))
        #expect(throws: DraftError.foreignTeam) {
            let day = DailyMail(
                runs: [report],
                list: list,
                source: report.source,
                from: Sample.time,
                until: Sample.time,
                mostBytes: 1
            )
            _ = try day.drafts()
        }
    }

    @Test(arguments: [
        ("OK", 0, ["always"]), ("OK", 2, ["always", "changes"]), ("ATTENTION", 0, ["always", "changes", "trouble"]),
        ("STORE", 0, ["always", "changes", "trouble"]),
    ])
    func `a run is mailed to those whom it concerns`(status: String, corrected: Int, expected: [String]) throws {
        let list = try Sample.list(
            team: ReportRecipient.Occasion.allCases.map { ("\($0.rawValue)@n.example", $0) } + [
                ("ALWAYS@n.example", .changes)
            ]
        )
        let part = try Sample.part(
            "lumen-home",
            status: status,
            corrections: (0..<corrected).map { Sample.row("A-\($0)") }
        )
        let drafts = try Sample.post(try Sample.report([part]), list).drafts
        #expect(drafts.recipients(of: .team) == expected.map { "\($0)@n.example" })
    }

    @Test func `trouble is told once, again after a day, when it changes, and when it is over`() throws {
        let list = try Sample.list(team: [("t@n.example", .trouble)])
        var memory: [TroubleMemory] = []
        var time = Sample.time
        func hour(_ part: DestinationReport) throws -> [String] {
            time = time + .seconds(3600)
            let post = try Sample.post(try Sample.report([part]), list, memory: memory, at: time)
            memory = post.memory + memory.filter { old in !post.memory.contains { $0.audience == old.audience } }
            return post.drafts.map(\.subject)
        }
        let good = try Sample.part("lumen-home")
        let held = try Sample.part("lumen-home", status: "ATTENTION", findings: [try Sample.finding("lumen-home", "A")])
        let more = try Sample.part(
            "lumen-home",
            status: "ATTENTION",
            findings: [try Sample.finding("lumen-home", "A"), try Sample.finding("lumen-home", "B")]
        )
        #expect(try hour(good) == [])
        #expect(try hour(held).count == 1)
        for _ in 0..<23 { #expect(try hour(held) == []) }
        #expect(try hour(held).count == 1)
        #expect(try hour(held) == [])
        #expect(try hour(more).count == 1)
        #expect(try hour(good) == ["[synctec] SP-TEAM-7KQ2MX: all right again, in step – lumen-home.myshopify.com"])
        #expect(try hour(good) == [])
        #expect(try hour(more).count == 1)
    }

    /// Runs one after another, each with the memory of those before.
    private struct Runs {
        let list: MailList
        var memory: [TroubleMemory] = []
        var time = Sample.time

        mutating func mailed(
            _ parts: [DestinationReport],
            _ stages: Set<PlanStage> = Set(PlanStage.allCases),
            after pause: Duration = .seconds(1800)
        ) throws -> [MailDraft] {
            time = time + pause
            let post = try Sample.post(try Sample.report(parts), list, memory: memory, stages: stages, at: time)
            memory = post.memory + memory.filter { old in !post.memory.contains { $0.audience == old.audience } }
            return post.drafts
        }
    }

    private static let catalogue: Set<PlanStage> = [.prices, .content]
    private static let brake = BrakeHit(brake: .exchangeRate, extent: .stages([.prices]), detail: "3 days old")

    @Test(arguments: [ReportRecipient.Occasion.trouble, .changes])
    func `a standing brake is told once a day where stages have timers of their own`(
        when: ReportRecipient.Occasion
    ) throws {
        let list = try Sample.list(team: [("t@n.example", when)], ["lumen-home": [("r@l.example", when)]])
        var runs = Runs(list: list)
        let braked = try Sample.part("lumen-home", status: "BRAKE", brakes: [Self.brake])
        // What the catalogue's stage is to write makes it ATTENTION.
        let stock = try Sample.part("lumen-home", status: "ATTENTION")
        for day in 0..<3 {
            for hour in 0..<24 {
                #expect(try runs.mailed([braked], Self.catalogue).count == (hour == 0 ? 2 : 0), "day \(day), \(hour)")
                #expect(try runs.mailed([stock], [.stock]).isEmpty, "day \(day), \(hour)")
            }
        }
        let good = try Sample.part("lumen-home")
        #expect(try runs.mailed([good], [.stock]).isEmpty)
        let over = try runs.mailed([good], Self.catalogue)
        #expect(over.map(\.audience) == [.team, .destination(good.shop)])
        #expect(over.allSatisfy { $0.subject.contains("all right again") })
        #expect(try runs.mailed([good], [.stock]).isEmpty)
    }

    @Test func `a brake on all stages is told once, and over when every stage is free`() throws {
        var runs = Runs(list: try Sample.list(team: [("t@n.example", .trouble)]))
        let all = BrakeHit(brake: .firstRun, extent: .stages(Set(PlanStage.allCases)), detail: "first")
        let braked = try Sample.part("lumen-home", status: "BRAKE", brakes: [all])
        let good = try Sample.part("lumen-home")
        #expect(try runs.mailed([braked], [.stock]).count == 1)
        #expect(try runs.mailed([braked], Self.catalogue).isEmpty)
        #expect(try runs.mailed([good], [.stock]).isEmpty)
        #expect(try runs.mailed([braked], Self.catalogue).isEmpty)
        #expect(try runs.mailed([good], Self.catalogue).count == 1)
    }

    @Test func `destinations that run in turn do not make one another's trouble news`() throws {
        let list = try Sample.list(team: [("t@n.example", .trouble)], ["lumen-home": [], "kumo-living": []])
        var runs = Runs(list: list)
        let lumen = try Sample.part("lumen-home", status: "BRAKE", brakes: [Self.brake])
        let kumo = try Sample.part("kumo-living", status: "STORE", detail: "HTTP 503")
        #expect(try runs.mailed([lumen]).count == 1)
        #expect(try runs.mailed([kumo]).count == 1)
        for _ in 0..<5 {
            #expect(try runs.mailed([lumen]).isEmpty)
            #expect(try runs.mailed([kumo]).isEmpty)
        }
        #expect(try runs.mailed([lumen, kumo]).isEmpty)
        #expect(try runs.mailed([try Sample.part("kumo-living")]).isEmpty)
        #expect(try runs.mailed([try Sample.part("lumen-home")]).count == 1)
    }

    @Test func `trouble that shrinks is no news, nor what comes back within the day`() throws {
        let list = try Sample.list(team: [("t@n.example", .trouble), ("c@n.example", .changes)])
        var runs = Runs(list: list)
        func part(_ skus: String...) throws -> DestinationReport {
            try Sample.part(
                "lumen-home",
                status: "ATTENTION",
                findings: try skus.map { try Sample.finding("lumen-home", $0) }
            )
        }
        func to(_ drafts: [MailDraft]) -> [String] { drafts.recipients(of: .team) }
        #expect(to(try runs.mailed([try part("A", "B")])) == ["t@n.example", "c@n.example"])
        #expect(to(try runs.mailed([try part("A", "B")])) == [])
        #expect(to(try runs.mailed([try part("A")])) == ["c@n.example"])
        #expect(to(try runs.mailed([try part("A", "B")])) == ["c@n.example"])
        #expect(to(try runs.mailed([try part("A", "B", "C")])) == ["t@n.example", "c@n.example"])
    }

    @Test func `a store that stops keeps what was known of it, and a failed field is its stage's`() throws {
        var runs = Runs(list: try Sample.list(team: [("t@n.example", .trouble)]))
        let failed = FindingRow(
            kind: .failed,
            shop: try Sample.shop("lumen-home").text,
            sku: "A",
            detail: "price: failed: refused"
        )
        let bad = try Sample.part("lumen-home", status: "ATTENTION", findings: [failed])
        let stopped = try Sample.part("lumen-home", status: "STORE")
        #expect(try runs.mailed([bad], Self.catalogue).count == 1)
        #expect(try runs.mailed([try Sample.part("lumen-home")], [.stock]).isEmpty)
        #expect(try runs.mailed([stopped], [.stock]).count == 1)
        #expect(try runs.mailed([stopped], Self.catalogue).isEmpty)
        #expect(try runs.mailed([bad], Self.catalogue).isEmpty)
        #expect(try runs.mailed([try Sample.part("lumen-home")], Self.catalogue).isEmpty)
        #expect(try runs.mailed([try Sample.part("lumen-home")], [.stock]).count == 1)
    }

    @Test func `what an audience knows is written and read alike, and other text is no trouble`() throws {
        var known = KnownTrouble("")
        let report = try Sample.report([
            try Sample.part("lumen-home", status: "BRAKE", brakes: [Self.brake]),
            try Sample.part("kumo-living", status: "ATTENTION", findings: [try Sample.finding("kumo-living", "A")]),
        ])
        let all = Set(PlanStage.allCases)
        let shops = Set(report.destinations.map(\.shop))
        let news = known.take(report.troubles(of: all), of: all, judged: shops, team: shops, at: Sample.time)
        #expect(news == .trouble)
        #expect(known.open.count == 2)
        #expect(KnownTrouble(known.text) == known)
        #expect(KnownTrouble("x") == KnownTrouble(""))
        #expect(KnownTrouble(String(repeating: "a1", count: 32)).open.isEmpty)
        _ = known.take([], of: all, judged: [], team: [], at: Sample.time)
        #expect(known == KnownTrouble(""))
    }

    @Test func `on request a report goes to whom the settings name, or where it is told to`() throws {
        let list = try Sample.list(team: [("ops@n.example", .daily)], ["lumen-home": [("r@l.example", .trouble)]])
        let report = try Sample.report([try Sample.part("lumen-home"), try Sample.part("kumo-living")])
        let mail = ReportMail(report, list: list, reports: "/r", mostBytes: 10_000_000, history: nil)
        let lumen = try Sample.shop("lumen-home")
        func sent(_ address: String?, _ shop: ShopDomain? = nil) throws -> [[String]] {
            try mail.again(to: address, only: shop, at: Sample.time).map { [$0.audience.text] + $0.recipients }
        }
        #expect(try sent(nil) == [["", "ops@n.example"], [lumen.text, "r@l.example"]])
        #expect(try sent("R@l.example") == [[lumen.text, "R@l.example"]])
        #expect(try sent("new@x.example") == [["", "new@x.example"]])
        #expect(try sent("new@x.example", lumen) == [[lumen.text, "new@x.example"]])
        #expect(try sent("ops@n.example", lumen) == [[lumen.text, "ops@n.example"]])
        #expect(try sent(nil, lumen) == [[lumen.text, "r@l.example"]])
        #expect(try sent(nil, try Sample.shop("kumo-living")) == [])
    }

    @Test func `ML-3 a reseller's address gets no other reseller's report, also where it is asked for`() throws {
        let shops = (try Sample.shop("lumen-home"), try Sample.shop("kumo-living"))
        let list = try Sample.list([
            "lumen-home": [("r@l.example", .trouble), ("both@x.example", .daily)],
            "kumo-living": [("r@k.example", .trouble), ("both@x.example", .daily)],
        ])
        let report = try Sample.report([try Sample.part("lumen-home"), try Sample.part("kumo-living")])
        let mail = ReportMail(report, list: list, reports: "/r", mostBytes: 10_000_000, history: nil)
        #expect(throws: DraftError.otherReseller(report: shops.1, addressOf: shops.0)) {
            try mail.again(to: "R@L.example", only: shops.1, at: Sample.time)
        }
        #expect(try mail.again(to: "r@k.example", only: shops.1, at: Sample.time).count == 1)
        #expect(try mail.again(to: "both@x.example", only: shops.1, at: Sample.time).count == 1)
    }
}

extension Sample {
    /// Where a text stands in a mail.
    static func names(_ text: String, in draft: MailDraft, besides own: String = "") -> [String] {
        var places = ["subject": draft.subject, "text": draft.text, "html": draft.html]
        for attachment in draft.attachments {
            places[attachment.name] = attachment.name + String(decoding: attachment.bytes, as: UTF8.self)
        }
        return places.filter { place in
            (own.isEmpty ? place.value : place.value.replacing(own, with: "")).contains(text)
        }.keys.sorted()
    }
}
