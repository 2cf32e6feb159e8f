import Glibc
import Transport

/// A new file that a body is written to as it arrives.
///
/// Gone unless it is sealed. Writing waits for the disk: so no more is taken from the network than was written, and memory stays flat.
final class DownloadFile {
    private let path: String
    private var descriptor: Int32

    /// Makes the file; anything already at the path, a link too, is refused.
    init(path: String) throws(HTTPError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, reason: systemErrorText()) }
    }

    deinit {
        if descriptor >= 0 { Self.remove(descriptor, path) }
    }

    /// Writes all of the bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw .file(path: path, reason: systemErrorText())
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Hands the open file over, to be sealed where waiting for the disk holds nobody up.
    func release() -> UnsealedFile {
        defer { descriptor = -1 }
        return UnsealedFile(descriptor: descriptor, path: path)
    }

    fileprivate static func remove(_ descriptor: Int32, _ path: String) {
        unlink(path)
        close(descriptor)
    }
}

/// A written file that is not yet proven to be on disk.
struct UnsealedFile: Sendable {
    fileprivate let descriptor: Int32
    fileprivate let path: String

    /// Waits until the bytes are on disk and closes the file; where that fails it removes it.
    ///
    /// Call it once.
    func seal() throws(HTTPError) {
        guard fsync(descriptor) == 0 else {
            let reason = systemErrorText()
            DownloadFile.remove(descriptor, path)
            throw .file(path: path, reason: reason)
        }
        close(descriptor)
    }
}

/// What the operating system says of its last refusal.
func systemErrorText() -> String {
    String(cString: strerror(errno))
}
