import Foundation
import Glibc
import Runs
import Synchronization
import SystemdNotify

/// The two ways out of the process: results on standard output, everything else on standard error.
///
/// Where standard error is the journal's, lines go to it as entries, with a priority and fields to select by.
enum Console {
    /// How many messages went to standard error, which is one for the whole process: a picture drawn before the last of them can't be
    /// drawn over any more.
    static var messages: Int { written.load(ordering: .relaxed) }

    private static let written = Atomic<Int>(0)

    /// Prints a result and a line end.
    ///
    /// - Throws: ``CommandFailure`` where it could not be written, as on a full disk. A reader that went away, as `head` does, had
    ///   enough and is no reason to fail.
    static func out(_ text: String) throws {
        try out(Array((text + "\n").utf8))
    }

    /// Prints a result as it is; see ``out(_:)``.
    static func out(_ bytes: [UInt8]) throws {
        if let code = write(bytes, to: STDOUT_FILENO), code != EPIPE {
            throw CommandFailure(
                .delivery,
                "standard output could not be written: \(String(cString: strerror(code))); what is there is not whole"
            )
        }
    }

    /// Says why something failed.
    ///
    /// Always by the stream, whose unit the journal knows also when the process is gone by the time it looks: it reads where an
    /// entry of a process came from only then.
    static func error(_ text: String) {
        let isJournal = JournalSocket(environment: environment, identifier: "synctec") != nil
        let level = isJournal ? "<\(JournalEntry.Priority.error.rawValue)>" : ""
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(level)\($0)\n" }
        written.add(1, ordering: .relaxed)
        write(Array(lines.joined().utf8), to: STDERR_FILENO)
    }

    /// Says what is going on.
    static func log(_ entry: JournalEntry) {
        if let journal = JournalSocket(environment: environment, identifier: "synctec"), journal.send(entry) { return }
        written.add(1, ordering: .relaxed)
        write(Array((entry.message + "\n").utf8), to: STDERR_FILENO)
    }

    /// The service manager, where one listens.
    static var manager: NotifySocket? { NotifySocket(environment: environment) }

    /// Tells the service manager, where one listens.
    static func tell(_ notices: [ServiceNotice]) {
        manager?.tell(notices)
    }

    /// Writes without a line end, for bars.
    static func draw(_ text: String) {
        write(Array(text.utf8), to: STDERR_FILENO)
    }

    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Writes all of it, and says why it could not.
    @discardableResult
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Whoever shares the terminal or pipe may have made it one that does not wait.
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
    }
}
