import ArgumentParser
import Foundation

/// The command `synctec manual`.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Prints the man page, made from the same source as --help.",
        discussion: "Example: synctec manual | man -l -"
    )

    mutating func run() throws {
        let described = try JSONDecoder().decode(DescribedTool.self, from: Data(Synctec._dumpHelp().utf8))
        Console.out(ManualPage(described.command, version: Version.number, date: Version.date).text)
    }
}
