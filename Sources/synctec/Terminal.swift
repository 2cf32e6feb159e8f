import Glibc

/// What one of the process's outputs is, and what may be drawn there: the one place that decides it.
///
/// Bars and colours need escape sequences. They go to terminals only, and not where `NO_COLOR` is set (no-color.org) or `TERM` is
/// `dumb` or missing; a pipe or a file gets plain lines.
struct Terminal: Sendable, Hashable {
    /// Whether escape sequences may be written.
    let takesEscapes: Bool
    /// How many signs a line has room for.
    let columns: Int
    /// How many lines there are.
    let rows: Int

    /// Standard output, as this process has it.
    static var output: Terminal { Terminal(STDOUT_FILENO, environment: Console.environment) }

    /// Standard error, as this process has it.
    static var errors: Terminal { Terminal(STDERR_FILENO, environment: Console.environment) }

    /// Looks at a descriptor.
    init(_ descriptor: Int32, environment: [String: String]) {
        var size = winsize()
        let isSized = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
        self.init(
            isTerminal: isatty(descriptor) == 1,
            columns: isSized ? Int(size.ws_col) : 0,
            rows: isSized ? Int(size.ws_row) : 0,
            environment: environment
        )
    }

    /// Decides by what is known; a size of 0 stands for one that a terminal does not tell.
    init(isTerminal: Bool, columns: Int, rows: Int, environment: [String: String]) {
        let isPlain =
            environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            || ["", "dumb"].contains(environment["TERM"] ?? "")
        takesEscapes = isTerminal && !isPlain
        self.columns = columns > 0 ? columns : 80
        self.rows = rows > 0 ? rows : 24
    }

    /// What a word means, which decides its colour.
    enum Tone: Int, Sendable {
        case bad = 31
        case good = 32
        case warning = 33
    }

    /// The text in the colour of its meaning, or plain where there are no colours.
    func toned(_ text: String, _ tone: Tone) -> String {
        takesEscapes ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }
}
