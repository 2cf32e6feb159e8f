import Glibc
import Synchronization

/// A bulk file in portions, which any number of threads may read at once.
///
/// It is cut before products that follow lines of other kinds: an export mostly has all that belongs to some products before it
/// comes to the next. Where it hasn't, and where a line is at fault, a portion says no, and nothing is lost: the file is to be read
/// in one go by ``SnapshotReader/read(file:expecting:progress:)``, whose word counts.
public final class PortionedFile: Sendable {
    /// How many portions there are; some may be empty.
    public let count: Int

    let file: SnapshotFile
    let reader: SnapshotReader
    private let portionBytes: Int
    private let cuts: Mutex<[Int: Int?]>

    /// A file is cut into so many portions if they get neither larger nor smaller than is good.
    private static let portions = 16
    /// Rows of one fit a core's cache, or nearly; in bytes of the file.
    private static let largestPortion = 16 << 20
    private static let smallestPortion = 1 << 20
    /// A variant rarely takes less of a file, in bytes, with all that goes with it.
    private static let likelyBytes = 512

    init(_ path: String, reader: SnapshotReader, portionBytes: Int?) throws(SnapshotError) {
        file = try SnapshotFile(path: path)
        self.reader = reader
        let share = file.size / Self.portions + 1
        self.portionBytes = portionBytes ?? min(max(share, Self.smallestPortion), Self.largestPortion)
        count = max(1, (file.size + self.portionBytes - 1) / self.portionBytes)
        cuts = Mutex([0: 0, count: file.size])
    }

    /// Reads a portion; nil where no product begins in it.
    ///
    /// With the titles of its products, if somebody will ask for many of them.
    ///
    /// - Throws: ``SnapshotError``, whose line numbers count from the portion's first.
    public func portion(_ number: Int, keepingTitles: Bool = false) throws(SnapshotError) -> SnapshotPortion? {
        guard let start = try cut(number) else { return nil }
        var next = number + 1
        var end = try cut(next)
        while end == nil {
            next += 1
            end = try cut(next)
        }
        let part = start..<(end ?? file.size)
        let lines = try BulkLines(
            file,
            part: part,
            predicts: reader.predictsLines,
            leavesDescriptions: reader.descriptions == .asWritten
        )
        let assembler = SnapshotAssembler(
            reader,
            variants: part.count / Self.likelyBytes,
            keepsTitles: keepingTitles
        )
        try assembler.addAll(lines)
        guard lines.bytesRead == part.count else {
            throw .lastLineUnfinished(path: file.path, bytes: start + lines.bytesRead)
        }
        return try assembler.finishPortion(file: file, lines: lines)
    }

    /// Where a portion begins, looked for once; nil where none does.
    private func cut(_ number: Int) throws(SnapshotError) -> Int? {
        if let known = cuts.withLock({ $0[number] }) { return known }
        let found = try firstGroup(from: number * portionBytes, below: min((number + 1) * portionBytes, file.size))
        cuts.withLock { $0[number] = found }
        return found
    }

    /// Where in a part of the file a product's line follows one of another kind.
    ///
    /// Only a guess by how lines begin: a wrong one makes a portion that isn't whole, which shows.
    private func firstGroup(from start: Int, below limit: Int) throws(SnapshotError) -> Int? {
        // One byte earlier, so that a line that begins just there is not taken for the rest of one.
        let lines = LineBeginnings(file, from: start - 1)
        var followsOther = false
        while let line = try lines.next(), line < limit {
            let isProduct = lines.beginsProduct
            if isProduct, followsOther { return line }
            followsOther = !isProduct
        }
        return nil
    }
}

/// Looks at how the lines behind a place of a file begin, as fast as their ends can be found.
private final class LineBeginnings {
    private let file: SnapshotFile
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 64)
    /// Where the bytes in memory are in the file.
    private var window: Range<Int>
    /// Where the last line was found to begin, in memory.
    private var line = 0

    private static let pieceBytes = 1 << 14
    /// As much of a line as shows its id, if that comes first.
    private static let beginning = 96

    init(_ file: SnapshotFile, from start: Int) {
        self.file = file
        window = start..<start
    }

    deinit {
        memory.deallocate()
    }

    /// Where the next line begins in the file; nil behind the last.
    func next() throws(SnapshotError) -> Int? {
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: memory[line..<window.count])
            if let start = rest.baseAddress, let newline = memchr(start, 0x0A, rest.count) {
                line += UnsafeRawPointer(newline) - start + 1
                if window.count - line < Self.beginning { try load(from: window.lowerBound + line) }
                return line < window.count ? window.lowerBound + line : nil
            }
            let end = window.upperBound
            try load(from: end)
            if window.isEmpty { return nil }
        }
    }

    /// Whether the line found last begins as a product's does.
    var beginsProduct: Bool {
        let count = min(Self.beginning, window.count - line)
        guard let start = memory.baseAddress.map({ UnsafeRawPointer($0) + line }) else { return false }
        let end = memchr(start, 0x0A, count).map { UnsafeRawPointer($0) } ?? start + count
        var isProduct = false
        var place = start
        while let found = memchr(place, 0x50, end - place) {
            let word = UnsafeRawPointer(found)
            place = word + 1
            guard end - word > 8, memcmp(word, "Product", 7) == 0 else { continue }
            let next = word.load(fromByteOffset: 7, as: UInt8.self)
            if next == UInt8(ascii: "V") { return false }
            if next == UInt8(ascii: "/") || next == UInt8(ascii: "\\") { isProduct = true }
        }
        return isProduct
    }

    private func load(from start: Int) throws(SnapshotError) {
        let filled = try file.read(into: memory, at: start)
        window = start..<start + filled
        line = 0
    }
}
