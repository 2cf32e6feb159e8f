/// Combines the fingerprints of tags so that order and repetition don't count: they are sorted, then hashed together.
final class TagSetHash {
    private var hashes: [Fingerprint] = []

    /// Adds a tag; a blank one is left out.
    func insert(_ tag: Fingerprint) {
        guard !tag.isNone else { return }
        // Tags come sorted from the store, but their hashes don't; lists are short, so each is put in its place.
        var place = hashes.count
        while place > 0, tag < hashes[place - 1] { place -= 1 }
        guard place == 0 || hashes[place - 1] != tag else { return }
        hashes.insert(tag, at: place)
    }

    /// The hash of the set, which is empty afterwards.
    func finish(key: FingerprintKey) -> Fingerprint {
        guard !hashes.isEmpty else { return .none }
        defer { hashes.removeAll(keepingCapacity: true) }
        return hashes.withUnsafeBytes { key.hash($0.assumingMemoryBound(to: UInt8.self)) }
    }
}
