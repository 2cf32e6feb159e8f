import FoundationEssentials
import Testing

/// Whole texts that are read in review; `UPDATE_GOLDEN=1` writes them anew.
enum GoldenFile {
    /// The folder of the repository.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Holds the bytes against the file at this path in the repository.
    static func expect(_ bytes: [UInt8], at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = repository.appending(path: path)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: file)
        }
        let golden = try Data(contentsOf: file)
        let isSame = golden == Data(bytes)
        #expect(
            isSame,
            "\(path) differs from what is written now; read the difference after UPDATE_GOLDEN=1 swift test",
            sourceLocation: sourceLocation
        )
    }
}
