import Catalog
import Foundation
import Mail
import Runs
import Testing

@testable import PostgresLedger

/// The outbox in Postgres (FAULTS ML-1).
struct OutboxTests {
    private static let hour = Duration.seconds(3600)

    private func claim(_ ledger: DatabaseLedger, at time: Timestamp = Sample.time) async throws -> ClaimedMail? {
        try await ledger.claimMail(
            of: try Sample.team(),
            due: time,
            at: time,
            leasedUntil: time + Self.hour,
            by: "host 42"
        )
    }

    private func settle(
        _ ledger: DatabaseLedger,
        _ mail: ClaimedMail,
        _ state: OutboxState,
        mayHaveArrived: Bool = false,
        next: Duration = .zero
    ) async throws {
        try await ledger.settle(
            mail,
            of: try Sample.team(),
            as: state,
            reply: "so",
            next: Sample.time + next,
            mayHaveArrived: mayHaveArrived,
            at: Sample.time
        )
    }

    @Test func `ML-1 a run's end and its mails are one: none is lost, none is made twice`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        let run = try Sample.run("a")
        try await ledger.begin(run, lock: lock)
        let post = ReportMail.Post(
            drafts: [.sample("run/a/", to: ["a@b.example", "c@d.example"])],
            memory: [TroubleMemory(audience: .team, trouble: "x", toldAt: Sample.time)]
        )
        let stranger = try Sample.run("f")
        await #expect(throws: LedgerError.self) {
            try await ledger.finish(stranger, status: "OK", detail: "", at: Sample.time, post: post, lock: lock)
        }
        #expect(try await ledger.outbox(of: team, limit: 10).isEmpty)
        #expect(try await ledger.mailMemory(of: team).isEmpty)
        for _ in 0..<2 {
            try await ledger.finish(run, status: "OK", detail: "", at: Sample.time, post: post, lock: lock)
        }
        let lines = try await ledger.outbox(of: team, limit: 10)
        #expect(lines.map(\.address) == ["a@b.example", "c@d.example"])
        #expect(lines.map(\.state) == [.waiting, .waiting])
        #expect(try await ledger.mailMemory(of: team) == post.memory)
        try await ledger.close()
    }

    @Test func `a mail comes out as it went in, and is emptied when all have it`() async throws {
        let address = try await TestServer.shared.database()
        let (ledger, _) = try await DatabaseLedger.withTeam(address)
        let draft = MailDraft.sample("m", to: ["a@b.example", "c@d.example"])
        #expect(try await ledger.post([draft, draft], of: try Sample.team()) == 1)
        #expect(try await ledger.post([draft], of: try Sample.team()) == 0)
        let first = try #require(try await claim(ledger))
        #expect(first.draft.attachments == draft.attachments)
        #expect(
            first.draft.text == draft.text && first.draft.html == draft.html && first.draft.subject == draft.subject
        )
        #expect(first.draft.createdAt == draft.createdAt && first.draft.kind == draft.kind)
        #expect((first.address, first.attempts, first.mayBeRepeat) == ("a@b.example", 1, false))
        try await settle(ledger, first, .sent)
        let second = try #require(try await claim(ledger))
        #expect(second.address == "c@d.example")
        #expect(second.draft.attachments == draft.attachments)
        try await settle(ledger, second, .givenUp)
        #expect(try await claim(ledger) == nil)
        #expect(try await ledger.waitingMail(of: try Sample.team(), keyPrefix: "") == nil)
        let session = address.superuser
        #expect(try await session.text("SELECT count(*) FROM synctec.mail_attachments") == "0")
        #expect(try await session.text("SELECT text_body || html_body FROM synctec.mails") == "")
        let lines = try await ledger.outbox(of: try Sample.team(), limit: 10)
        #expect(lines.map(\.state) == [.sent, .givenUp])
        #expect(lines.map(\.settledAt) == [Sample.time, Sample.time])
        try await ledger.close()
    }

    @Test func `ML-1 processes that send at once never get the same mail`() async throws {
        let address = try await TestServer.shared.database()
        let (ledger, _) = try await DatabaseLedger.withTeam(address)
        let addresses = (0..<30).map { "r\($0)@b.example" }
        _ = try await ledger.post([.sample("m", to: addresses)], of: try Sample.team())
        let others = [address.ledger(), address.ledger(), address.ledger()]
        let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
            for other in others {
                group.addTask {
                    var got: [String] = []
                    while let mail = try await claim(other) { got.append(mail.address) }
                    return got
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.sorted() == addresses.sorted())
        for other in others { try await other.close() }
        try await ledger.close()
    }

    @Test func `ML-1 a lease that ran out hands the mail on as a possible repeat, and the late one is not heard`()
        async throws
    {
        let (ledger, _) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        _ = try await ledger.post([.sample("m", to: ["a@b.example"])], of: try Sample.team())
        let lost = try #require(try await claim(ledger))
        #expect(try await claim(ledger, at: Sample.time + .seconds(3599)) == nil)
        let taken = try #require(try await claim(ledger, at: Sample.time + .seconds(3601)))
        #expect((taken.attempts, taken.mayBeRepeat) == (2, true))
        try await settle(ledger, lost, .sent)
        #expect(try await ledger.outbox(of: try Sample.team(), limit: 1).map(\.state) == [.sending])
        try await settle(ledger, taken, .sent)
        #expect(try await ledger.outbox(of: try Sample.team(), limit: 1).map(\.state) == [.sent])
        try await ledger.close()
    }

    @Test func `a mail waits until its time, or until somebody hastens it`() async throws {
        let (ledger, _) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        _ = try await ledger.post([.sample("m", to: ["a@b.example"])], of: team)
        let mail = try #require(try await claim(ledger))
        try await settle(ledger, mail, .waiting, mayHaveArrived: true, next: .seconds(60))
        #expect(try await claim(ledger) == nil)
        #expect(try await ledger.waitingMail(of: team, keyPrefix: "m") == WaitingMail(count: 1, oldest: Sample.time))
        #expect(try await ledger.waitingMail(of: team, keyPrefix: "other") == nil)
        try await ledger.hastenMail(of: team, at: Sample.time)
        #expect(try await claim(ledger)?.mayBeRepeat == true)
        try await ledger.close()
    }

    @Test func `the last daily mail is known, and memory is replaced`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        #expect(try await ledger.lastDailyMail(of: team) == nil)
        _ = try await ledger.post(
            [.sample("d", kind: .daily, to: ["a@b.example"]), .sample("e", to: ["a@b.example"])],
            of: team
        )
        #expect(try await ledger.lastDailyMail(of: team) == Sample.time)
        let run = try Sample.run("a")
        try await ledger.begin(run, lock: lock)
        let lumen = MailAudience.destination(try Sample.shop("lumen"))
        for trouble in ["one", "two", ""] {
            let memory = [TroubleMemory(audience: lumen, trouble: trouble, toldAt: Sample.time)]
            try await ledger.finish(
                run,
                status: "OK",
                detail: "",
                at: Sample.time,
                post: .init(memory: memory),
                lock: lock
            )
            #expect(try await ledger.mailMemory(of: team) == memory)
        }
        try await ledger.close()
    }
}

extension MailDraft {
    static func sample(_ key: String, kind: Kind = .run, to recipients: [String]) -> MailDraft {
        MailDraft(
            key: key,
            kind: kind,
            audience: .team,
            run: "a",
            status: "OK",
            createdAt: Sample.time,
            subject: "in step – ü",
            text: "text\n",
            html: "<p>text</p>",
            attachments: [MailAttachment(name: "a.csv", type: "text/csv", bytes: [0, 1, 255])],
            recipients: recipients
        )
    }
}
