import Catalog

/// Gives the locations of a file small numbers in the order in which they appear.
struct LocationTable {
    /// As many as a ``LevelRow`` can tell apart.
    static let limit = Int(UInt16.max)

    private var numbers: [Int64] = []
    private var places: [Int64: UInt16] = [:]
    private var last = 0

    /// The ids in the order of their indices.
    var ids: [ResourceID] { numbers.map { ResourceID(.location, $0) } }

    /// The id of an index.
    func id(_ index: Int) -> ResourceID { ResourceID(.location, numbers[index]) }

    /// The index of a location, new where it wasn't seen before; nil past the limit.
    ///
    /// Lines go round the locations, so the one after the last is tried first.
    mutating func index(of number: Int64) -> UInt16? {
        let next = last + 1 < numbers.count ? last + 1 : 0
        if next < numbers.count, numbers[next] == number {
            last = next
            return UInt16(next)
        }
        if let known = places[number] {
            last = Int(known)
            return known
        }
        guard numbers.count < Self.limit else { return nil }
        last = numbers.count
        places[number] = UInt16(numbers.count)
        numbers.append(number)
        return UInt16(last)
    }
}
