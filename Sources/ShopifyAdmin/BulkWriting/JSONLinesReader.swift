import Glibc
import Runs

/// Reads a file of JSON lines, one line at a time; a last line without its end is given as well.
struct JSONLinesReader: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    init(path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LocalFile.failure(path) }
    }

    deinit { close(descriptor) }

    /// The next line that is not blank; `nil` at the end.
    mutating func next() throws(StoreError) -> [UInt8]? {
        var scanned = start
        while true {
            if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<end])
                start = end + 1
                scanned = start
                if !line.isEmpty { return line }
                continue
            }
            guard !isAtEnd else {
                let line = Array(buffer[start...])
                start = buffer.count
                return line.isEmpty ? nil : line
            }
            scanned = buffer.count - start
            try fill()
        }
    }

    private mutating func fill() throws(StoreError) {
        buffer.removeSubrange(..<start)
        start = 0
        let old = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: 1 << 20))
        var count = -1
        repeat {
            count = buffer.withUnsafeMutableBytes { bytes in
                bytes.baseAddress.map { Glibc.read(descriptor, $0 + old, 1 << 20) } ?? 0
            }
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw LocalFile.failure(path) }
        buffer.removeLast((1 << 20) - count)
        isAtEnd = count == 0
    }
}
