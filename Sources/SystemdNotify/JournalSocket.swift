import Glibc

/// The journal's own socket, for entries with fields; used where standard error goes to the journal anyway.
public struct JournalSocket: Sendable, Hashable {
    private let address: DatagramAddress
    private let identifier: String

    /// The journal, where it reads this process's standard error: `$JOURNAL_STREAM` names the device and the inode of the stream
    /// that systemd connected, which a redirection or a pipe would have replaced (`systemd.exec(5)`).
    ///
    /// `nil` where standard error goes elsewhere.
    ///
    /// - Parameters:
    ///   - environment: the process's environment.
    ///   - identifier: the program's name, `SYSLOG_IDENTIFIER`.
    ///   - path: where the journal listens.
    public init?(
        environment: [String: String],
        identifier: String,
        path: String = "/run/systemd/journal/socket"
    ) {
        var status = stat()
        guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0,
            stream == "\(status.st_dev):\(status.st_ino)", let address = DatagramAddress(path)
        else { return nil }
        self.address = address
        self.identifier = identifier
    }

    /// Hands an entry over.
    ///
    /// - Returns: whether the journal took it; it does not where it is not running or the entry is larger than a datagram, and
    ///   the caller then writes the line to standard error.
    public func send(_ entry: JournalEntry) -> Bool {
        address.send(entry.datagram(identifier: identifier))
    }
}
