/// What a call cost, and how the store's bucket stands after it (`extensions.cost`).
struct CostReport: Sendable, Equatable {
    /// Points that had to be there before the call.
    let requested: Double
    /// Points the call really took; `nil` where it was throttled.
    let actual: Double?
    /// The size of the bucket.
    let maximum: Double
    /// Points in the bucket after the call.
    let available: Double
    /// Points that flow in per second.
    let restoreRate: Double

    /// Reads the member `extensions.cost` of an answer; `nil` where it is absent or of another form.
    init?(answer: JSONValue) {
        guard let cost = answer["extensions"]?["cost"], let status = cost["throttleStatus"],
            let requested = Self.number(cost["requestedQueryCost"]),
            let maximum = Self.number(status["maximumAvailable"]),
            let available = Self.number(status["currentlyAvailable"]), let rate = Self.number(status["restoreRate"])
        else { return nil }
        self.requested = requested
        self.actual = Self.number(cost["actualQueryCost"])
        self.maximum = maximum
        self.available = available
        self.restoreRate = rate
    }

    private static func number(_ value: JSONValue?) -> Double? {
        guard case .number(let text) = value, let number = Double(text), number.isFinite, number >= 0 else {
            return nil
        }
        return number
    }
}
