import Catalog
import Foundation
import Pricing
import Snapshots

/// A file that is gone when its test is.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("snapshot-\(UUID().uuidString).jsonl").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    convenience init(lines: [String]) throws {
        try self.init(lines.flatMap { Array($0.utf8) + [0x0A] })
    }

    /// Takes bytes off the end.
    func cut(to bytes: Int) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: UInt64(bytes))
        try handle.close()
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// The key of all tests: fingerprints are the same in every run.
func testKey(_ seed: UInt64 = 7) -> FingerprintKey {
    var numbers = SeededNumbers(seed)
    return .random(using: &numbers)
}

extension SnapshotReader {
    /// Reads bytes through a temporary file.
    static func read(
        _ bytes: [UInt8],
        currency: Currency = .eur,
        required: FieldSet = .all,
        watchedTags: [String] = [],
        expecting proof: SnapshotProof? = nil
    ) throws -> PackedSnapshot {
        let file = try TemporaryFile(bytes)
        let reader = try SnapshotReader(
            key: testKey(),
            currency: currency,
            required: required,
            watchedTags: watchedTags
        )
        return try reader.read(file: file.path, expecting: proof)
    }

    /// Reads lines through a temporary file.
    static func read(
        lines: [String],
        currency: Currency = .eur,
        required: FieldSet = []
    ) throws -> PackedSnapshot {
        try read(lines.flatMap { Array($0.utf8) + [0x0A] }, currency: currency, required: required)
    }
}

extension SnapshotProof {
    /// What a platform would announce of a whole file.
    init(of bytes: [UInt8], _ catalog: PretendCatalog) {
        self.init(
            bytes: bytes.count,
            objects: bytes.count { $0 == 0x0A },
            rootObjects: catalog.products.count,
            products: catalog.products.count,
            variants: catalog.variants.count
        )
    }
}

/// The error of a reading that must fail.
func failure(_ body: () throws -> Void) -> SnapshotError? {
    do {
        try body()
        return nil
    } catch {
        return error as? SnapshotError
    }
}

/// Writes other bytes into the same file, so that whoever has it open sees them.
func overwrite(_ path: String, with text: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
}
