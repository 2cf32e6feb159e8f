/// Combines the fingerprints of tags so that order and repetition don't count: they are sorted, then hashed together.
final class TagSetHash {
    private var hashes: UnsafeMutableBufferPointer<Fingerprint> = .allocate(capacity: 64)
    private var count = 0

    deinit {
        hashes.deallocate()
    }

    /// Adds a tag; a blank one is left out.
    func insert(_ tag: Fingerprint) {
        guard !tag.isNone else { return }
        if count == hashes.count { grow() }
        // Tags come sorted from the store, but their hashes don't; lists are short, so each is put in its place.
        var place = count
        while place > 0, tag < hashes[place - 1] { place -= 1 }
        guard place == 0 || hashes[place - 1] != tag else { return }
        var end = count
        while end > place {
            hashes[end] = hashes[end - 1]
            end -= 1
        }
        hashes[place] = tag
        count += 1
    }

    /// The hash of the set, which is empty afterwards.
    func finish(key: FingerprintKey) -> Fingerprint {
        defer { count = 0 }
        let bytes = UnsafeRawBufferPointer(start: hashes.baseAddress, count: count * MemoryLayout<Fingerprint>.stride)
        return key.hash(bytes.assumingMemoryBound(to: UInt8.self))
    }

    private func grow() {
        let larger = UnsafeMutableBufferPointer<Fingerprint>.allocate(capacity: count * 2)
        _ = larger.update(fromContentsOf: hashes)
        hashes.deallocate()
        hashes = larger
    }
}
