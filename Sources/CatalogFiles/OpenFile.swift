import Glibc

/// An open file, closed with its last user.
///
/// Sendable: the descriptor never changes, and reads name their position.
final class OpenFile: Sendable {
    /// As messages name it.
    let name: String
    let descriptor: Int32
    /// Whether it can be read at any place, again and again.
    let isRegular: Bool
    /// The bytes when it was opened; 0 for what is no regular file.
    let size: Int

    /// Opens a file a person named.
    init(path: String) throws(CatalogFileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
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
    /// What is no regular file is read on from where it was, whatever the place.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(CatalogFileError) -> Int {
        while true {
            let count =
                isRegular
                ? pread(descriptor, buffer.baseAddress, buffer.count, offset)
                : Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw .system(doing: "read it", path: name, reason: String(cString: strerror(errno)))
            }
        }
    }
}
