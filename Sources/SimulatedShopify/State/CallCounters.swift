/// What the store was asked, counted since the start or the last reset.
public struct CallCounters: Sendable, Equatable {
    /// Calls by operation name; `download`, `upload` and `token` for the plain HTTP ones.
    public internal(set) var calls: [String: Int] = [:]
    /// Root fields of mutations that were executed, by name.
    public internal(set) var mutations: [String: Int] = [:]
    /// Calls answered with THROTTLED or 429.
    public internal(set) var throttled = 0
    /// Points drawn from the bucket.
    public internal(set) var costSpent = 0
    /// Calls refused for their token.
    public internal(set) var unauthorized = 0
    /// Calls answered by a fault rule.
    public internal(set) var faulted = 0

    /// All executed mutations, bulk ones and their start calls included.
    public var mutationCount: Int { mutations.values.reduce(0, +) }

    /// The executed mutations that change the shop: without starting bulk queries and preparing uploads.
    public var writeCount: Int {
        mutations.filter { !["bulkOperationRunQuery", "bulkOperationCancel", "stagedUploadsCreate"].contains($0.key) }
            .values.reduce(0, +)
    }

    var json: JSONValue {
        func table(_ counts: [String: Int]) -> JSONValue {
            .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .number(String($0.value))) })
        }
        return [
            "calls": table(calls), "mutations": table(mutations), "mutationCount": .number(String(mutationCount)),
            "writeCount": .number(String(writeCount)), "throttled": .number(String(throttled)),
            "costSpent": .number(String(costSpent)), "unauthorized": .number(String(unauthorized)),
            "faulted": .number(String(faulted)),
        ]
    }
}
