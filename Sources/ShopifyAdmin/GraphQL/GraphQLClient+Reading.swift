import Catalog
import Runs

extension GraphQLClient {
    /// Sends a query and reads its answer; a fault in its form makes the reading incomplete (FAULTS SN-8).
    func read<Value: Sendable>(
        _ operation: AdminOperation,
        _ variables: JSONValue = [:],
        units: Int = 1,
        _ reading: @Sendable (AnswerField) throws(AnswerFault) -> Value
    ) async throws(StoreError) -> Value {
        let answer = try await perform(operation, variables, units: units)
        do throws(AnswerFault) {
            return try reading(answer.data)
        } catch {
            throw .incomplete(shop: shop, reason: "\(operation.name): \(error)")
        }
    }

    /// Does the work for every element, as many at a time as requests may be in flight; the first failure ends it.
    func inParallel<Element: Sendable, Value: Sendable>(
        _ elements: [Element],
        _ work: @escaping @Sendable (Element) async throws(StoreError) -> Value
    ) async throws(StoreError) -> [Value] {
        let results = await withTaskGroup(of: Result<Value, StoreError>.self) { group in
            var waiting = elements.makeIterator()
            var results: [Result<Value, StoreError>] = []
            func startNext() {
                guard let element = waiting.next() else { return }
                group.addTask {
                    do throws(StoreError) {
                        return .success(try await work(element))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            for _ in 0..<limits.requestsInFlight { startNext() }
            while let result = await group.next() {
                results.append(result)
                if case .failure = result {
                    group.cancelAll()
                    return [result]
                }
                startNext()
            }
            return results
        }
        var values: [Value] = []
        for result in results { values.append(try result.get()) }
        return values
    }

    /// Reads a connection page by page; a list counts as complete only when its last page says so (FAULTS SN-4).
    ///
    /// `connection` finds the connection in the data; `take` is given the nodes of each page and answers how many of them
    /// were new.
    func readPages(
        _ operation: AdminOperation,
        _ variables: [JSONMember] = [],
        connection: @Sendable (AnswerField) throws(AnswerFault) -> AnswerField,
        take: ([AnswerField]) async throws(StoreError) -> Int
    ) async throws(StoreError) {
        var cursors: Set<String> = []
        var after: String?
        while true {
            let size = operation.page?.entries(inBucketOf: await bucket.maximum) ?? 1
            let position = [JSONMember("first", .integer(size)), JSONMember("after", .optional(after))]
            let page = try await read(operation, .object(variables + position)) { data throws(AnswerFault) in
                try Page(try connection(data))
            }
            let fresh = try await take(page.nodes)
            guard let next = page.next else { return }
            guard fresh > 0 else {
                throw .incomplete(shop: shop, reason: "\(operation.name): a page brought nothing new and promised more")
            }
            guard cursors.insert(next).inserted else {
                throw .incomplete(shop: shop, reason: "\(operation.name): a cursor came back")
            }
            after = next
        }
    }
}

/// One page of a connection.
struct Page: Sendable {
    let nodes: [AnswerField]
    /// The cursor of the next page; `nil` on the last.
    let next: String?

    init(_ connection: AnswerField) throws(AnswerFault) {
        nodes = try connection.member("nodes").elements()
        let info = try connection.member("pageInfo")
        next = try info.member("hasNextPage").flag() ? try info.member("endCursor").text() : nil
    }
}
