import Foundation

/// The two ways out of the process: results on standard output, everything else on standard error.
enum Console {
    /// Whether standard error is a terminal that shows bars.
    static var showsBars: Bool { isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb" }

    static func out(_ text: String) {
        write(Array((text + "\n").utf8), to: .standardOutput)
    }

    static func out(_ bytes: [UInt8]) {
        write(bytes, to: .standardOutput)
    }

    static func error(_ text: String) {
        write(Array((text + "\n").utf8), to: .standardError)
    }

    /// Writes without a line end, for bars.
    static func draw(_ text: String) {
        write(Array(text.utf8), to: .standardError)
    }

    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// A reader that went away, as `head` does, is no reason to fail.
    private static func write(_ bytes: [UInt8], to handle: FileHandle) {
        try? handle.write(contentsOf: bytes)
    }
}
