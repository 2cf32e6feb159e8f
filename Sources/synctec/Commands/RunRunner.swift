import ArgumentParser
import Catalog
import PostgresLedger
import ReportFiles
import Reporting
import Runs
import Settings
import SystemdNotify

/// Runs a mode over a team and gives the report.
struct RunRunner {
    let session: Session
    let settings: TeamSettings
    let json: Bool

    /// Executes; the report is printed as JSON where that was asked for.
    ///
    /// - Throws: ``CommandFailure``, before any store is contacted, where a credential it needs can't be used.
    func run(
        _ mode: RunMode,
        only: Set<ShopDomain>,
        limits: RunLimits = RunLimits()
    ) async throws -> RunReport {
        try session.checkCredentials(settings, await session.approved(settings, only: only))
        var generator = SystemRandomNumberGenerator()
        let id = RunID.random(using: &generator)
        let fields = ["SYNCTEC_RUN": id.text, "SYNCTEC_TEAM": settings.team.text]
        let printer = ProgressPrinter(showsBars: Console.showsBars && !json, fields: fields)
        let run = ReconcileRun(
            settings: settings,
            only: only,
            mode: mode,
            run: id,
            version: Version.number,
            holder: Holder.process,
            ports: session.ports(settings, progress: ServiceProgress(telling: Console.manager, then: printer))
        )
        do {
            let (report, folder) = try await limits.within { try await run.execute() }
            await tellMetrics(report)
            if json { Console.out(report.json()) }
            if let folder { Console.log(JournalEntry("reports in \(folder)", fields: fields)) }
            return report
        } catch let error as RunError {
            await tellMetrics(nil)
            throw CommandFailure(error)
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
    static func end(_ report: RunReport) throws {
        let status = ExitStatus(rawValue: report.status) ?? .internal
        let places = report.destinations.filter { $0.status != ExitStatus.ok.rawValue }
            .map { "\($0.shop)=\($0.status)" }.joined(separator: " ")
        let detail = report.detail.isEmpty ? "" : " detail=\"\(HarmlessText.line(report.detail))\""
        let line = "\(status.rawValue) run=\(report.run.prefix(8))\(places.isEmpty ? "" : " " + places)\(detail)"
        var fields = ["SYNCTEC_RUN": report.run, "SYNCTEC_TEAM": report.team.text]
        // What its report and its mail tell, the failure unit need not mail again.
        if status != .delivery { fields["SYNCTEC_REPORTED"] = "yes" }
        Console.log(status.entry("status \(line)", fields: fields))
        Console.tell([.stopping, .status("ended: \(line)")])
        if status != .ok { throw ExitCode(status.code) }
    }
}
