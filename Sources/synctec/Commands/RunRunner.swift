import ArgumentParser
import Catalog
import PostgresLedger
import Reconciliation
import ReportFiles
import Reporting
import Runs
import Settings
import SystemdNotify

/// Runs a mode over a team and gives the report.
struct RunRunner {
    let session: Session
    let settings: TeamSettings

    /// Executes; the report is printed as JSON where that was asked for.
    ///
    /// - Throws: ``CommandFailure``, before any store is contacted, where a credential it needs can't be used.
    func run(
        _ mode: RunMode,
        only: Set<ShopDomain>,
        limits: RunLimits = RunLimits()
    ) async throws -> RunReport {
        let output = session.output
        let approved = await session.approved(settings, only: only)
        try session.checkCredentials(settings, approved)
        var generator = SystemRandomNumberGenerator()
        let id = RunID.random(using: &generator)
        let fields = ["SYNCTEC_RUN": id.text, "SYNCTEC_TEAM": settings.team.text]
        tellPlace(mode, id, approved, only, fields)
        let run = ReconcileRun(
            settings: settings,
            only: only,
            mode: mode,
            run: id,
            version: Version.number,
            holder: Holder.process,
            ports: session.ports(
                settings,
                progress: ServiceProgress(telling: Console.manager, then: output.progress(fields: fields))
            )
        )
        do {
            let (report, folder) = try await limits.within { try await run.execute() }
            tellDecisions(report, fields)
            await session.tellCalls()
            await tellMetrics(report)
            if output.json { try Console.out(report.json()) }
            if let folder {
                // Quiet, it is said only where there is something to look up.
                if output.verbosity != .quiet || report.status != ExitStatus.ok.rawValue {
                    Console.log(JournalEntry("reports in \(folder)", fields: fields))
                }
            }
            return report
        } catch let error as RunError {
            await tellMetrics(nil)
            throw CommandFailure(error)
        }
    }

    /// Says what the run is about to do, and to whom.
    private func tellPlace(
        _ mode: RunMode,
        _ id: RunID,
        _ approved: Set<ShopDomain>,
        _ only: Set<ShopDomain>,
        _ fields: [String: String]
    ) {
        let output = session.output
        output.detail("run \(id.text) begins: \(mode.command), reports below \(settings.reports)", fields: fields)
        for shop in settings.destinations.map(\.store.shop) {
            let part =
                approved.contains(shop)
                ? "takes part" : only.isEmpty || only.contains(shop) ? "has no approved place" : "was not asked for"
            output.detail("\(shop) \(part)", fields: fields)
        }
    }

    /// Says what was decided for each destination.
    private func tellDecisions(_ report: RunReport, _ fields: [String: String]) {
        for part in report.destinations where session.output.isVerbose && part.plan != nil {
            let rate = part.rate.isEmpty ? "none needed" : HarmlessText.line(part.rate)
            let brakes = part.brakes.isEmpty ? "none" : part.brakes.map(\.brake.title).joined(separator: ", ")
            session.output.detail(
                "\(part.shop) decided plan=\(part.plan?.short ?? "none") rate=\"\(rate)\" brakes=\"\(brakes)\"",
                fields: fields
            )
        }
    }

    /// Writes the file for monitoring, where the settings name one.
    ///
    /// Where that fails the old file stays: its times grow old, which is what the alerts look at. It never fails a run. What
    /// became of the report and its mail the ledger's row of the run doesn't know, so the report has the word on how it ended.
    private func tellMetrics(_ report: RunReport?) async {
        guard let path = settings.metrics else { return }
        do {
            var metrics = try await session.ledger.metrics(of: settings.team, at: .now)
            if let report, report.command != "plan" {
                metrics.run = TeamMetrics.Run(
                    command: report.command,
                    status: report.status,
                    code: (ExitStatus(rawValue: report.status) ?? .internal).code,
                    startedAt: report.startedAt,
                    endedAt: report.endedAt
                )
            }
            try MetricsFile(path).write(metrics)
        } catch {
            Console.error("synctec: no metrics written: \(error)")
        }
    }

    /// Ends the process with the report's status.
    static func end(_ report: RunReport, _ output: Output) throws {
        let status = ExitStatus(rawValue: report.status) ?? .internal
        let places = report.destinations.filter { $0.status != ExitStatus.ok.rawValue }
            .map { "\($0.shop)=\($0.status)" }.joined(separator: " ")
        let detail = report.detail.isEmpty ? "" : " detail=\"\(HarmlessText.line(report.detail))\""
        let line = "\(status.rawValue) run=\(report.run.prefix(8))\(places.isEmpty ? "" : " " + places)\(detail)"
        var fields = ["SYNCTEC_RUN": report.run, "SYNCTEC_TEAM": report.team.text]
        // What its report and its mail tell, the failure unit need not mail again.
        if status != .delivery { fields["SYNCTEC_REPORTED"] = "yes" }
        output.end(status, String(line.dropFirst(status.rawValue.count + 1)), fields: fields)
        Console.tell([.stopping, .status("ended: \(line)")])
        if status != .ok { throw ExitCode(status.code) }
    }
}
