import CSimdjson

extension UnsafeBufferPointer<UInt8> {
    /// Without Unicode white space at either end.
    var trimmed: UnsafeBufferPointer<UInt8> {
        guard let firstByte = first, let lastByte = last else { return self }
        // Most texts begin and end with a visible ASCII sign.
        if firstByte > 0x20, firstByte < 0x7F, lastByte > 0x20, lastByte < 0x7F { return self }
        var lower = 0
        while lower < count {
            let length = whiteSpaceLength(at: lower)
            if length == 0 { break }
            lower += length
        }
        var upper = count
        while upper > lower {
            var begin = upper - 1
            while begin > lower, self[begin] & 0xC0 == 0x80 { begin -= 1 }
            guard whiteSpaceLength(at: begin) == upper - begin else { break }
            upper = begin
        }
        return UnsafeBufferPointer(rebasing: self[lower..<upper])
    }

    /// Whether there is nothing but Unicode white space, or nothing at all.
    var isBlank: Bool {
        guard let firstByte = first else { return true }
        if firstByte > 0x20, firstByte < 0x7F { return false }
        return trimmed.isEmpty
    }

    /// The length of the white space scalar that begins here (Unicode property White_Space), 0 where there is none.
    func whiteSpaceLength(at place: Int) -> Int {
        let byte = self[place]
        if byte < 0x80 { return byte == 0x20 || (0x09...0x0D).contains(byte) ? 1 : 0 }
        func next(_ distance: Int) -> UInt8 { place + distance < count ? self[place + distance] : 0 }
        switch (byte, next(1), next(2)) {
        case (0xC2, 0x85, _), (0xC2, 0xA0, _): return 2
        case (0xE1, 0x9A, 0x80), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): return 3
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): return 3
        default: return 0
        }
    }

    /// Whether composing (Unicode NFC) may change the text: false only for scalars that never take part in a change.
    ///
    /// Known to be safe: everything below U+0300, Greek but U+0387 and the two signs of U+03xx that stand for others, Cyrillic
    /// letters, most punctuation, currency and trade signs, kana without voicing marks, CJK ideographs, Hangul, emoji.
    var mayBeDecomposed: Bool {
        guard let baseAddress else { return false }
        var place = 0
        while place < count {
            if self[place] < 0xCC {
                // Most texts are ASCII and at most Latin.
                place = csj_find_from(baseAddress, place, count, 0xCC)
                guard place < count else { break }
            }
            let byte = self[place]
            func next(_ distance: Int) -> UInt8 { place + distance < count ? self[place + distance] : 0 }
            switch (byte, next(1), next(2)) {
            case (0xCE, 0x87, _): return true
            case (0xCE, _, _), (0xCF, _, _), (0xD0, _, _), (0xD1, _, _): place += 2
            case (0xE2, 0x80, 0x82...), (0xE2, 0x82, _), (0xE2, 0x84, 0x90...0xA5): place += 3
            case (0xE3, 0x82, 0x99...0x9C): return true
            case (0xE3, 0x81...0x83, _), (0xE4...0xE9, _, _), (0xEB...0xEC, _, _): place += 3
            case (0xF0, 0x9F, _): place += 4
            default: return true
            }
        }
        return false
    }
}
