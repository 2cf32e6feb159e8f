/// Writes the stored form of a snapshot: numbers of as few bytes as they need.
struct StoredBytesWriter {
    private(set) var bytes: [UInt8] = []

    /// Seven bits a byte, the lowest first, the highest bit set on all but the last.
    mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Small numbers of either sign in few bytes.
    mutating func write(signed number: Int64) {
        write(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    /// A number that may be ``VariantRow/noNumber``, which takes one byte.
    mutating func write(optional number: Int64) {
        if number == VariantRow.noNumber {
            write(0)
        } else {
            // Zigzag never reaches the highest value for any other number, so 1 can be added.
            write(UInt64(bitPattern: number << 1 ^ number >> 63) + 1)
        }
    }

    /// Sixteen bytes.
    mutating func write(_ fingerprint: Fingerprint) {
        for half in [fingerprint.high, fingerprint.low] { write(fixed: half) }
    }

    /// Eight bytes, the lowest first.
    mutating func write(fixed number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}

/// Reads what ``StoredBytesWriter`` wrote, trusting nothing.
struct StoredBytesReader {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    /// What is left.
    var remaining: Int { bytes.endIndex - place }

    mutating func number() throws(SnapshotError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            if shift == 63, byte > 1 { break }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw .storedFormDamaged(reason: "a number is too long")
    }

    mutating func signed() throws(SnapshotError) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    mutating func optional() throws(SnapshotError) -> Int64 {
        let number = try number()
        guard number > 0 else { return VariantRow.noNumber }
        let zigzag = number - 1
        return Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
    }

    /// A number that is less than a limit.
    mutating func number(below limit: UInt64) throws(SnapshotError) -> UInt64 {
        let number = try number()
        guard number < limit else { throw .storedFormDamaged(reason: "a number is out of its range") }
        return number
    }

    /// How many elements follow that take at least so many bytes each.
    mutating func count(leastBytes: Int) throws(SnapshotError) -> Int {
        let number = try number()
        guard number <= UInt64(remaining / max(1, leastBytes)) else {
            throw .storedFormDamaged(reason: "more is announced than there is")
        }
        return Int(number)
    }

    mutating func fingerprint() throws(SnapshotError) -> Fingerprint {
        let high = try fixed()
        return Fingerprint(high: high, low: try fixed())
    }

    mutating func fixed() throws(SnapshotError) -> UInt64 {
        guard remaining >= 8 else { throw .storedFormDamaged(reason: "it ends early") }
        var number: UInt64 = 0
        for index in 0..<8 { number |= UInt64(bytes[place + index]) << UInt64(index * 8) }
        place += 8
        return number
    }

    mutating func byte() throws(SnapshotError) -> UInt8 {
        guard remaining > 0 else { throw .storedFormDamaged(reason: "it ends early") }
        defer { place += 1 }
        return bytes[place]
    }
}
