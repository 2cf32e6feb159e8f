import ArgumentParser
import Foundation
import Settings

/// The command `synctec manual`.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Prints the man page, made from the same source as --help.",
        discussion: """
            With --settings, prints the reference of the settings file instead (Markdown), made from the same source as its checks.

            Example: synctec manual | man -l -

            Example: synctec manual --settings | less
            """
    )

    @Flag(help: "Prints the reference of the settings file.")
    var settings = false

    mutating func run() throws {
        guard !settings else {
            try Console.out(Array(TeamSettings.reference.utf8))
            return
        }
        let described = try JSONDecoder().decode(DescribedTool.self, from: Data(Synctec._dumpHelp().utf8))
        try Console.out(ManualPage(described.command, version: Version.number, date: Version.date).text)
    }
}
