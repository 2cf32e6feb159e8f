import ArgumentParser
import Catalog
import Foundation
import Mail
import PostgresLedger
import Reporting
import Runs
import Settings

/// The command `synctec mail`.
struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "The outbox: what waits, what was sent, the daily mail, the mail about a failure.",
        discussion: """
            A run puts its mails into the outbox in the ledger and sends them at its end. What the mail server does not take waits \
            there: 2 minutes, then 4, and at most 50, for up to 5 days. Mails that may have arrived say so when they are sent again.

            Example: synctec mail list
            Example: synctec mail send
            """,
        subcommands: [MailDaily.self, MailFailure.self, MailSend.self, MailOutbox.self]
    )
}

/// The command `synctec mail send`.
struct MailSend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Sends everything that waits in the outbox now.",
        discussion: "Example: synctec mail send --settings /etc/synctec/northwind.yaml"
    )

    @OptionGroup var team: TeamOptions

    mutating func run() async throws {
        let settings = try team.load()
        guard settings.smtp != nil else { throw CommandFailure(.usage, MailDesk.noServer) }
        try await Session.with(settings, team.output) { session in
            let desk = MailDesk(session: session, settings: settings)
            try await desk.send(try desk.ports)
        }
    }
}

/// The command `synctec mail list`.
struct MailOutbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the mails of the outbox, newest first: waiting, sending, sent, given up.",
        discussion: "Example: synctec mail list --limit 10"
    )

    @OptionGroup var team: TeamOptions

    @Option(help: "How many to list.")
    var limit = 50

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes 1 or more") }
    }

    mutating func run() async throws {
        let settings = try team.load()
        try await Session.with(settings, team.output) { session in
            let records: [OutboxRecord]
            do throws(LedgerError) {
                records = try await session.ledger.outbox(of: settings.team, limit: limit)
            } catch {
                throw CommandFailure(error)
            }
            if team.json {
                try Console.out(try JSONText.of(records.map(OutboxDocument.init)))
                return
            }
            guard !records.isEmpty else {
                try Console.out("no mail yet")
                return
            }
            for record in records { try Console.out(record.line) }
        }
    }
}

extension OutboxRecord {
    fileprivate var line: String {
        var line = "\(createdAt)  \(state.rawValue)  \(address)  \(HarmlessText.line(subject))"
        switch state {
        case .waiting: line += "\n          tried \(attempts, of: "time"), next from \(nextAt)"
        case .sending: line += "\n          attempt \(attempts) is under way"
        case .sent: if let settledAt { line += "\n          at \(settledAt)\(mayBeRepeat ? ", perhaps twice" : "")" }
        case .givenUp:
            line += "\n          after \(attempts, of: "attempt")\(mayBeRepeat ? ", but it may have arrived" : "")"
        }
        return line + (reply.isEmpty ? "" : "\n          \(HarmlessText.line(reply))")
    }
}

/// One mail to one recipient in `mail list --json`.
private struct OutboxDocument: Encodable {
    let kind: String
    let audience: String
    let run: String
    let createdAt: String
    let subject: String
    let address: String
    let state: String
    let attempts: Int
    let nextAt: String?
    let mayBeRepeat: Bool
    let reply: String
    let settledAt: String?

    init(_ record: OutboxRecord) {
        kind = record.kind.rawValue
        audience = record.audience == .team ? "team" : record.audience.text
        run = record.run
        createdAt = record.createdAt.description
        subject = record.subject
        address = record.address
        state = record.state.rawValue
        attempts = record.attempts
        nextAt = record.state == .waiting ? record.nextAt.description : nil
        mayBeRepeat = record.mayBeRepeat
        reply = record.reply
        settledAt = record.settledAt?.description
    }
}
