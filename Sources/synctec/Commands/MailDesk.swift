import ArgumentParser
import Catalog
import Foundation
import Mail
import PostgresLedger
import Reporting
import Runs
import Settings

/// What the mail commands do, on an open ledger.
struct MailDesk {
    let session: Session
    let settings: TeamSettings

    /// The adapters for mail.
    ///
    /// - Throws: ``CommandFailure`` where the settings have no mail server, or its password can't be read.
    var ports: MailPorts {
        get throws {
            guard let ports = session.mail(settings) else { throw CommandFailure(.usage, Self.noServer) }
            if let problem = session.mailProblem(settings) { throw CommandFailure(.usage, problem) }
            return ports
        }
    }

    static let noServer = "the settings have no mail server: add smtp, and reports_to for who gets mail"

    /// Mails a past run's report.
    func mail(_ report: RunReport, to target: MailTarget, only destination: ShopDomain?) async throws {
        let ports = try ports
        let letters = ReportMail(
            report,
            list: ports.list,
            reports: ports.reports,
            mostBytes: ports.mostBytes,
            // Worth no failure: a page without the earlier runs says so.
            history: try? await session.ledger.history(of: report.team, until: report.startedAt)
        )
        let drafts: [MailDraft]
        do throws(DraftError) {
            drafts = try letters.again(to: target.address, only: destination, at: session.clock.now())
        } catch {
            if case .otherReseller = error { throw CommandFailure(.usage, error.description) }
            throw CommandFailure(.internal, error.description)
        }
        guard !drafts.isEmpty else {
            throw CommandFailure(.usage, "nobody is to get this report: look at reports_to, or name an address")
        }
        try await post(drafts, ports)
    }

    /// Puts mails into the outbox, then sends what waits.
    func post(_ drafts: [MailDraft], _ ports: MailPorts) async throws {
        do throws(LedgerError) {
            _ = try await ports.outbox.post(drafts, of: settings.team)
        } catch {
            throw CommandFailure(error)
        }
        try await send(ports)
    }

    /// Sends everything that waits, and says what came of it.
    func send(_ ports: MailPorts) async throws {
        let result: MailRound.Result
        do throws(LedgerError) {
            result = try await MailRound(ports, clock: session.clock).send(.all)
        } catch {
            throw CommandFailure(error)
        }
        try tell(result)
    }

    /// Says what a round came to.
    ///
    /// - Throws: ``CommandFailure`` where something was not sent.
    func tell(_ result: MailRound.Result) throws {
        let waiting = result.waiting?.count ?? 0
        if session.output.json, result.isGood {
            try Console.out(try JSONText.of(["sent": result.sent, "given_up": result.givenUp, "waiting": waiting]))
        }
        try session.output.tell("\(result.sent) sent, \(result.givenUp) given up, \(waiting) waiting")
        guard result.isGood else { throw CommandFailure(.delivery, result.text) }
    }
}

/// Whom `report --mail` is for.
enum MailTarget: ExpressibleByArgument {
    case everybody
    case address(String)

    init?(argument: String) {
        guard ReportRecipient.isAddress(argument) else { return nil }
        self = .address(argument)
    }

    var defaultValueDescription: String { address ?? "everybody of the settings" }

    var address: String? {
        switch self {
        case .everybody: nil
        case .address(let address): address
        }
    }
}
