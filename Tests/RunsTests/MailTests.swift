import Catalog
import Foundation
import Mail
import Reconciliation
import Reporting
import Runs
import Settings
import SimulatedShopify
import Testing

/// Mails of whole runs: none is lost, none goes twice without saying so (FAULTS ML-1).
struct MailTests {
    private static let fields = "fields: { price: locked, inventory: locked, title: locked }"
    private static let smtp = "smtp: { url: smtps://mail.example, from: synctec@northwind.example }"

    private struct Post {
        let world: World
        let sender = TestSender()

        func settings(_ when: String = "always") throws -> TeamSettings {
            try world.settings(
                team:
                    "\(MailTests.fields)\n\(MailTests.smtp)\nreports_to: [{ mail: ops@n.example, when: \(when) }, { mail: two@n.example, when: daily }]"
            )
        }

        func ports(_ settings: TeamSettings, outbox: (any Outbox)? = nil) -> MailPorts {
            MailPorts(
                outbox: outbox ?? world.ledger,
                sender: sender,
                list: MailList(settings),
                from: "synctec@northwind.example",
                reports: "/reports",
                mostBytes: 10_000_000,
                holder: "a test"
            )
        }

        @discardableResult
        func run(_ mode: RunMode = .run, when: String = "always") async throws -> RunReport {
            let settings = try settings(when)
            return try await world.run(mode, settings: settings, ports: world.ports(mail: ports(settings)))
        }

        func send(_ reach: MailRound.Reach = .all) async throws -> MailRound.Result {
            try await MailRound(try ports(settings()), clock: world.clock.run).send(reach)
        }

        func states() async throws -> [OutboxState] {
            try await world.ledger.outbox(of: try world.teamID(), limit: 100).map(\.state).reversed()
        }
    }

