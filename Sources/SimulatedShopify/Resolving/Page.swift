import Foundation

/// The part of a connection that `first`, `after`, `last`, `before` and `reverse` ask for.
struct Page {
    private let connection: Connection
    private let isReversed: Bool
    /// Positions in the order asked for.
    let indices: Range<Int>

    init(of connection: Connection, _ arguments: Arguments) throws(GraphQLError) {
        self.connection = connection
        isReversed = arguments["reverse"]?.boolean ?? false
        let first = arguments["first"]?.integer
        let last = arguments["last"]?.integer
        guard (first == nil) != (last == nil) else {
            throw .coded(
                "BAD_REQUEST",
                first == nil
                    ? "you must provide one of first or last" : "providing both first and last is not supported"
            )
        }
        var range = 0..<connection.count
        if let after = arguments["after"]?.text {
            let position = try Self.position(of: after, in: connection, isReversed: isReversed, isAfter: true)
            range = min(max(range.lowerBound, position), range.upperBound)..<range.upperBound
        }
        if let before = arguments["before"]?.text {
            let position = try Self.position(of: before, in: connection, isReversed: isReversed, isAfter: false)
            range = range.lowerBound..<max(range.lowerBound, min(range.upperBound, position))
        }
        if let first, first < range.count { range = range.lowerBound..<range.lowerBound + max(0, first) }
        if let last, last < range.count { range = range.upperBound - max(0, last)..<range.upperBound }
        indices = range
    }

    func element(_ position: Int) -> Source { connection.element(index(position)) }

    func cursor(_ position: Int) -> String { Self.cursor(of: connection.number(index(position))) }

    static func cursor(of number: Int64) -> String {
        Data("{\"last_id\":\(number)}".utf8).base64EncodedString()
    }

    var info: Source {
        .record(
            type: "PageInfo",
            values: [
                "hasNextPage": .bool(indices.upperBound < connection.count),
                "hasPreviousPage": .bool(indices.lowerBound > 0),
                "startCursor": indices.isEmpty ? .null : .string(cursor(indices.lowerBound)),
                "endCursor": indices.isEmpty ? .null : .string(cursor(indices.upperBound - 1)),
            ]
        )
    }

    private func index(_ position: Int) -> Int { isReversed ? connection.count - 1 - position : position }

    /// The position behind (or of) the element a cursor names; an element that is gone by now counts as between
    /// its neighbours.
    private static func position(
        of cursor: String,
        in connection: Connection,
        isReversed: Bool,
        isAfter: Bool
    ) throws(GraphQLError) -> Int {
        guard let data = Data(base64Encoded: cursor), let json = try? JSONParser.parse(Array(data)),
            let number = json["last_id"]?.integer.map({ Int64($0) })
        else {
            throw .coded("BAD_REQUEST", "Invalid cursor for current pagination sort.")
        }
        let index: Int
        var isFound = true
        if connection.isSorted {
            var low = 0
            var high = connection.count
            while low < high {
                let middle = (low + high) / 2
                if connection.number(middle) < number { low = middle + 1 } else { high = middle }
            }
            index = low
            isFound = low < connection.count && connection.number(low) == number
        } else {
            guard let found = (0..<connection.count).first(where: { connection.number($0) == number }) else {
                throw .coded("BAD_REQUEST", "Invalid cursor for current pagination sort.")
            }
            index = found
        }
        if isReversed {
            let position = connection.count - 1 - index
            return isFound ? position + (isAfter ? 1 : 0) : position + 1
        }
        return isFound && isAfter ? index + 1 : index
    }
}
