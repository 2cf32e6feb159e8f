import ArgumentParser
import Catalog
import CatalogFiles
import Foundation
import Pricing
import Reporting
import Runs
import Settings

/// The command `synctec compare`.
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares catalogue files: no store, no token, no database.",
        discussion: """
            The first file is the source's, each further one a reseller's. Each is a product CSV export from Shopify's admin \
            (Products > Export), or the JSONL file of a bulk operation; plain, gzip or zstd. Writes a folder with corrections.csv, \
            findings.csv and summary.csv; for a CSV export also import.csv, which Shopify's own import takes (Products > Import, \
            overwriting products of the same handle) and which makes just the corrections. One of the files may be -, standard input.

            Example: synctec compare supplier.csv ours.csv
            Example: synctec compare supplier.csv ours.csv --source-currency USD --rate EUR=0.925 --markup 20% --ending .99
            Example: synctec compare supplier.jsonl lumen.jsonl.gz --settings synctec.yaml --destination lumen-home
            """
    )

    @Argument(help: "The source's file; - for standard input.", completion: .file())
    var source: String

    @Argument(
        help: ArgumentHelp("The file that is held against it, or several.", valueName: "destination-file"),
        completion: .file()
    )
    var destinations: [String]

    @OptionGroup(title: "Amounts") var amounts: CompareAmounts
    @OptionGroup(title: "Rules") var rules: CompareRules

    @Option(
        help: ArgumentHelp(
            "A new folder for the files; left out: synctec-compare- and the time, here.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var out: String?

    @Flag(name: .long, help: "Prints one JSON document to standard output.")
    var json = false

    @OptionGroup var speech: OutputOptions

    /// What the command says beside its results.
    var output: Output { Output(verbosity: speech.verbosity, json: json) }

    func validate() throws {
        guard !destinations.isEmpty else { throw ValidationError("name the file to compare with as well") }
        try amounts.check(destinations: destinations.count)
        try rules.check()
        guard ([source] + destinations).count(where: { $0 == "-" }) < 2 else {
            throw ValidationError("- is standard input, which holds one file: name the others")
        }
    }

    mutating func run() async throws {
        let report = try await CompareRunner(command: self).run()
        if json {
            try Console.out(report.json())
        } else if output.verbosity == .quiet {
            try Console.out(report.folder)
        } else {
            try Console.out(report.text)
        }
        if let status = ExitStatus(rawValue: report.status), status != .ok {
            output.end(status, "")
            throw ExitCode(status.code)
        }
    }
}
