import ArgumentParser

/// How much a command says beside what it is for.
enum Verbosity: Sendable, Hashable {
    /// Errors, and what was asked for: data, and the paths of files.
    case quiet
    /// Also progress, and what came of it.
    case usual
    /// Also each step with its time, what the stores were asked and what it cost, and what was decided.
    case verbose
}

/// How much to say, for every command that takes its time.
struct OutputOptions: ParsableArguments {
    /// The two ways away from the usual.
    enum Change: EnumerableFlag {
        case quiet, verbose

        static func name(for value: Change) -> NameSpecification { .shortAndLong }

        static func help(for value: Change) -> ArgumentHelp? {
            switch value {
            case .quiet: "Prints errors and what was asked for, nothing else."
            case .verbose: "Also tells steps with their times, calls per store, and decisions."
            }
        }
    }

    @Flag(exclusivity: .exclusive) var change: Change?

    /// How much to say.
    var verbosity: Verbosity {
        switch change {
        case nil: .usual
        case .quiet: .quiet
        case .verbose: .verbose
        }
    }
}
