import Glibc
import Transport

/// The bytes a request sends, in order, read no faster than libcurl takes them.
final class UploadSource {
    private enum Origin {
        case bytes([UInt8])
        case file(descriptor: Int32, path: String)
    }

    private let origin: Origin
    private var position = 0
    /// All there is to send.
    let count: Int

    /// Opens the body; nil where the request has none.
    init?(_ body: HTTPRequest.Body) throws(HTTPError) {
        switch body {
        case .none:
            return nil
        case .bytes(let bytes):
            origin = .bytes(bytes)
            count = bytes.count
        case .file(let path):
            // Non-blocking, so that a pipe by that name is refused instead of waited for.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw .file(path: path, reason: systemErrorText()) }
            var facts = stat()
            guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
                close(descriptor)
                throw .file(path: path, reason: "not an ordinary file")
            }
            origin = .file(descriptor: descriptor, path: path)
            count = Int(facts.st_size)
        }
    }

    deinit {
        if case .file(let descriptor, _) = origin { close(descriptor) }
    }

    /// Fills the buffer and says how much of it; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(HTTPError) -> Int {
        let wanted = min(buffer.count, count - position)
        guard wanted > 0 else { return 0 }
        switch origin {
        case .bytes(let bytes):
            buffer.copyBytes(from: bytes[position..<position + wanted])
            position += wanted
            return wanted
        case .file(let descriptor, let path):
            while true {
                let taken = Glibc.read(descriptor, buffer.baseAddress, wanted)
                if taken < 0, errno == EINTR { continue }
                guard taken >= 0 else { throw .file(path: path, reason: systemErrorText()) }
                guard taken > 0 else { throw .file(path: path, reason: "it became shorter while it was sent") }
                position += taken
                return taken
            }
        }
    }
}
