import ArgumentParser
import Foundation
import Runs
import Settings

/// The command `synctec mail daily`.
struct MailDaily: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daily",
        abstract: "Mails what happened since the last daily mail, to everybody with when: daily.",
        discussion: """
            The first one covers 24 hours. Within 20 hours of the last one no other is written, so that several machines can have \
            the same timer; what waits in the outbox is sent in any case.

            Example: synctec mail daily --settings /etc/synctec/northwind.yaml
            """
    )

    @OptionGroup var team: TeamOptions

    @Flag(help: "Writes one even within 20 hours of the last.")
    var anyway = false

    mutating func run() async throws {
        let settings = try team.load()
        guard settings.smtp != nil else { throw CommandFailure(.usage, MailDesk.noServer) }
        try await Session.with(settings, team.output) { session in
            let desk = MailDesk(session: session, settings: settings)
            let ports = try desk.ports
            let round = DailyRound(
                ports,
                ledger: session.ledger,
                source: settings.source.store.shop,
                clock: session.clock
            )
            do throws(RunError) {
                switch try await round.write(anyway: anyway) {
                case .written: break
                case .nobody: team.output.note("nobody in reports_to has when: daily")
                case .already(let last):
                    team.output.note("the last daily mail was written at \(last): no other one yet")
                }
            } catch {
                throw CommandFailure(error)
            }
            try await desk.send(ports)
        }
    }
}
