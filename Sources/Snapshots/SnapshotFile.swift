import Glibc

/// An open file of lines, closed with its last user.
///
/// Sendable: the descriptor never changes, and reads name their position.
final class SnapshotFile: Sendable {
    let path: String
    let descriptor: Int32
    /// The bytes when it was opened.
    let size: Int

    init(path: String) throws(SnapshotError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw .file(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .file(path: path, reason: "it is not a regular file")
        }
        guard status.st_size < LinePlace.largestFile else {
            close(descriptor)
            throw .file(path: path, reason: "it is larger than \(LinePlace.largestFile >> 30) GiB")
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Fills the buffer from a position; less comes back only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SnapshotError) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        var filled = 0
        while filled < buffer.count {
            let count = pread(descriptor, start + filled, buffer.count - filled, offset + filled)
            if count < 0 {
                if errno == EINTR { continue }
                throw .file(path: path, reason: String(cString: strerror(errno)))
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}
