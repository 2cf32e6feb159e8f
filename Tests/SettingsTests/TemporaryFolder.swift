import FoundationEssentials
import Glibc
import Testing

/// A folder that is removed with its last holder.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/settings-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and gives it a mode, whatever the umask.
    func write(_ name: String, _ content: String, mode: UInt32 = 0o600) throws {
        let file = path + "/" + name
        try content.write(toFile: file, atomically: false, encoding: .utf8)
        try #require(chmod(file, mode_t(mode)) == 0)
    }

    /// Writes bytes that need not be text.
    func write(_ name: String, bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
    }
}
