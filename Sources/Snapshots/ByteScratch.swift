import Glibc

/// A growing block of bytes that is used again for every text, so that canonical forms cost no allocation.
final class ByteScratch {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    var count = 0

    init(capacity: Int = 4096) {
        self.capacity = capacity
        bytes = .allocate(capacity: capacity)
    }

    deinit {
        bytes.deallocate()
    }

    /// What was written.
    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

    /// Empties the block and makes room for so many bytes.
    func restart(reserving wanted: Int) {
        count = 0
        guard wanted > capacity else { return }
        bytes.deallocate()
        capacity = max(wanted, capacity * 2)
        bytes = .allocate(capacity: capacity)
    }

    /// Adds a byte; room has been reserved.
    @inline(__always)
    func append(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    /// Adds bytes; room has been reserved.
    @inline(__always)
    func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
        memcpy(bytes + count, start, length)
        count += length
    }

    /// Adds ASCII or other UTF-8 of a literal; room has been reserved.
    func append(_ literal: StaticString) {
        append(literal.utf8Start, literal.utf8CodeUnitCount)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are those of the literal.
    func equals(_ literal: StaticString) -> Bool {
        guard let baseAddress, count == literal.utf8CodeUnitCount else {
            return literal.utf8CodeUnitCount == 0 && isEmpty
        }
        return memcmp(baseAddress, literal.utf8Start, count) == 0
    }
}
