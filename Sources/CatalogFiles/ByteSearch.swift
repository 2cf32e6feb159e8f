/// Finds a text among bytes by skipping ahead.
///
/// The way of Horspool, "Practical fast searching in strings" (1980).
struct ByteSearch {
    private let text: [UInt8]
    private var skips: [Int]

    init(_ text: StaticString) {
        self.text = Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        skips = Array(repeating: self.text.count, count: 256)
        for (place, byte) in self.text.dropLast().enumerated() { skips[Int(byte)] = self.text.count - 1 - place }
    }

    /// The place behind the text where it first stands; nil where it does not.
    func end(in bytes: UnsafeRawBufferPointer) -> Int? {
        var start = 0
        while start + text.count <= bytes.count {
            if bytes[start..<start + text.count].elementsEqual(text) { return start + text.count }
            start += skips[Int(bytes[start + text.count - 1])]
        }
        return nil
    }
}