    @Test func `a run mails its report once it is recorded; a plan mails nothing`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            #expect(try await post.run(.plan).status == "OK")
            #expect(post.sender.sent.isEmpty)
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump"])
            let report = try await post.run()
            #expect(report.status == "OK", "\(report.problems)")
            #expect(post.sender.sent.map(\.to) == ["ops@n.example"])
            #expect(post.sender.sent.first?.message.contains("X-SyncTec-Run: \(report.run)\r\n") == true)
            #expect(try await post.states() == [.sent])
        }
    }

    // ML-1
    @Test func `ML-1 a mail server that is down makes a good run DELIVERY, and the next run sends the same mail`()
        async throws
    {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            post.sender.answer { _, _ in .unavailable("mail.example was not reached") }
            let first = try await post.run()
            #expect(first.status == "DELIVERY")
            #expect(first.detail.contains("mail.example was not reached; 1 waiting"))
            #expect(first.destinations.map(\.status) == ["OK"])
            #expect(try await world.ledger.runs(of: try world.teamID(), limit: 1).map(\.status) == ["OK"])
            let writes = world.destination.counters.writeCount
            post.sender.answer { _, _ in .taken }
            let second = try await post.run()
            #expect(second.status == "OK", "\(second.problems)")
            #expect(world.destination.counters.writeCount == writes)
            let arrived = post.sender.arrived(at: "ops@n.example")
            #expect(arrived.count == 2)
            let ids = post.sender.sent.map { $0.message.header("Message-ID") }
            #expect(ids[0] == ids[1])
            #expect(!arrived.contains { $0.contains("may be a repeat") })
            #expect(try await post.states() == [.sent, .sent])
        }
    }

    @Test func `ML-1 a mail that was not confirmed goes again, with the same name, and says so`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            post.sender.answer { _, count in count == 0 ? .unknown("the connection was cut") : .taken }
            #expect(try await post.run().status == "DELIVERY")
            #expect(try await post.send().sent == 1)
            let arrived = post.sender.arrived(at: "ops@n.example")
            #expect(arrived.map { $0.contains("X-SyncTec-Repeat") } == [false, true])
            #expect(arrived[0].header("Message-ID") == arrived[1].header("Message-ID"))
            #expect(try await post.send().sent == 0)
        }
    }

    @Test func `ML-1 a process that dies while it sends leaves a mail that goes again as a possible repeat`()
        async throws
    {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            await world.ledger.fail("settleMail")
            let report = try await post.run()
            #expect(report.status == "DELIVERY")
            #expect(post.sender.arrived(at: "ops@n.example").count == 1)
            await world.ledger.heal()
            #expect(try await post.send().sent == 0)
            world.clock.advance(by: .seconds(700))
            #expect(try await post.send().sent == 1)
            #expect(post.sender.arrived(at: "ops@n.example").last?.contains("may be a repeat") == true)
        }
    }

    @Test func `ML-1 a recipient who is refused for good holds up nobody, and one refused for now waits alone`()
        async throws
    {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            let drafts = ["gone@n.example", "later@n.example", "good@n.example"].enumerated().map { index, address in
                MailDraft.sample("m\(index)", to: address, at: world.clock.now)
            }
            _ = try await world.ledger.post(drafts, of: try world.teamID())
            post.sender.answer { address, _ in
                switch address {
                case "gone@n.example": .refused("550 no such user <gone@n.example>")
                case "later@n.example": .later("450 greylisted")
                default: .taken
                }
            }
            let result = try await post.send(.due)
            #expect((result.sent, result.givenUp, result.waiting?.count ?? 0) == (1, 1, 1))
            #expect(result.trouble == ["550 no such user <<recipient>>", "450 greylisted"])
            #expect(try await post.states() == [.givenUp, .waiting, .sent])
            post.sender.answer { _, _ in .taken }
            #expect(try await post.send(.due).sent == 0)
            world.clock.advance(by: .seconds(121))
            #expect(try await post.send(.due).sent == 1)
        }
    }

    @Test func `waits grow, are told after a day, and end after five`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            _ = try await world.ledger.post(
                [.sample("m", to: "a@n.example", at: world.clock.now)],
                of: try world.teamID()
            )
            post.sender.answer { _, _ in .unavailable("down") }
            var attempts = 0
            var results: [MailRound.Result] = []
            for _ in 0..<(6 * 24 * 6) {
                let result = try await post.send(.due)
                if post.sender.sent.count > attempts { results.append(result) }
                attempts = post.sender.sent.count
                world.clock.advance(by: .seconds(600))
            }
            #expect(try await post.states() == [.givenUp])
            #expect((100...160).contains(attempts))
            #expect(results.first?.trouble == ["down"])
            #expect(results[60].trouble.contains { $0.hasPrefix("a mail has waited since") })
            #expect(results.last?.givenUp == 1)
        }
    }

    @Test func `a mail that is never confirmed is not sent for ever`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            _ = try await world.ledger.post(
                [.sample("m", to: "a@n.example", at: world.clock.now)],
                of: try world.teamID()
            )
            post.sender.answer { _, _ in .unknown("cut") }
            for _ in 0..<10 { _ = try await post.send() }
            #expect(post.sender.sent.count == 4)
            #expect(try await post.states() == [.givenUp])
        }
    }

    @Test func `DB-2 a run whose end the ledger can't take still mails, at once and once`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            await world.ledger.fail("finish")
            let report = try await post.run(when: "trouble")
            #expect(report.status == "DATABASE")
            #expect(post.sender.sent.map(\.to) == ["ops@n.example"])
            #expect(post.sender.sent.first?.message.contains("X-SyncTec-Status: DATABASE") == true)
        }
    }

    @Test func `the same trouble is mailed once`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            for _ in 0..<3 { #expect(try await post.run(when: "trouble").status == "BRAKE") }
            #expect(post.sender.sent.count == 1)
            try await world.approve()
            #expect(try await post.run(when: "trouble").status == "OK")
            #expect(post.sender.sent.count == 2)
            #expect(post.sender.sent.last?.message.contains("all right again") == true)
        }
    }

    @Test func `the same trouble is mailed once where stages run in turn, and over when its own stage is good`()
        async throws
    {
        try await World.with(Catalogue.lamps(20)) { world in
            let post = Post(world: world)
            try await world.settle()
            for number in 0..<5 {
                try world.source.edit(sku: Catalogue.sku(number), set: ["price": .string("\((number + 1) * 11).00")])
            }
            for _ in 0..<3 {
                #expect(try await post.run(.run(stages: [.prices, .content]), when: "trouble").status == "BRAKE")
                #expect(try await post.run(.run(stages: [.stock]), when: "trouble").status != "BRAKE")
            }
            #expect(post.sender.sent.count == 1)
            try await post.run(.plan)
            try await world.approve(held: true)
            #expect(try await post.run(.run(stages: [.prices, .content]), when: "trouble").status == "OK")
            #expect(post.sender.sent.count == 2)
            #expect(post.sender.sent.last?.message.contains("all right again") == true)
        }
    }

    @Test func `SC-2 the daily mail covers every run once, whatever the hour`() async throws {
        try await World.with { world in
            let post = Post(world: world)
            try await world.settle()
            world.clock.advance(by: .seconds(1))
            let daily = DailyRound(
                post.ports(try post.settings()),
                ledger: world.ledger,
                source: try world.shop(world.source),
                clock: world.clock.run
            )
            #expect(try await daily.write(anyway: false) == .written(1))
            #expect(try await post.send().sent == 1)
            #expect(post.sender.arrived(at: "two@n.example").first?.decodedSubject.contains("daily: 1 run") == true)
            guard case .already = try await daily.write(anyway: false) else {
                Issue.record("a second one was written")
                return
            }
            for _ in 0..<4 { try await world.run(settings: try post.settings()) }
            world.clock.advance(by: .seconds(23 * 3600))
            // A plan is no run, and what it would brake is not how things stand.
            try world.source.edit(sku: "LAMP-01", set: ["price": "999.00"])
            #expect(try await world.run(.plan, settings: try post.settings()).status != "OK")
            world.clock.advance(by: .seconds(1))
            #expect(try await daily.write(anyway: false) == .written(1))
            #expect(try await post.send().sent == 1)
            #expect(post.sender.arrived(at: "two@n.example").last?.decodedSubject.contains("daily: 4 runs") == true)
            #expect(post.sender.arrived(at: "two@n.example").last?.decodedSubject.contains("now in step") == true)
        }
    }
}

extension MailDraft {
    static func sample(_ key: String, to address: String, at time: Timestamp) -> MailDraft {
        MailDraft(
            key: key,
            kind: .run,
            audience: .team,
            run: "",
            status: "OK",
            createdAt: time,
            subject: "a mail",
            text: "text\n",
            html: "<p>text</p>",
            attachments: [],
            recipients: [address]
        )
    }
}

extension String {
    fileprivate func header(_ name: String) -> String {
        components(separatedBy: "\r\n").first { $0.hasPrefix("\(name): ") } ?? ""
    }

    /// The subject without its encoded words.
    fileprivate var decodedSubject: String {
        let head = components(separatedBy: "\r\n\r\n")[0]
        let words = head.matches(of: /=\?utf-8\?B\?([A-Za-z0-9+\/=]+)\?=/).compactMap {
            Data(base64Encoded: String($0.1))
        }
        return String(decoding: words.reduce(Data(), +), as: UTF8.self)
    }
}
