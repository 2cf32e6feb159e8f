/// Which of a snapshot's locations count.
public enum LocationSelection: Sendable, Hashable {
    /// All of them.
    case all
    /// The locations of these indices among ``PackedSnapshot/locations``.
    case only(LocationIndexSet)
}

/// A set of location indices of one snapshot, a bit each.
public struct LocationIndexSet: Sendable, Hashable {
    private var words: [UInt64] = []

    /// Holds these indices.
    public init(_ indices: some Sequence<Int>) {
        for index in indices { insert(index) }
    }

    /// Adds an index of 0 or more.
    public mutating func insert(_ index: Int) {
        let word = index >> 6
        if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
        words[word] |= 1 << UInt64(index & 63)
    }

    /// Whether the index is in the set.
    public func contains(_ index: Int) -> Bool {
        let word = index >> 6
        return word < words.count && words[word] & (1 << UInt64(index & 63)) != 0
    }
}
