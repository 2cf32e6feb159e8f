import CSimdjson
import Glibc

/// The lines of a bulk file, one after the other, with a bounded piece of it in memory (FAULTS HI-2).
///
/// A piece is cut at its last newline and the rest carried over, so a line is whole whenever it is parsed.
/// Not Sendable: one reader, one thread.
final class BulkLines {
    /// Large enough to spare system calls, small enough for a core's cache to hold what the parser notes about it.
    static let pieceBytes = 1 << 18
    /// No product comes near: a description has at most 512 KB.
    static let longestLine = 64 << 20

    /// The lines read so far.
    private(set) var lineNumber = 0
    /// The bytes of whole lines handed to the parser so far.
    private(set) var bytesRead = 0

    private let file: SnapshotFile
    private let parser: OpaquePointer
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    /// How many bytes of memory are filled, and how many of them are whole lines at the parser.
    private var filled = 0
    private var handed = 0
    /// Where the first byte of memory is in the file.
    private var offset: Int
    /// Where the lines end; nil for wherever the file does.
    private let end: Int?

    /// Reads a file's lines, or those of a part of it that begins and ends with a line.
    init(
        _ file: SnapshotFile,
        part: Range<Int>? = nil,
        predicts: Bool = true,
        leavesDescriptions: Bool = false
    ) throws(SnapshotError) {
        guard let parser = csj_create() else { throw .file(path: file.path, reason: "there is no memory for a parser") }
        self.file = file
        self.parser = parser
        offset = part?.lowerBound ?? 0
        end = part?.upperBound
        csj_predict(parser, predicts ? 1 : 0)
        csj_leave_descriptions(parser, leavesDescriptions ? 1 : 0)
        capacity = Self.pieceBytes
        memory = .allocate(byteCount: capacity + Int(CSJ_PADDING), alignment: 64)
        posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        csj_destroy(parser)
        memory.deallocate()
    }

    /// The next line, valid until the next call; nil after the last.
    @inline(__always)
    func next(progress: (Int) -> Void) throws(SnapshotError) -> UnsafePointer<csj_line>? {
        while true {
            let result = csj_next(parser)
            if result == 0 {
                lineNumber += 1
                return csj_current(parser)
            }
            guard result == 1 else { throw failure(result) }
            guard try refill(progress) else { return nil }
        }
    }

    /// Where a line of the present piece begins in the file.
    @inline(__always)
    func fileOffset(of line: UnsafePointer<csj_line>) -> Int { offset + line.pointee.begin }

    /// Where a text of a line stands in it; nil where it had to be unescaped, or is empty.
    func bytes(of text: UnsafeBufferPointer<UInt8>, in line: UnsafePointer<csj_line>) -> Range<Int>? {
        guard let start = text.baseAddress, !text.isEmpty else { return nil }
        let begin = UnsafeRawPointer(start) - UnsafeRawPointer(memory) - line.pointee.begin
        guard begin > 0, begin + text.count < line.pointee.length else { return nil }
        return begin..<begin + text.count
    }

    /// Hands the next whole lines to the parser; false at the end of the file.
    private func refill(_ progress: (Int) -> Void) throws(SnapshotError) -> Bool {
        guard !Task.isCancelled else { throw .cancelled }
        let rest = filled - handed
        if rest > 0, handed > 0 { memmove(memory, memory + handed, rest) }
        offset += handed
        filled = rest
        handed = 0
        while true {
            if filled == capacity { try grow() }
            let room = min(capacity - filled, end.map { $0 - offset - filled } ?? .max)
            let free = UnsafeMutableRawBufferPointer(start: memory + filled, count: room)
            let count = try file.read(into: free, at: offset + filled)
            let searched = filled
            filled += count
            if let end = endOfLastLine(from: searched) {
                handed = end
                break
            }
            if count < free.count || count == 0 {
                guard filled == 0 else { throw .lastLineUnfinished(path: file.path, bytes: offset + filled) }
                return false
            }
        }
        memset(memory + filled, 0x20, Int(CSJ_PADDING))
        bytesRead += handed
        csj_begin(parser, memory.assumingMemoryBound(to: UInt8.self), handed)
        progress(bytesRead)
        return true
    }

    /// The place behind the last newline, not looking before a place.
    private func endOfLastLine(from searched: Int) -> Int? {
        let bytes = memory.assumingMemoryBound(to: UInt8.self)
        var end = filled
        while end > searched, bytes[end - 1] != 0x0A { end -= 1 }
        return end > searched ? end : nil
    }

    private func grow() throws(SnapshotError) {
        guard capacity < Self.longestLine else {
            throw .lineTooLong(line: lineNumber + 1, offset: offset, limit: Self.longestLine)
        }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 2 + Int(CSJ_PADDING), alignment: 64)
        memcpy(larger, memory, filled)
        memory.deallocate()
        memory = larger
        capacity *= 2
    }

    private func failure(_ result: Int32) -> SnapshotError {
        let line = lineNumber + 1
        let place = csj_current(parser).map { fileOffset(of: $0) } ?? offset
        return switch Int(result) {
        case 3: .lineTooDeep(line: line, offset: place, limit: Int(CSJ_DEEPEST))
        case 4: .listTooLong(line: line, offset: place, limit: Int(CSJ_MOST_ENTRIES))
        case 5: .unexpectedValue(line: line, offset: place, name: LineField.name(Int(csj_field(parser))))
        case 6: .file(path: file.path, reason: "there is no memory for line \(line)")
        default: .malformed(line: line, offset: place, reason: String(cString: csj_reason(parser)))
        }
    }
}

extension csj_text {
    /// The bytes, empty where the value is absent or null.
    @inline(__always) var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: Int(length)) }

    /// A copy as a string.
    var string: String { String(decoding: buffer, as: UTF8.self) }
}

extension csj_id {
    /// The id for a message, its slashes plain whichever way the file has them.
    var gid: String { text.string.split(separator: "\\/", omittingEmptySubsequences: false).joined(separator: "/") }
}
