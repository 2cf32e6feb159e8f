/// A bulk operation of the store.
///
/// Only touched under the store's lock.
final class BulkOperationRecord {
    let number: Int64
    let isMutation: Bool
    /// The inner query or mutation, word for word.
    let document: String
    var status = "CREATED"
    var errorCode: String?
    let createdAt: Int64
    var completedAt: Int64?
    var objectCount = 0
    var rootObjectCount = 0
    var fileSize: Int?
    var url: String?
    var partialDataUrl: String?
    /// The variables of a bulk mutation, one JSON text a line.
    let lines: [ArraySlice<UInt8>]
    /// How many of them were carried out.
    var linesDone = 0
    /// What they answered.
    var results: [UInt8] = []
    var polls = 0
    /// When it was started, in milliseconds.
    let startedAt: Int64

    init(number: Int64, isMutation: Bool, document: String, lines: [UInt8] = [], at milliseconds: Int64) {
        self.number = number
        self.isMutation = isMutation
        self.document = document
        self.lines = lines.split(separator: 0x0A).filter { line in line.contains { $0 > 0x20 } }
        createdAt = milliseconds / 1000
        startedAt = milliseconds
    }

    var id: String { ResourceID.text("BulkOperation", number) }
    var isFinished: Bool { ["COMPLETED", "FAILED", "CANCELED", "EXPIRED"].contains(status) }
}

/// The bulk operations of a store, their result files and staged uploads.
struct BulkOperations {
    /// How many of a kind may run at once (Admin API 2026-01 and later).
    static let concurrent = 5

    var records: [BulkOperationRecord] = []
    /// How many result files are kept; older ones answer 404.
    static let keptFiles = 16

    /// Result files by the key in their link.
    private(set) var files: [String: [UInt8]] = [:]
    private var keys: [String] = []
    /// Staged uploads by path; nil until the file came.
    var uploads: [String: [UInt8]?] = [:]

    mutating func keep(_ file: [UInt8], as key: String) {
        files[key] = file
        keys.append(key)
        if keys.count > Self.keptFiles { files[keys.removeFirst()] = nil }
    }

    func running(isMutation: Bool) -> [BulkOperationRecord] {
        records.filter { $0.isMutation == isMutation && !$0.isFinished }
    }
}
