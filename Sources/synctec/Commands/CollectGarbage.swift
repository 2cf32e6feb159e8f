import ArgumentParser
import Catalog
import PostgresLedger
import ReportFiles
import Reporting
import Runs
import Settings

/// The command `synctec gc`.
struct CollectGarbage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Removes what past runs left and the settings (keep:) no longer keep.",
        discussion: """
            From the ledger: rows of corrections and findings, plans, settled entries of the write journal, mails, and runs. From \
            the reports folder: reports of old runs, and unfinished ones that a killed run left. What the next run needs stays, \
            however old it is. May run beside a run; stopped half-way, it goes on the next time.

            Example: synctec gc --dry-run
            """
    )

    @OptionGroup var team: TeamOptions

    @Flag(help: "Removes nothing; tells what would be removed.")
    var dryRun = false

    mutating func run() async throws {
        let settings = try team.load()
        let now = Timestamp.now
        var parts: [GarbagePart] = []
        try await Session.with(settings, team.output) { session in
            for kind in RetainedKind.allCases {
                do throws(LedgerError) {
                    let removed = try await session.ledger.removeOld(
                        kind,
                        of: settings.team,
                        keep: settings.keep,
                        at: now,
                        dryRun: dryRun
                    )
                    parts.append(
                        GarbagePart(kind.rawValue, kind.age(settings.keep), removed.count, removed.bytes)
                    )
                } catch {
                    throw CommandFailure(error)
                }
            }
        }
        do throws(ReportError) {
            let age = settings.keep.reports
            let removed = try OldReports(settings.reports, team: settings.team)
                .remove(before: now + .seconds(-age.components.seconds), now: now, dryRun: dryRun)
            parts.append(GarbagePart("reports", age, removed.finished.count, removed.finished.bytes))
            parts.append(
                GarbagePart(
                    "unfinished reports",
                    OldReports.leastAgeOfUnfinished,
                    removed.unfinished.count,
                    removed.unfinished.bytes
                )
            )
        } catch {
            throw CommandFailure(.delivery, error.description)
        }
        if team.json {
            try Console.out(try JSONText.of(parts))
        } else {
            try show(parts)
        }
    }

    private func show(_ parts: [GarbagePart]) throws {
        // A dry run is asked for what it tells; of the other, quiet, only errors are wanted.
        guard dryRun || team.output.verbosity != .quiet else { return }
        var table = TextTable()
        table.add(["what", "older than", dryRun ? "would go" : "removed", "size"])
        for part in parts { table.add([part.what, "\(part.days) d", "\(part.count)", Self.size(part.bytes)]) }
        for line in table.lines(indent: "") { try Console.out(line) }
        guard !dryRun, parts.contains(where: { $0.count > 0 }) else { return }
        try Console.out(
            "The database fills the room again with what comes; VACUUM FULL would give it back to the disk."
        )
    }

    private static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<10_000: "\(bytes) bytes"
        case ..<10_000_000: "\(bytes / 1_000) kB"
        default: "\(bytes / 1_000_000) MB"
        }
    }
}

/// One line of `gc`.
private struct GarbagePart: Encodable {
    let what: String
    let days: Int64
    let count: Int
    let bytes: Int

    init(_ what: String, _ age: Duration, _ count: Int, _ bytes: Int) {
        self.what = what
        days = age.components.seconds / 86_400
        self.count = count
        self.bytes = bytes
    }
}
