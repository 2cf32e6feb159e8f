import Glibc

/// An open file, closed with its last user.
///
/// Sendable: the descriptor never changes, and reads name their position.
final class OpenFile: Sendable {
    /// As messages name it.
    let name: String
    let descriptor: Int32
    /// How long a wait for a pipe takes no notice of a stop.
    private static let sliceMilliseconds: Int32 = 100
    /// Whether it can be read at any place, again and again.
    let isRegular: Bool
    /// The bytes when it was opened; 0 for what is no regular file.
    let size: Int

    /// Opens a file a person named; a pipe without waiting for who writes into it.
    init(path: String) throws(CatalogFileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unopened(file: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw .unopened(file: path, reason: "it is a folder")
        }
        name = path
        self.descriptor = descriptor
        isRegular = status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : 0
    }

    /// Takes over a descriptor of a regular file of that many bytes.
    init(descriptor: Int32, name: String, size: Int) {
        self.name = name
        self.descriptor = descriptor
        self.size = size
        isRegular = true
    }

    deinit {
        close(descriptor)
    }

    /// A path by which this process can open the same file again, though it may have no name any more.
    var path: String { "/proc/self/fd/\(descriptor)" }

    /// Reads some bytes from a place; none at the end.
    ///
    /// What is no regular file is read on from where it was, whatever the place; a stop ends the wait for it.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(CatalogFileError) -> Int {
        while true {
            if !isRegular { try waitForInput() }
            let count =
                isRegular
                ? pread(descriptor, buffer.baseAddress, buffer.count, offset)
                : Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR || errno == EAGAIN && !isRegular else {
                throw .system(doing: "read it", path: name, reason: String(cString: strerror(errno)))
            }
        }
    }

    /// Returns when there is something to read, or nobody writes any more.
    ///
    /// A named pipe that nobody has opened for writing yet is not at its end: poll(2) tells that nothing has happened.
    private func waitForInput() throws(CatalogFileError) {
        while true {
            guard !Task.isCancelled else { throw .interrupted(file: name) }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // An error of the wait shows again when the file is read.
            if poll(&waiting, 1, Self.sliceMilliseconds) != 0, waiting.revents != 0 { return }
        }
    }
}
