import Runs

/// An argument without a sign in it: hardly ever meant, and mostly a variable of a script that is not set.
struct EmptyArgument {
    /// What it was given for, as the person wrote it.
    let place: String

    /// Options that take empty texts.
    private static let mayBeEmpty: Set<String> = ["--note"]

    /// The first one among a command's arguments, if there is any.
    init?(in arguments: [String]) {
        for (index, argument) in arguments.enumerated() {
            let before = index > 0 ? arguments[index - 1] : ""
            if argument.isEmpty {
                if Self.mayBeEmpty.contains(before) { continue }
                place = before.isEmpty ? "the first argument" : "the argument after \(before)"
                return
            }
            guard argument.hasPrefix("--"), argument.hasSuffix("=") else { continue }
            let name = String(argument.dropLast())
            if Self.mayBeEmpty.contains(name) { continue }
            place = "the value of \(name)"
            return
        }
        return nil
    }

    /// The operator's sentence.
    var failure: CommandFailure {
        CommandFailure(.usage, "\(place) is empty: is a variable of a script not set?")
    }
}
