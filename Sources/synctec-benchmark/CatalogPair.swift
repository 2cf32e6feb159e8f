import Foundation

/// Two generated catalogues with their oracle.
struct CatalogPair: Sendable {
    let variants: Int
    let folder: String

    var source: String { "\(folder)/source.jsonl" }
    var destination: String { "\(folder)/destination.jsonl" }
    var oracle: String { "\(folder)/oracle.json" }

    /// The generator's own default.
    static let rate = "0.9250"

    /// Takes what is there, or lets the generator write it; the oracle comes last, so where it stands the files are whole.
    init(variants: Int, under data: String, generator: String) throws {
        self.variants = variants
        folder = "\(data)/\(variants)"
        guard !FileManager.default.fileExists(atPath: oracle) else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        Console.tell("generating \(variants) variants a side in \(folder)")
        let words = ["python3", generator, "--out", folder, "--variants", "\(variants)", "--rate", Self.rate]
        _ = try MeasuredProgram(words: words).run(output: "/dev/null", errors: "\(folder)/errors.txt")
    }

    /// Reads both files once, so that no program pays for the disk.
    func warm() throws {
        let words = ["cat", source, destination]
        _ = try MeasuredProgram(words: words).run(output: "/dev/null", errors: "\(folder)/errors.txt")
    }
}

/// Progress for people, on standard error.
enum Console {
    static func tell(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
    }
}
