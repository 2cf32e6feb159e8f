import ArgumentParser
import Foundation
import Mail
import Reporting
import Runs
import Settings

/// The command `synctec mail failure`.
struct MailFailure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failure",
        abstract: "Mails that a unit of the service manager failed; for OnFailure=.",
        discussion: """
            It goes to everybody in the team's reports_to, never to a reseller. What comes on standard input goes with it, such as the \
            end of the unit's log. While such a mail of the same unit waits in the outbox, no other is written. Where the \
            database can't be reached, it is sent without the outbox.

            Example: synctec mail failure synctec@stock.service --settings /etc/synctec/northwind.yaml
            Or with the log: journalctl -u UNIT -n 50 --no-pager | synctec mail failure UNIT
            """
    )

    @Argument(help: "The unit's name.")
    var unit: String

    @OptionGroup var team: TeamOptions

    mutating func run() async throws {
        let settings = try team.load()
        guard settings.smtp != nil else { throw CommandFailure(.usage, MailDesk.noServer) }
        let mail = FailureMail(
            unit: HarmlessText.line(unit, limit: 200),
            machine: ProcessInfo.processInfo.hostName,
            log: StandardInput.text(atMost: FailureMail.mostLogBytes)
        )
        guard !settings.reportsTo.isEmpty else {
            team.output.note("nobody is in the team's reports_to: nothing to send")
            return
        }
        do {
            try await Session.with(settings, team.output) { session in
                try await post(mail, MailDesk(session: session, settings: settings))
            }
        } catch let failure as CommandFailure where failure.status == .database {
            team.output.note("sent without the outbox: \(failure.message)")
            try await sendAtOnce(mail, settings)
        }
    }

    private func post(_ mail: FailureMail, _ desk: MailDesk) async throws {
        let ports = try desk.ports
        let waiting: WaitingMail?
        do throws(LedgerError) {
            waiting = try await ports.outbox.waitingMail(of: desk.settings.team, keyPrefix: mail.keyPrefix)
        } catch {
            throw CommandFailure(error)
        }
        guard waiting == nil else {
            team.output.note("a mail about this unit waits already")
            try await desk.send(ports)
            return
        }
        try await desk.post([mail.draft(ports.list, at: desk.session.clock.now())].compactMap(\.self), ports)
    }

    /// The database may be just what failed (FAULTS DB-1).
    private func sendAtOnce(_ mail: FailureMail, _ settings: TeamSettings) async throws {
        guard let server = settings.smtp,
            let draft = mail.draft(MailList(settings), at: .now)
        else { return }
        let sender = MailSender(server, credentials: CredentialStore(settings: settings, environment: .process))
        let result = await DirectMail(sender, of: settings.team, from: server.from).send([draft])
        guard result.isGood else { throw CommandFailure(.delivery, result.text) }
    }
}
