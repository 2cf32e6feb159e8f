import ArgumentParser
import CBuildInfo

/// The command and its sub-commands.
struct Synctec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synctec",
        abstract: "Keeps the reseller stores of a supplier true to the supplier's Shopify store.",
        discussion: """
            A run pulls full snapshots of the source and the destinations, compares them by SKU, plans what has to change, \
            applies the plan safely and reports every SKU.

            Start with: synctec demo

            Exit statuses: 0 in step, 1 something needs attention, 2 a brake held a plan back, 3 a store, snapshot, database or \
            lock stopped the run, 4 the report could not be delivered, 64 wrong arguments or settings.
            """,
        version: Version.text,
        subcommands: [
            Demo.self, Compare.self, Init.self, TeamCommand.self, Check.self, Plan.self, Run.self, Apply.self,
            Approve.self,
            Explain.self,
            History.self, Drift.self, Report.self, CollectGarbage.self, MailCommand.self, Manual.self,
        ]
    )
}

/// What this program is.
enum Version {
    /// The release.
    static let number = "0.1.0"

    /// The day of the release, for the man page.
    static let date = "November 23, 2026"

    /// The release and the commit it was built from.
    static var text: String { "synctec \(number) (\(String(cString: synctec_commit())))" }
}
