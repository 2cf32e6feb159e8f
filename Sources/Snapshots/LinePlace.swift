/// Where a line is in its file, in eight bytes: 38 bits of offset and 26 of length.
public struct LinePlace: Sendable, Hashable {
    /// No file may be larger, in bytes: 256 GiB.
    static let largestFile = 1 << 38
    /// No line may be longer, in bytes: 64 MiB.
    static let longestLine = 1 << 26

    private let bits: UInt64

    /// Nowhere: the snapshot has no file.
    static let none = LinePlace(bits: 0)

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// Takes an offset below ``largestFile`` and a length below ``longestLine``, in bytes.
    @inline(__always)
    init(offset: Int, length: Int) {
        bits = UInt64(truncatingIfNeeded: offset) << 26 | UInt64(truncatingIfNeeded: length)
    }

    /// Where the line begins, in bytes.
    var offset: Int { Int(bits >> 26) }

    /// Its length without the newline, in bytes; 0 where the snapshot has no file.
    var length: Int { Int(bits & UInt64(Self.longestLine - 1)) }
}
