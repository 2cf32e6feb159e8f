import Catalog
import Pricing
import Runs
import SimulatedShopify
import Testing

@testable import ShopifyAdmin

/// Bulk mutations against a pretend store, over real HTTP.
@Suite struct LiveBulkWritingTests {
    private static let products = (1...10).map { number in
        SimulatedProduct(
            handle: "lamp-\(number)",
            title: "Lamp \(number)",
            options: ["Size"],
            variants: (0..<3).map {
                SimulatedVariant(sku: "L\(number)-\($0)", price: "10.00", optionValues: ["\($0)"])
            }
        )
    }

    /// The inputs that set the price of all variants of ten products, and what it was about.
    private struct Work {
        let lines: BulkLines
        let variants: [[Int64]]

        init(_ live: LiveStore, cents: Int64 = 1250) async throws {
            var lines: [(product: Int64, updates: [VariantUpdate])] = []
            var all: [[Int64]] = []
            for number in 1...10 {
                let ids = try Self.ids(of: number, in: live)
                let updates = ids.variants.map {
                    VariantUpdate(
                        variant: $0,
                        values: [.price: .amount(Money(minorUnits: cents, currency: .eur))]
                    )
                }
                lines.append((product: ids.product, updates: updates))
                all.append(ids.variants)
            }
            self.lines = .variants(lines)
            variants = all
        }

        static func ids(of number: Int, in live: LiveStore) throws -> (product: Int64, variants: [Int64]) {
            let truths = try (0..<3).map { try live.truth("L\(number)-\($0)") }
            return (
                try LiveStore.number(truths[0]["product"]?["id"]?.text),
                try truths.map { try LiveStore.number($0["id"]?.text) }
            )
        }
    }

