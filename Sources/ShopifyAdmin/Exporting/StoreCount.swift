/// A number of things, counted by the store.
enum StoreCount: Sendable, Hashable {
    case exactly(Int)
    /// The store stopped counting there.
    case atLeast(Int)

    /// The number at which Shopify stops (Admin API, "Count": exact to 25,000, then 25,001).
    static let saturation = 25_001

    /// Reads an object `Count`.
    init(_ field: AnswerField) throws(AnswerFault) {
        let count = try field.member("count")
        guard let number = Int(exactly: try count.integer()), number >= 0 else { throw count.fault("is no count") }
        let isExact = try field.member("precision").text() == "EXACT" && number != Self.saturation
        self = isExact ? .exactly(number) : .atLeast(number)
    }

    /// The number, where it is exact.
    var exact: Int? {
        guard case .exactly(let number) = self else { return nil }
        return number
    }

    /// What speaks against a number that was read between two counts; `nil` where they agree.
    ///
    /// A count that changed meanwhile proves nothing, so it speaks against the number too (FAULTS SN-3).
    static func objection(to read: Int?, of things: String, before: StoreCount, after: StoreCount) -> String? {
        switch (before, after) {
        case (.exactly(let before), .exactly(let after)):
            if before != after {
                return "the store counted \(before) \(things) before it was read and \(after) afterwards"
            }
            guard let read, read != after else { return nil }
            return "\(read) \(things) were read, the store counts \(after)"
        case (.atLeast(let least), _), (_, .atLeast(let least)):
            guard let read, read < least - 1 else { return nil }
            return "\(read) \(things) were read, the store counts at least \(least)"
        }
    }
}

/// How much a catalogue holds, by a query that has nothing to do with the export.
struct CatalogCounts: Sendable, Hashable {
    let products: StoreCount
    let variants: StoreCount

    init(_ data: AnswerField) throws(AnswerFault) {
        products = try StoreCount(try data.member("productsCount"))
        variants = try StoreCount(try data.member("productVariantsCount"))
    }
}
