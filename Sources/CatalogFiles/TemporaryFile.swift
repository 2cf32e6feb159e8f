import Glibc

/// A file without a name, which is gone with the process, filled from front to back.
///
/// Not Sendable: one writer.
final class TemporaryFile {
    private static let pieceBytes = 1 << 20

    private let descriptor: Int32
    private let folder: String
    private var isHandedOver = false
    private var pending: [UInt8] = []
    /// The bytes that were appended.
    private(set) var size = 0

    /// Makes one in `$TMPDIR`, else in `/tmp`.
    init() throws(CatalogFileError) {
        folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        descriptor = try Self.make(in: folder)
    }

    deinit {
        if !isHandedOver { close(descriptor) }
    }

    /// Appends bytes; most calls only fill memory.
    func append(_ bytes: UnsafeRawBufferPointer) throws(CatalogFileError) {
        size += bytes.count
        if pending.isEmpty, bytes.count >= Self.pieceBytes { return try write(bytes) }
        pending.append(contentsOf: bytes)
        if pending.count >= Self.pieceBytes { try flush() }
    }

    /// Appends bytes and empties them, keeping their room.
    func append(emptying bytes: inout [UInt8]) throws(CatalogFileError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(CatalogFileError) in try append(buffer) }
        }
        try result.get()
        bytes.removeAll(keepingCapacity: true)
    }

    /// Ends the writing and gives the file to be read; nothing may be appended afterwards.
    func finish(name: String) throws(CatalogFileError) -> OpenFile {
        try flush()
        pending = []
        isHandedOver = true
        return OpenFile(descriptor: descriptor, name: name, size: size)
    }

    private func flush() throws(CatalogFileError) {
        let result = pending.withUnsafeBytes { buffer in
            Result { () throws(CatalogFileError) in try write(buffer) }
        }
        try result.get()
        pending.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(CatalogFileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                throw Self.failure("write a temporary file there", folder)
            }
        }
    }

    private static func make(in folder: String) throws(CatalogFileError) -> Int32 {
        // Not in Glibc's module: O_TMPFILE is __O_TMPFILE | O_DIRECTORY (Linux, fcntl.h).
        let unnamed = open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
        if unnamed >= 0 { return unnamed }
        // A file system without nameless files: the name is taken away at once.
        var template = Array("\(folder)/synctec-XXXXXX".utf8CString)
        let named = mkstemp(&template)
        guard named >= 0 else { throw failure("make a temporary file there", folder) }
        _ = fcntl(named, F_SETFD, FD_CLOEXEC)
        unlink(template)
        return named
    }

    private static func failure(_ doing: String, _ folder: String) -> CatalogFileError {
        .system(
            doing: doing,
            path: folder,
            reason: "\(String(cString: strerror(errno))); TMPDIR names another folder for temporary files"
        )
    }
}
