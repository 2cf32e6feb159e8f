import Foundation
import SystemdNotify

/// The two ways out of the process: results on standard output, everything else on standard error.
///
/// Where standard error is the journal's, lines go to it as entries, with a priority and fields to select by.
enum Console {
    /// Whether standard error is a terminal that shows bars.
    static var showsBars: Bool { isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb" }

    static func out(_ text: String) {
        write(Array((text + "\n").utf8), to: .standardOutput)
    }

    static func out(_ bytes: [UInt8]) {
        write(bytes, to: .standardOutput)
    }

    /// Says why something failed.
    ///
    /// Always by the stream, whose unit the journal knows also when the process is gone by the time it looks: it reads where an
    /// entry of a process came from only then.
    static func error(_ text: String) {
        let isJournal = JournalSocket(environment: environment, identifier: "synctec") != nil
        let level = isJournal ? "<\(JournalEntry.Priority.error.rawValue)>" : ""
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(level)\($0)\n" }
        write(Array(lines.joined().utf8), to: .standardError)
    }

    /// Says what is going on.
    static func log(_ entry: JournalEntry) {
        if let journal = JournalSocket(environment: environment, identifier: "synctec"), journal.send(entry) { return }
        write(Array((entry.message + "\n").utf8), to: .standardError)
    }

    /// The service manager, where one listens.
    static var manager: NotifySocket? { NotifySocket(environment: environment) }

    /// Tells the service manager, where one listens.
    static func tell(_ notices: [ServiceNotice]) {
        manager?.tell(notices)
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
