public import Pricing

/// Why a file is not a snapshot, or a row could not be read back.
///
/// Lines count from 1, offsets from 0. Whatever the case, nothing may be concluded from the file (FAULTS SN-3, SN-8).
public enum SnapshotError: Error, Hashable {
    /// A system call on the file failed; the text is the system's.
    case file(path: String, reason: String)
    /// The last line has no newline: the file was cut short.
    case lastLineUnfinished(path: String, bytes: Int)
    /// A number differs from what was announced or counted.
    case countDisagrees(Count, announced: Int, read: Int)
    /// A line is no JSON object, or no sound UTF-8.
    case malformed(line: Int, offset: Int, reason: String)
    /// A line is longer than any product may be.
    case lineTooLong(line: Int, offset: Int, limit: Int)
    /// A line is nested deeper than any product may be.
    case lineTooDeep(line: Int, offset: Int, limit: Int)
    /// A list in a line has more entries than any product may have.
    case listTooLong(line: Int, offset: Int, limit: Int)
    /// A value has another type than the API documents, or stands twice in its object.
    case unexpectedValue(line: Int, offset: Int, name: String)
    /// A line's object is of a type that was not asked for; empty where it has no id.
    case unexpectedObject(line: Int, id: String)
    /// A line lacks a field that is needed, or has null where the API never says null.
    case fieldAbsent(name: String, line: Int, id: String)
    /// No line had stock though variants are tracked.
    case stockAbsent(variants: Int)
    /// The parent of a line has not come before it.
    case parentMissing(line: Int, id: String, parent: String)
    /// An id stands on two lines.
    case duplicateID(String)
    /// A cost is in another currency than the store's (FAULTS MO-8).
    case otherCurrency(line: Int, id: String, found: String, expected: Currency)
    /// More of something than the rows can count.
    case tooMany(String, limit: Int)
    /// The reading was cancelled.
    case cancelled
    /// A row has no file to be read back from: the snapshot came from the ledger.
    case noFile
    /// The file changed after it was read: a line is not what it was.
    case lineChanged(path: String, offset: Int)
    /// The bytes of a stored snapshot are damaged.
    case storedFormDamaged(reason: String)
    /// The bytes of a stored snapshot were written by another version of the program.
    case storedFormOfAnotherVersion
    /// A fingerprint key is too short.
    case keyTooShort(bytes: Int, needed: Int)
    /// More tags or collections were to be watched than there are bits.
    case tooManyWatched(Int)

    /// What is counted of a file.
    public enum Count: String, Sendable {
        case bytes
        case objects
        case rootObjects = "root objects"
        case products
        case variants
    }
}

extension SnapshotError: CustomStringConvertible {
    /// What is wrong and what to do about it, in one sentence.
    public var description: String {
        switch self {
        case .file(let path, let reason):
            "\(path) cannot be read: \(reason)"
        case .lastLineUnfinished(let path, let bytes):
            "\(path) ends after \(bytes) bytes in the middle of a line: the download was cut short and has to be repeated"
        case .countDisagrees(let what, let announced, let read):
            "\(announced) \(what.rawValue) were announced, but the file has \(read): the download has to be repeated"
        case .malformed(let line, let offset, let reason):
            "line \(line) at byte \(offset) is no sound JSON (\(reason)): the download has to be repeated"
        case .lineTooLong(let line, let offset, let limit):
            "line \(line) at byte \(offset) is longer than \(limit) bytes; no product is, so the file is refused"
        case .lineTooDeep(let line, let offset, let limit):
            "line \(line) at byte \(offset) is nested deeper than \(limit) levels; no product is, so the file is refused"
        case .listTooLong(let line, let offset, let limit):
            "line \(line) at byte \(offset) has a list of more than \(limit) entries; no product has, so the file is refused"
        case .unexpectedValue(let line, let offset, let name):
            "\(name) in line \(line) at byte \(offset) stands twice or is not of the type that the API documents"
        case .unexpectedObject(let line, let id):
            id.isEmpty
                ? "line \(line) has no id that can be read: every object of a bulk file needs one, so ask for id in its query"
                : "line \(line) is \(id), a kind of object that was not asked for"
        case .fieldAbsent(let name, let line, let id):
            "\(name) is absent from \(id) in line \(line): the token may lack a scope; nothing is taken from this file"
        case .stockAbsent(let variants):
            "none of \(variants) variants has an inventory level: the token may lack read_inventory or read_locations"
        case .parentMissing(let line, let id, let parent):
            "\(id) in line \(line) belongs to \(parent.isEmpty ? "nothing" : parent), which has not come before it"
        case .duplicateID(let id):
            "\(id) stands in the file twice"
        case .otherCurrency(let line, let id, let found, let expected):
            "the cost of \(id) in line \(line) is in \(found), but the store's currency is \(expected.code): check the settings"
        case .tooMany(let what, let limit):
            "the file has more than \(limit) \(what), which is more than a snapshot holds"
        case .cancelled:
            "the reading was cancelled"
        case .noFile:
            "the snapshot came from the ledger and has no file to read full values from"
        case .lineChanged(let path, let offset):
            "\(path) was changed after it was read: the line at byte \(offset) is another one"
        case .storedFormDamaged(let reason):
            "the stored snapshot cannot be used: \(reason); the next good run stores a new one"
        case .storedFormOfAnotherVersion:
            "the stored snapshot is another version's; the next good run stores a new one"
        case .keyTooShort(let bytes, let needed):
            "a fingerprint key of \(bytes) bytes is too short, \(needed) are needed"
        case .tooManyWatched(let count):
            "\(count) tags or collections are named by rules of one destination, 64 can be watched"
        }
    }
}
