import Catalog
import Runs
import SystemdNotify

/// What a command says beside its results, as much of it as was asked for.
struct Output: Sendable {
    /// How much is wanted.
    let verbosity: Verbosity
    /// Whether one JSON document takes the place of text.
    let json: Bool

    /// Whether steps and decisions are told.
    var isVerbose: Bool { verbosity == .verbose }

    /// Says on standard output what came of it; not where a document was asked for, or quiet.
    func tell(_ text: @autoclosure () -> String) throws {
        guard !json, verbosity != .quiet else { return }
        try Console.out(text())
    }

    /// Says on standard error what is good to know.
    func note(_ text: String, priority: JournalEntry.Priority = .information, fields: [String: String] = [:]) {
        guard verbosity != .quiet else { return }
        Console.log(JournalEntry(text, priority: priority, fields: fields))
    }

    /// Says on standard error what was decided or how long something took, where all of it is wanted.
    func detail(_ text: @autoclosure () -> String, fields: [String: String] = [:]) {
        guard isVerbose else { return }
        Console.log(JournalEntry(text(), fields: fields))
    }

    /// Says on standard error that a step is over: always where all is wanted, else where somebody may be waiting for a sign of life.
    func stepped(_ text: String, since start: ContinuousClock.Instant) {
        let elapsed = ContinuousClock.now - start
        let line = "\(text) elapsed=\(elapsed.shortText)"
        if isVerbose { detail(line) } else if elapsed > .seconds(2) { note(line) }
    }

    /// Does something and says how long it took, where that is wanted.
    func timed<Value>(_ what: @autoclosure () -> String, _ body: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        let value = try await body()
        detail("\(what()) took=\((ContinuousClock.now - start).shortText)")
        return value
    }

    /// Says on standard error how it ended; of a good end nothing where quiet.
    func end(_ status: ExitStatus, _ text: String, fields: [String: String] = [:]) {
        guard verbosity != .quiet || status != .ok else { return }
        let terminal = Terminal.errors
        let word = terminal.takesEscapes ? terminal.toned(status.rawValue, status.tone) : status.rawValue
        Console.log(status.entry("status \(word)\(text.isEmpty ? "" : " " + text)", fields: fields))
    }

    /// How a run's progress is shown.
    func progress(fields: [String: String] = [:]) -> ProgressPrinter {
        let terminal = Terminal.errors
        let form: ProgressPrinter.Form =
            switch verbosity {
            case .quiet: .none
            case .verbose: .steps
            case .usual: terminal.takesEscapes && !json ? .bars(terminal) : .lines
            }
        return ProgressPrinter(form, fields: fields)
    }
}

extension ExitStatus {
    /// What it means to a person at a terminal.
    fileprivate var tone: Terminal.Tone {
        switch self {
        case .ok: .good
        case .attention, .unknown, .brake: .warning
        default: .bad
        }
    }
}

extension Duration {
    /// Such as `0.31s`, `12.4s` or `3m05s`.
    var shortText: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch milliseconds {
        case ..<10_000: return "\(milliseconds / 1000).\(padded(milliseconds % 1000 / 10))s"
        case ..<60_000: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
        case ..<3_600_000: return "\(milliseconds / 60_000)m\(padded(milliseconds / 1000 % 60))s"
        default: return "\(milliseconds / 3_600_000)h\(padded(milliseconds / 60_000 % 60))m"
        }
    }
}
