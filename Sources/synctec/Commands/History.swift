import ArgumentParser
import Catalog
import Foundation
import PostgresLedger
import Reconciliation
import ReportFiles
import ReportPage
import Reporting
import Runs
import Settings

/// The command `synctec history`.
struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Lists past runs, newest first.",
        discussion: "Example: synctec history --limit 5"
    )

    @OptionGroup var team: TeamOptions

    @Option(help: "How many runs to list.")
    var limit = 20

    mutating func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes 1 or more") }
    }

    mutating func run() async throws {
        let settings = try team.load()
        try await Session.with(settings, team.output) { session in
            let runs: [RunRecord]
            do throws(LedgerError) {
                runs = try await session.ledger.runs(of: settings.team, limit: limit)
            } catch {
                throw CommandFailure(error)
            }
            if team.json {
                try Console.out(try JSONText.of(runs.map(RunDocument.init)))
                return
            }
            guard !runs.isEmpty else {
                try Console.out("no runs yet")
                return
            }
            for run in runs {
                let took = run.endedAt.map { " (\(($0 - run.startedAt).components.seconds) s)" } ?? ""
                try Console.out("\(run.id.short)  \(run.startedAt)\(took)  \(run.command)  \(run.status)")
                for destination in run.destinations {
                    let summary = destination.summary
                    try Console.out(
                        "          \(destination.shop)  \(destination.status)  matched \(summary.matched), applied \(summary.applied), "
                            + "failed \(summary.failed), left \(summary.left), held \(summary.heldFields)"
                    )
                }
            }
        }
    }
}

/// The command `synctec report`.
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the reports of a past run again, or mails them.",
        discussion: """
            The rows come from the ledger, so they are the run's own, however long ago it was. With --mail they go to everybody whom \
            the settings name, each what is meant for them, or to one address: what the settings send there, else the \
            whole team's report, else with --destination that store's alone.

            Example: synctec report 1f3c9a20 --format csv
            Example: synctec report 1f3c9a20 --format html > report.html
            Example: synctec report 1f3c9a20 --mail anna@northwind.example
            """
    )

    @Argument(help: "The run, or the first signs of its id, as synctec history lists it.")
    var run: String

    @OptionGroup var team: TeamOptions

    @Option(help: "csv: tables and page into a new folder below the reports folder; the others to standard output.")
    var format = ReportFormat.csv

    @Option(
        defaultAsFlag: MailTarget.everybody,
        help: ArgumentHelp("Mails it: to everybody of the settings, or to this address.", valueName: "address")
    )
    var mail: MailTarget?

    @Option(
        help: ArgumentHelp("With --mail: only this destination's report.", valueName: "shop"),
        transform: ShopDomain.told
    )
    var destination: ShopDomain?

    mutating func run() async throws {
        let settings = try team.load()
        guard destination == nil || mail != nil else {
            throw CommandFailure(.usage, "--destination goes with --mail")
        }
        try await Session.with(settings, team.output) { session in
            let report = try await stored(session, settings)
            if let mail {
                try await MailDesk(session: session, settings: settings)
                    .mail(report, to: mail, only: destination)
                return
            }
            switch team.json ? .json : format {
            case .json: try Console.out(report.json())
            case .text: try Console.out(report.text)
            case .html: try Console.out(try await page(of: report, session).bytes)
            case .csv:
                let page = try await page(of: report, session)
                let folder: String
                do throws(ReportError) {
                    folder = try ReportFolder(settings.reports, team: settings.team).write(report, page: page)
                } catch {
                    throw CommandFailure(.delivery, error.description)
                }
                try Console.out(folder)
            }
        }
    }

    /// The page with the runs before it, as on the day of the run.
    private func page(of report: RunReport, _ session: Session) async throws -> RunPage {
        do throws(LedgerError) {
            return RunPage(report, history: try await session.ledger.history(of: report.team, until: report.startedAt))
        } catch {
            throw CommandFailure(error)
        }
    }

    private func stored(_ session: Session, _ settings: TeamSettings) async throws -> RunReport {
        guard PlanHash.isHexadecimal(run.lowercased()) else {
            throw CommandFailure(
                .usage,
                "\(HarmlessText.line(run)) is no run: give the first signs of its id, as synctec history lists it"
            )
        }
        do {
            guard let record = try await session.ledger.run(settings.team, idPrefix: run.lowercased()) else {
                throw CommandFailure(
                    .usage,
                    "no run \(HarmlessText.line(run)) in team \(settings.team): synctec history lists them"
                )
            }
            return try await StoredReports(ledger: session.ledger, source: settings.source.store.shop)
                .report(of: record)
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }
}

/// How `report` gives it.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case csv, html, json, text
}

/// One run in `history --json`.
private struct RunDocument: Encodable {
    struct Part: Encodable {
        let shop: String
        let status: String
        let plan: String?
        let matched: Int
        let applied: Int
        let failed: Int
        let left: Int
        let held: Int
    }

    let run: String
    let command: String
    let startedAt: String
    let endedAt: String?
    let status: String
    let detail: String
    let destinations: [Part]

    init(_ record: RunRecord) {
        run = record.id.text
        command = record.command
        startedAt = record.startedAt.description
        endedAt = record.endedAt?.description
        status = record.status
        detail = record.detail
        destinations = record.destinations.map {
            Part(
                shop: $0.shop.text,
                status: $0.status,
                plan: $0.plan?.text,
                matched: $0.summary.matched,
                applied: $0.summary.applied,
                failed: $0.summary.failed,
                left: $0.summary.left,
                held: $0.summary.heldFields
            )
        }
    }
}
