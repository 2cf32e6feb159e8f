/// Reads one field of one object.
struct Resolver: Sendable {
    let read: @Sendable (Source, PlannedField, Execution) throws(GraphQLError) -> Resolved

    init(_ read: @escaping @Sendable (Source, PlannedField, Execution) throws(GraphQLError) -> Resolved) {
        self.read = read
    }
}

/// All fields the simulator can answer, by `Type.field`.
///
/// Objects of kind ``Source/record(type:values:)`` carry their values with them and need no entry.
enum Resolvers {
    static let table: [String: Resolver] = {
        var table: [String: Resolver] = [:]
        addRoots(to: &table)
        addProducts(to: &table)
        addVariants(to: &table)
        addInventory(to: &table)
        addBulkOperations(to: &table)
        addMutations(to: &table)
        return table
    }()

    static func count(_ number: Int, limit: Int? = nil) -> Resolved {
        let isExact = limit.map { number <= $0 } ?? true
        return .object(
            .record(
                type: "Count",
                values: [
                    "count": .int(isExact ? number : (limit ?? number)),
                    "precision": .string(isExact ? "EXACT" : "AT_LEAST"),
                ]
            )
        )
    }

    /// The number of the id in an argument, which has to be of the type.
    static func number(_ argument: JSONValue?, of type: String) throws(GraphQLError) -> Int64? {
        guard let text = argument?.text else { return nil }
        guard let id = ResourceID(text), id.type == type else {
            throw .coded("RESOURCE_NOT_FOUND", "Invalid id: \(text)")
        }
        return id.number
    }
}

extension Array {
    /// The elements in another order where the flag says so.
    func reversed(_ isReversed: Bool) -> [Element] { isReversed ? self.reversed() : self }
}
