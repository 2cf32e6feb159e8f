public import Snapshots

/// Locations of the source and one of the destination that share one stock, in terms of two snapshots.
public struct StockGroup: Sendable, Hashable {
    /// What the settings call it.
    public let name: String
    /// The source's locations whose stock is added up.
    public let source: LocationSelection
    /// The destination's location; or, to compare sums only, all of them.
    public let destination: LocationSelection
    /// The number of the destination's location; `nil` where sums are only compared.
    public let location: Int64?
    /// Units kept back.
    public let buffer: Int64

    /// A group of these locations.
    public init(
        name: String,
        source: LocationSelection,
        destination: LocationSelection,
        location: Int64?,
        buffer: Int64
    ) {
        self.name = name
        self.source = source
        self.destination = destination
        self.location = location
        self.buffer = buffer
    }

    /// The stock the destination should show: the source's, less the buffer, never below zero (FAULTS AP-8).
    ///
    /// Units sold at destinations and not yet pushed will be taken off here once orders are pushed.
    @inlinable
    public func target(sourceAvailable: Int64) -> Int64 {
        max(0, sourceAvailable - buffer)
    }

    /// Whether there is something to write.
    ///
    /// Without a level there is nothing to correct until there is something to sell.
    func differs(target: Int64, there: (sum: Int64, levels: Int)) -> Bool {
        there.levels == 0 ? target > 0 : target != there.sum
    }
}
