import Catalog
import Runs
import Testing
import Transport

@testable import ShopifyAdmin

struct ThrottlingTests {
    private static func report(
        requested: Int,
        available: Int,
        maximum: Int = 2000,
        rate: Int = 100
    ) throws -> CostReport {
        let text = #"""
            {"extensions":{"cost":{"requestedQueryCost":\#(requested),"actualQueryCost":1,"throttleStatus":{"maximumAvailable":\#(maximum).0,"currentlyAvailable":\#(available),"restoreRate":\#(rate).0}}}}
            """#
        return try #require(CostReport(answer: try JSONValue(reading: Array(text.utf8))))
    }

    @Test(arguments: [(available: 1000, wait: 0), (available: 100, wait: 4), (available: 0, wait: 5)])
    func `waits until the bucket holds what the call asks for`(available: Int, wait: Int) async throws {
        let clock = JumpingClock()
        let bucket = CostBucket(clock: clock.clock, requestsInFlight: 4)
        let first = try await bucket.reserve(.variantStates)
        await bucket.settle(first, of: .variantStates, with: try Self.report(requested: 500, available: available))
        let second = try await bucket.reserve(.variantStates)
        await bucket.settle(second, of: .variantStates, with: nil)
        #expect(clock.elapsed - .seconds(wait) < .milliseconds(10))
        #expect(clock.elapsed >= .seconds(wait))
    }

    @Test func `what others have reserved is not there for the next`() async throws {
        let clock = JumpingClock()
        let bucket = CostBucket(clock: clock.clock, requestsInFlight: 4)
        await bucket.settle(
            try await bucket.reserve(.variantStates),
            of: .variantStates,
            with: try Self.report(requested: 500, available: 1000)
        )
        _ = try await bucket.reserve(.variantStates)
        _ = try await bucket.reserve(.variantStates)
        #expect(clock.elapsed == .zero)
        _ = try await bucket.reserve(.variantStates)
        #expect(clock.elapsed >= .seconds(5))
    }

    @Test func `a call that asks for more than the bucket holds waits for a full one`() async throws {
        let clock = JumpingClock()
        let bucket = CostBucket(clock: clock.clock, requestsInFlight: 4)
        await bucket.settle(
            try await bucket.reserve(.variantStates),
            of: .variantStates,
            with: try Self.report(requested: 500, available: 0, maximum: 200, rate: 10)
        )
        _ = try await bucket.reserve(.variantStates)
        #expect(clock.elapsed >= .seconds(20))
        #expect(clock.elapsed < .seconds(21))
    }

    @Test(arguments: [("2", 2), ("2.0", 2), (nil, 1), ("junk", 1), ("100000", 600)])
    func `SN-9: waits as long as the store says, and a little by chance`(header: String?, seconds: Int) async throws {
        let headers = header.map { [HTTPHeader("Retry-After", $0)] } ?? []
        let test = try TestStore(
            ScriptedStore(["ProductStates": [.status(429, "", headers: headers), .data(#"{"nodes":[null]}"#)]]),
            chance: 0.25
        )
        _ = try await test.store.products([1])
        #expect(test.clock.waits == [.seconds(seconds) + .milliseconds(250)])
    }

    @Test func `SN-9: throttled for ever ends`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "CatalogCounts": [.body(#"{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}"#)]
            ])
        )
        let error = await failure { () throws(StoreError) in try await test.export() }
        guard case .incomplete(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("throttled"))
        #expect(test.script.calls.count == AdminLimits().throttledAttemptsPerCall)
    }

    @Test func `SN-9: the repetitions of a run are limited, whatever each call may`() async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [.status(429)]])) { $0.retriesPerRun = 7 }
        for _ in 0..<3 { _ = await failure { () throws(StoreError) in try await test.store.products([1]) } }
        #expect(test.script.calls.count == 3 + 7)
    }

    @Test func `SN-9: a small bucket is paced, not hit: requests stay within 1.5 times the need`() async throws {
        let clock = JumpingClock()
        let leaky = LeakyStore(clock: clock, maximum: 200, rate: 10, cost: 110)
        let client = leaky.client(clock)
        let ids = Array(1...2500).map(Int64.init)
        _ = try await RecordReader(client: client).products(ids)
        #expect(leaky.requests <= 15)
        #expect(leaky.answered == 10)
    }

    @Test func `full jitter grows to its ceiling`() {
        #expect(Backoff.wait(attempt: 1, random: 0.999) < .seconds(1))
        #expect(Backoff.wait(attempt: 4, random: 0.5) == .seconds(4))
        #expect(Backoff.wait(attempt: 40, random: 1) == .seconds(30))
        #expect(Backoff.wait(attempt: 3, random: 0) == .zero)
    }
}
