import Foundation

/// A file of a test, gone with its value.
final class TemporaryText {
    let path: String

    init(_ bytes: some Sequence<UInt8>) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "synctec-files-\(UUID().uuidString)").path
        try Data(Array(bytes)).write(to: URL(filePath: path))
    }

    convenience init(_ text: String) throws { try self.init(text.utf8) }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
