import Glibc
import Runs

/// What the exports need of the file system.
enum LocalFile {
    /// Removes a file; one that is not there is no failure.
    static func remove(_ path: String) {
        _ = unlink(path)
    }

    /// Whether the last byte is a newline.
    static func endsInNewline(_ path: String) throws(StoreError) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        guard size > 0 else { return false }
        var last: UInt8 = 0
        guard pread(descriptor, &last, 1, size - 1) == 1 else { throw failure(path) }
        return last == UInt8(ascii: "\n")
    }

    /// The failure of the last call on a file.
    static func failure(_ path: String) -> StoreError {
        .file(path: path, reason: String(cString: strerror(errno)))
    }
}

/// A new file of JSON lines, readable by its owner only.
struct JSONLinesFile: ~Copyable {
    let path: String
    private(set) var lines = 0
    private(set) var bytes = 0
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Makes the file, or empties it.
    init(path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw LocalFile.failure(path) }
    }

    deinit { close(descriptor) }

    /// Appends bytes as they are, which count as no line.
    mutating func write(raw text: String) throws(StoreError) {
        buffer.append(contentsOf: text.utf8)
        bytes += text.utf8.count
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Appends one line.
    mutating func write(_ value: JSONValue) throws(StoreError) {
        let start = buffer.count
        value.append(to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        bytes += buffer.count - start
        lines += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Hands everything to the file system.
    mutating func flush() throws(StoreError) {
        var sent = 0
        while sent < buffer.count {
            let count = buffer[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw LocalFile.failure(path) }
            sent += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
