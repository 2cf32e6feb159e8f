import CSimdjson

/// The inventory levels of a snapshot in the order of their variants: six bytes a level and four a variant.
///
/// Files mostly have levels in the order of the variants; then each is put where it stays. From the first that comes late the
/// variant of each is noted too, and ``finish(variants:)`` sorts them. Levels of one variant keep the order of the file.
///
/// Not Sendable by itself: written by one reader, then frozen into a ``PackedSnapshot``.
final class LevelTable {
    private let available: RowStorage<Int32>
    private let locations: RowStorage<UInt16>
    /// Where the levels of each variant begin, and one number more: the end.
    private let starts: RowStorage<UInt32>
    /// The variant of each level; empty while they ascend.
    private let owners = RowStorage<UInt32>(capacity: 1)
    private var ascends = true

    init(capacity: Int = 8192) {
        available = RowStorage(capacity: capacity)
        locations = RowStorage(capacity: capacity)
        starts = RowStorage(capacity: capacity)
    }

    /// How many levels there are.
    var count: Int { available.count }

    /// Adds a level of a variant.
    @inline(__always)
    func append(_ level: LevelRow, variant: UInt32) {
        if ascends, Int(variant) + 1 < starts.count { noteOwners() }
        if ascends {
            while starts.count <= Int(variant) { starts.append(UInt32(available.count)) }
        } else {
            owners.append(variant)
        }
        available.append(level.available)
        locations.append(level.location)
    }

    /// Makes room for so many variants and levels in all.
    func reserve(variants: Int, levels: Int) {
        starts.reserve(variants + 1)
        available.reserve(levels)
        locations.reserve(levels)
    }

    /// Adds the levels of another table that has ended, whose first variant is `from` here, and whose locations have other
    /// `locations` here unless that is empty.
    ///
    /// Only to a table whose levels ascend.
    func append(_ other: LevelTable, from first: Int, variants: Int, locations numbers: [UInt16]) {
        precondition(ascends, "levels are joined in the order of their variants")
        while starts.count < first { starts.append(UInt32(available.count)) }
        let base = UInt32(available.count)
        for variant in 0..<variants { starts.append(base + other.starts.rows[variant]) }
        available.append(contentsOf: other.available.buffer)
        if numbers.isEmpty {
            locations.append(contentsOf: other.locations.buffer)
        } else {
            for location in other.locations.buffer { locations.append(numbers[Int(location)]) }
        }
    }

    /// Ends the table for so many variants; after it nothing is appended.
    func finish(variants: Int) {
        if ascends {
            while starts.count <= variants { starts.append(UInt32(available.count)) }
        } else {
            sort(variants: variants)
        }
        available.trim()
        locations.trim()
        starts.trim()
    }

    /// The places of a variant's levels.
    @inline(__always)
    func range(ofVariant index: Int) -> Range<Int> {
        Int(starts.rows[index])..<Int(starts.rows[index + 1])
    }

    /// Brings nearer where a variant's levels are told to be.
    @inline(__always)
    func prefetchRange(ofVariant index: Int) { csj_prefetch(starts.rows + index) }

    /// Brings a variant's levels nearer.
    @inline(__always)
    func prefetchLevels(ofVariant index: Int) {
        let place = Int(starts.rows[index])
        csj_prefetch(available.rows + place)
        csj_prefetch(locations.rows + place)
    }

    /// The level at a place.
    @inline(__always)
    func level(_ place: Int) -> LevelRow {
        LevelRow(available: available.rows[place], location: locations.rows[place])
    }

    /// A variant that has two levels at one location, which a store cannot have, and the location's index.
    func firstRepeated(variants: Int) -> (variant: Int, location: Int)? {
        var seen: Set<UInt16> = []
        for variant in 0..<variants {
            let places = range(ofVariant: variant)
            if places.count > 16 {
                seen.removeAll(keepingCapacity: true)
                for place in places where !seen.insert(locations.rows[place]).inserted {
                    return (variant, Int(locations.rows[place]))
                }
            } else if places.count > 1 {
                for place in places.dropFirst() {
                    for other in places.lowerBound..<place where locations.rows[other] == locations.rows[place] {
                        return (variant, Int(locations.rows[place]))
                    }
                }
            }
        }
        return nil
    }

    /// A level has come whose variant is before that of the last: from now on each one's variant is kept.
    private func noteOwners() {
        ascends = false
        for variant in 0..<starts.count {
            let end = variant + 1 < starts.count ? Int(starts.rows[variant + 1]) : available.count
            while owners.count < end { owners.append(UInt32(variant)) }
        }
    }

    /// One counting pass and one that moves.
    private func sort(variants: Int) {
        var free = [UInt32](repeating: 0, count: variants + 1)
        for owner in owners.buffer { free[Int(owner) + 1] += 1 }
        for place in 1..<free.count { free[place] += free[place - 1] }
        free.withUnsafeBufferPointer { starts.exchange(with: RowStorage(filledWith: $0)) }
        let sortedAvailable = RowStorage(filledWith: available.buffer)
        let sortedLocations = RowStorage(filledWith: locations.buffer)
        for place in 0..<owners.count {
            let owner = Int(owners.rows[place])
            let target = Int(free[owner])
            sortedAvailable.rows[target] = available.rows[place]
            sortedLocations.rows[target] = locations.rows[place]
            free[owner] += 1
        }
        available.exchange(with: sortedAvailable)
        locations.exchange(with: sortedLocations)
        owners.exchange(with: RowStorage(capacity: 1))
    }
}
