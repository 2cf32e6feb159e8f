public import Reporting
public import Runs
import Glibc

/// The file in which node exporter's textfile collector finds a team's numbers.
///
/// Readable for everybody, since node exporter runs as another user, and replaced as a whole: a reader sees the old file or the
/// new one.
public struct MetricsFile: MetricsWriting {
    private let path: String

    /// A file in a folder that exists; it is made or replaced by ``write(_:)``.
    public init(_ path: String) {
        self.path = path
    }

    /// Makes and removes an empty file beside the real one, under a name that no collector reads.
    public func rehearse() throws(ReportError) {
        var found = stat()
        if stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR {
            errno = EISDIR
            throw failure("write", path)
        }
        let draft = "\(path).\(getpid()).part"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("write", draft) }
        close(file)
        guard unlink(draft) == 0 else { throw failure("remove", draft) }
    }

    /// Writes the numbers beside the file under a name that no collector reads, brings them to the disk, and renames.
    public func write(_ metrics: TeamMetrics) throws(ReportError) {
        let draft = "\(path).\(getpid()).part"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("write", draft) }
        do throws(ReportError) {
            defer { close(file) }
            // Whatever the umask.
            guard fchmod(file, 0o644) == 0 else { throw failure("set the mode of", draft) }
            var rest = Array(metrics.text.utf8)[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure("write", draft) }
                rest = rest.dropFirst(written)
            }
            guard fsync(file) == 0 else { throw failure("sync", draft) }
            guard rename(draft, path) == 0 else { throw failure("replace", path) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private func failure(_ doing: String, _ place: String) -> ReportError {
        ReportError(
            "cannot \(doing) \(place): \(String(cString: strerror(errno))); metrics in the settings names the file"
        )
    }
}
