/// What ArgumentParser tells of the command (`--experimental-dump-help`).
struct DescribedTool: Decodable {
    let command: DescribedCommand
}

/// A command with its arguments and sub-commands.
struct DescribedCommand: Decodable {
    /// One argument, option or flag.
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [DescribedCommand]?
    let arguments: [Argument]?
}

/// A man page in the language of mdoc(7).
struct ManualPage {
    private var lines: [String] = []

    /// Writes the page.
    ///
    /// - Parameters:
    ///   - command: the program.
    ///   - version: its release.
    ///   - date: the day of the release, as mdoc(7) has it: `November 23, 2026`.
    init(_ command: DescribedCommand, version: String, date: String) {
        lines = [
            ".Dd \(date)", ".Dt \(command.commandName.uppercased()) 1", ".Os SyncTec \(version)", ".Sh NAME",
            ".Nm \(command.commandName)", ".Nd \(Self.escaped(command.abstract ?? ""))", ".Sh SYNOPSIS",
            ".Nm", ".Ar command", ".Op Ar options", ".Sh DESCRIPTION",
        ]
        paragraphs(command.discussion)
        lines.append(".Sh COMMANDS")
        for sub in command.subcommands ?? [] where sub.commandName != "help" { section(sub, path: command.commandName) }
        lines += [".Sh ENVIRONMENT", ".Bl -tag -width Ds"]
        for (name, text) in Self.environment { lines += [".It Ev \(name)", Self.escaped(text)] }
        lines += [".El", ".Sh SEE ALSO", ".Xr systemd.timer 5 ,", ".Xr psql 1"]
    }

    /// What the program takes from its environment.
    private static let environment = [
        ("NO_COLOR", "Set to anything: no bars and no colours."),
        ("TERM", "A terminal that is dumb, or none at all: no bars and no colours."),
        ("CREDENTIALS_DIRECTORY", "The credentials folder, where the settings name none; systemd sets it."),
        ("STATE_DIRECTORY", "The state folder, where the settings name none; systemd sets it."),
        ("https_proxy", "The proxy to the stores."),
        ("no_proxy", "What is reached without it."),
    ]

    /// The page.
    var text: String { lines.joined(separator: "\n") }

    private mutating func section(_ command: DescribedCommand, path: String) {
        let name = "\(path) \(command.commandName)"
        lines.append(".Ss \(Self.escaped(name))")
        if let abstract = command.abstract { lines.append(Self.escaped(abstract)) }
        paragraphs(command.discussion)
        let arguments = (command.arguments ?? []).filter {
            $0.shouldDisplay && $0.names?.contains { $0.name == "help" } != true
        }
        if !arguments.isEmpty {
            lines.append(".Bl -tag -width Ds")
            for argument in arguments {
                lines.append(".It \(Self.label(argument))")
                var text = argument.abstract ?? ""
                if let value = argument.defaultValue { text += " Default: \(value)." }
                lines.append(Self.escaped(text))
            }
            lines.append(".El")
        }
        for sub in command.subcommands ?? [] where sub.commandName != "help" { section(sub, path: name) }
    }

    private mutating func paragraphs(_ text: String?) {
        for paragraph in (text ?? "").split(separator: "\n", omittingEmptySubsequences: true) {
            lines += [".Pp", Self.escaped(String(paragraph))]
        }
    }

    private static func label(_ argument: DescribedCommand.Argument) -> String {
        guard argument.kind != "positional" else { return "Ar \(argument.valueName ?? "value")" }
        let flags = (argument.names ?? []).map { "Fl \($0.kind == "long" ? "-" : "")\($0.name)" }.joined(
            separator: " , "
        )
        return argument.kind == "option" ? "\(flags) Ar \(argument.valueName ?? "value")" : flags
    }

    /// A line that roff takes as text: no control character at its start, no escape inside.
    private static func escaped(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
