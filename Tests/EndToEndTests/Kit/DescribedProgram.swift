import Foundation

/// What the program says of its own arguments (`--experimental-dump-help`), and whether a command line fits that.
struct DescribedProgram: Decodable {
    struct Command: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable { let name: String }

            let kind: String
            let isOptional: Bool
            let isRepeating: Bool
            let names: [Name]?
        }

        let commandName: String
        let discussion: String?
        let subcommands: [Command]?
        let arguments: [Argument]?
        let defaultSubcommand: String?

        func subcommand(_ name: String) -> Command? { subcommands?.first { $0.commandName == name } }
    }

    let command: Command

    /// Asks the built program.
    static func read(_ stage: Stage) async throws -> DescribedProgram {
        try await stage.startBare(["--experimental-dump-help"]).ended().document()
    }

    /// All commands that do something, with their words.
    var commands: [(path: String, described: Command)] {
        func below(_ command: Command, _ path: [String]) -> [(String, Command)] {
            let inner = (command.subcommands ?? []).filter { $0.commandName != "help" }
            guard inner.isEmpty else { return inner.flatMap { below($0, path + [$0.commandName]) } }
            return [(path.joined(separator: " "), command)]
        }
        return below(command, [])
    }

    /// What is wrong with a command line; nil where nothing is.
    ///
    /// Values are not judged.
    func problem(with words: [String]) -> String? {
        var rest = words[...]
        if rest.first == "help" {
            return find(rest.dropFirst().filter { $0 != "COMMAND" }[...]).rest.first.map { "there is no command \($0)" }
        }
        let found = find(rest)
        let command = found.command
        rest = found.rest
        if rest.contains("--help") || rest.contains("--version") { return nil }
        let isGroup = command.subcommands?.contains { $0.commandName != "help" } == true
        if isGroup, command.defaultSubcommand == nil {
            // `synctec team` in a text names the group.
            return "\(rest.first.map { "there is no command \($0)" } ?? "a command of the group is missing")"
        }
        let arguments = command.arguments ?? []
        var positional = 0
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                positional += 1
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
            guard let argument = arguments.first(where: { $0.names?.contains { $0.name == parts.first } == true })
            else {
                return "there is no option \(word)"
            }
            guard argument.kind == "option", parts.count == 1 else { continue }
            // `report --mail` and `drift --top` have a value or none.
            guard let value = rest.first, !value.hasPrefix("--") else {
                if argument.isOptional, ["--mail", "--top"].contains(word) { continue }
                return "\(word) lacks its value"
            }
            rest = rest.dropFirst()
        }
        let places = arguments.filter { $0.kind == "positional" }
        let least = places.count { !$0.isOptional }
        let most = places.contains(where: \.isRepeating) ? Int.max : places.count
        guard positional >= least else { return "it needs \(least) arguments, and has \(positional)" }
        return positional <= most ? nil : "it takes \(most) arguments, and has \(positional)"
    }

    /// Whether the words are a command's name and nothing else, as a text mentions it.
    func isName(_ words: [String]) -> Bool { !words.isEmpty && find(words[...]).rest.isEmpty }

    private func find(_ words: ArraySlice<String>) -> (command: Command, rest: ArraySlice<String>) {
        var command = command
        var rest = words
        while let word = rest.first, let next = command.subcommand(word) {
            command = next
            rest = rest.dropFirst()
        }
        return (command, rest)
    }
}
