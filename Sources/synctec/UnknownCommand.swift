import ArgumentParser
import Reporting
import Runs

/// A word in the place of a command that is none.
struct UnknownCommand {
    /// As it was written.
    let word: String
    /// The commands of that place.
    let known: [String]

    /// The first word, or the second below a command with commands of its own; `nil` where it is a command or an option.
    init?(in arguments: [String]) {
        var place: any ParsableCommand.Type = Synctec.self
        var found: String?
        for argument in arguments {
            guard !place.configuration.subcommands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { break }
            guard let next = place.configuration.subcommands.first(where: { Self.name($0) == argument }) else {
                found = argument
                break
            }
            place = next
        }
        guard let found else { return nil }
        word = found
        known = place.configuration.subcommands.map(Self.name)
    }

    /// The operator's sentence, with the command that was most likely meant.
    var failure: CommandFailure {
        let nearest = known.map { ($0, Self.distance(word, $0)) }.min { $0.1 < $1.1 }
        let guess = nearest.flatMap { name, steps in steps <= 2 && steps < name.count ? ": did you mean \(name)?" : nil
        }
        return CommandFailure(
            .usage,
            "there is no command \(HarmlessText.line(word, limit: 60))\(guess ?? ""); there are: \(known.joined(separator: ", "))"
        )
    }

    private static func name(_ command: any ParsableCommand.Type) -> String {
        command._commandName
    }

    /// How many signs have to be put in, taken out, changed, or changed with their neighbour.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var rows = [Array(0...right.count)]
        for (row, sign) in left.enumerated() {
            var line = [row + 1]
            for (column, other) in right.enumerated() {
                var least = min(
                    rows[row][column + 1] + 1,
                    line[column] + 1,
                    rows[row][column] + (sign == other ? 0 : 1)
                )
                if row > 0, column > 0, sign == right[column - 1], left[row - 1] == other {
                    least = min(least, rows[row - 1][column - 1] + 1)
                }
                line.append(least)
            }
            rows.append(line)
        }
        return rows[left.count][right.count]
    }
}