    private static func team() throws -> TeamID { try #require(TeamID("SP-TEAM-7KQ2MX")) }

    private static func name() throws -> BulkName { BulkName(team: try team(), key: "run-lumen-home-b0") }

    private static let price = FieldValue.amount(Money(minorUnits: 1250, currency: .eur))

    private func with(_ work: (LiveStore, any BulkWriting, Work) async throws -> Void) async throws {
        try await LiveStore.with(try await LiveStore(variants: 40, products: Self.products)) { live in
            let bulk = try #require(live.store.bulk)
            _ = try await live.store.identify()
            try await work(live, bulk, try await Work(live))
        }
    }

    private func send(_ bulk: any BulkWriting, _ live: LiveStore, _ work: Work) async throws -> BulkAnswer {
        try await bulk.write(work.lines, name: Self.name(), in: live.folder, isStopping: { false })
    }

    @Test func `every line is answered with the values that stand after it, for a few points`() async throws {
        try await with { live, bulk, work in
            live.simulated.resetCounters()
            let answer = try await send(bulk, live, work)
            #expect(answer.shortfall == "")
            #expect(Set(answer.refusals.keys) == Set(0..<10))
            #expect(answer.refusals.values.count { !$0.isEmpty } == 0)
            #expect(answer.variants.count == 30)
            #expect(answer.variants.values.allSatisfy { $0.price == Self.price })
            #expect(live.simulated.counters.costSpent <= 30)
        }
    }

    @Test func `AP-2: a refused entry and a failed line leave the others be, each by its number`() async throws {
        try await with { live, bulk, work in
            live.simulated.add(
                FaultRule(
                    match: "bulkLine",
                    after: 3,
                    action: .userError(index: 1, field: ["price"], message: "is odd", code: "INVALID")
                )
            )
            try live.simulated.delete(sku: "L6-0")
            try live.simulated.delete(sku: "L6-1")
            try live.simulated.delete(sku: "L6-2")
            let answer = try await send(bulk, live, work)
            #expect(answer.refusals[3]?.map(\.index) == [1])
            #expect(answer.refusals[3]?.map(\.code) == ["INVALID"])
            #expect(answer.refusals[5]?.map(\.code) == ["PRODUCT_DOES_NOT_EXIST"])
            #expect(answer.refusals.count == 10)
            #expect(answer.variants[work.variants[3][1]] == nil)
            #expect(answer.variants[work.variants[3][0]]?.price == Self.price)
            #expect(answer.variants.count == 26)
        }
    }

    @Test(arguments: [(FaultAction.applyThenDrop, 1), (.dropBeforeApply, 2)])
    func `AP-1: a start whose answer is lost is looked for by its name, and never made twice`(
        fault: FaultAction,
        calls: Int
    ) async throws {
        try await with { live, bulk, work in
            live.simulated.add(FaultRule(match: "StartBulkWrite", action: fault))
            let answer = try await send(bulk, live, work)
            #expect(answer.variants.count == 30)
            #expect(live.simulated.counters.calls["StartBulkWrite"] == calls)
            #expect(live.simulated.counters.mutations["bulkOperationRunMutation"] == 1)
        }
    }

    @Test(arguments: [1, 2])
    func `an upload that is refused is tried in a new place`(times: Int) async throws {
        try await with { live, bulk, work in
            live.simulated.add(FaultRule(match: "upload", times: times, action: .httpStatus(403)))
            let answer = try await send(bulk, live, work)
            #expect(answer.variants.count == 30)
            #expect(live.simulated.counters.calls["StageUpload"] == times + 1)
        }
    }

    @Test func `where no upload is taken, nothing is started, and the caller is told so`() async throws {
        try await with { live, bulk, work in
            live.simulated.add(FaultRule(match: "upload", times: nil, action: .httpStatus(403)))
            let name = try Self.name()
            let error = await failure { () throws(StoreError) in
                try await bulk.write(work.lines, name: name, in: live.folder, isStopping: { false })
            }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(live.simulated.counters.calls["StartBulkWrite"] == nil)
        }
    }

    @Test func `a link that has run out is asked for again`() async throws {
        try await with { live, bulk, work in
            live.simulated.add(FaultRule(match: "download", action: .httpStatus(403)))
            let answer = try await send(bulk, live, work)
            #expect(answer.variants.count == 30)
        }
    }

    @Test func `answers that cannot be fetched stay unknown, every one`() async throws {
        try await with { live, bulk, work in
            live.simulated.add(FaultRule(match: "download", times: nil, action: .httpStatus(404)))
            let answer = try await send(bulk, live, work)
            #expect(answer.variants.isEmpty && answer.refusals.isEmpty)
            #expect(answer.shortfall.contains("404"))
        }
    }

    @Test(arguments: [
        FaultAction.bulkFailed(errorCode: "TIMEOUT"), .bulkFailed(errorCode: "INTERNAL_SERVER_ERROR"),
    ])
    func `of an operation that failed, only the answered lines are known`(fault: FaultAction) async throws {
        try await with { live, bulk, work in
            live.simulated.add(FaultRule(match: "bulkMutation", action: fault))
            let answer = try await send(bulk, live, work)
            #expect(Set(answer.refusals.keys) == Set(0..<6))
            #expect(answer.variants.count == 18)
            #expect(answer.shortfall.contains("FAILED"))
        }
    }

    @Test func `AP-3: a stop cancels the operation and keeps the answers so far`() async throws {
        try await with { live, bulk, work in
            live.simulated.setBulkPolls(5)
            let store = live.simulated
            let answer = try await bulk.write(work.lines, name: Self.name(), in: live.folder) {
                store.counters.calls["ImportStatus", default: 0] >= 2
            }
            #expect(answer.refusals.count == 4)
            #expect(answer.shortfall.contains("CANCELED"))
            #expect(store.counters.mutations["bulkOperationCancel"] == 1)
        }
    }

    @Test func `AP-3: an operation that a killed run left behind is cancelled, another team's is not`() async throws {
        try await with { live, bulk, work in
            live.simulated.setBulkPolls(1000)
            let other = BulkName(team: try #require(TeamID("SP-TEAM-AAAAAA")), key: "k")
            for name in [try Self.name(), other] {
                let before = live.simulated.counters.calls["ImportStatus", default: 0]
                let task = Task {
                    try await bulk.write(work.lines, name: name, in: live.folder, isStopping: { false })
                }
                while live.simulated.counters.calls["ImportStatus", default: 0] < before + 2 { await Task.yield() }
                task.cancel()
                _ = try await task.value
            }
            try await bulk.endWrites(of: Self.team())
            #expect(live.simulated.counters.mutations["bulkOperationCancel"] == 1)
            try await bulk.endWrites(of: Self.team())
            #expect(live.simulated.counters.mutations["bulkOperationCancel"] == 1)
        }
    }

    @Test func `a store that runs five already is waited for, and given up after a while`() async throws {
        try await with { live, bulk, work in
            live.simulated.add(
                FaultRule(
                    match: "StartBulkWrite",
                    times: 2,
                    action: .userError(index: nil, field: [], message: "busy", code: "OPERATION_IN_PROGRESS")
                )
            )
            let answer = try await send(bulk, live, work)
            #expect(answer.variants.count == 30)
            #expect(live.simulated.counters.calls["StartBulkWrite"] == 3)
        }
    }

    @Test func `a survey finds what is there now, by whole-store queries`() async throws {
        try await with { live, bulk, work in
            let product = try Work.ids(of: 1, in: live).product
            try live.simulated.edit(sku: "L1-0", set: ["price": "3.50", "title": "Glim"])
            let survey = try await bulk.survey(
                variants: Set(work.variants[0] + [99]),
                products: [product, 98],
                fields: FieldSet([.price]),
                in: live.folder
            )
            #expect(Set(survey.variants.keys) == Set(work.variants[0]))
            #expect(
                survey.variants[work.variants[0][0]]?.values == [
                    .price: .amount(Money(minorUnits: 350, currency: .eur))
                ]
            )
            #expect(survey.variants[work.variants[0][0]]?.sku == "L1-0")
            #expect(survey.products.mapValues(\.title) == [product: "Glim"])
            #expect(live.simulated.counters.costSpent < 60)
        }
    }
}
