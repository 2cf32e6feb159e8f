import Glibc

/// Rows in COPY's binary form ("COPY", "Binary Format"), gathered until they are handed to libpq.
///
/// Owned memory and no value in between: a large run leaves a million rows of fourteen columns.
struct CopyBuffer: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private var capacity: Int
    /// How many bytes are gathered.
    private(set) var count = 0

    /// A buffer with the head of the stream in it.
    init(reserving capacity: Int) {
        self.capacity = max(capacity, 64)
        start = .allocate(byteCount: self.capacity, alignment: 8)
        append(Array("PGCOPY\n\u{FF}\r\n\0".unicodeScalars.map { UInt8($0.value) }))
        append(Int32(0))  // no flags
        append(Int32(0))  // no more head
    }

    deinit {
        start.deallocate()
    }

    /// What is gathered.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// Forgets what is gathered, keeping the room.
    mutating func removeAll() {
        count = 0
    }

    /// Begins a row; as many columns have to follow, in the table's order and with exactly its types.
    mutating func row(columns: Int16) {
        append(columns)
    }

    /// Ends the stream.
    mutating func end() {
        append(Int16(-1))
    }

    /// A column of type `text`; a NUL, which Postgres does not take, becomes its picture.
    mutating func text(_ text: String) {
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { append(text: $0) }
        if isWritten == nil { Array(text.utf8).withUnsafeBufferPointer { append(text: $0) } }
    }

    /// A column of type `text` that may be NULL.
    mutating func text(_ text: String?) {
        if let text { self.text(text) } else { null() }
    }

    /// A column of type `bigint`.
    mutating func integer(_ number: Int64) {
        append(Int32(8))
        append(number)
    }

    /// NULL.
    mutating func null() {
        append(Int32(-1))
    }

    private mutating func append(text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress, text.count > 0 else { return append(Int32(0)) }
        guard memchr(base, 0, text.count) == nil else {
            let shown = text.flatMap { $0 == 0 ? Array("\u{2400}".utf8) : [$0] }
            append(Int32(shown.count))
            return append(shown)
        }
        append(Int32(text.count))
        reserve(text.count)
        (start + count).copyMemory(from: base, byteCount: text.count)
        count += text.count
    }

    private mutating func append(_ bytes: [UInt8]) {
        reserve(bytes.count)
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            (start + count).copyMemory(from: base, byteCount: bytes.count)
        }
        count += bytes.count
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        reserve(8)
        (start + count).storeBytes(of: number.bigEndian, as: type(of: number))
        count += number.bitWidth / 8
    }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = larger
    }
}
