import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

/// Plans so large for their store's bucket that they are written in bulk; the same promises hold as for single calls.
@Suite struct BulkApplyTests {
    private static let count = 120

    /// Everything of the destination differs in title and price, and the bucket refills so slowly that bulk ends sooner.
    private func drifted(_ work: (World) async throws -> Void) async throws {
        try await World.with(Catalogue.lamps(Self.count)) { world in
            try await world.settle()
            for number in 0..<Self.count {
                let price = Catalogue.price("\((number + 1) * 10).00").dropLast(2) + "50"
                try world.destination.edit(
                    sku: Catalogue.sku(number),
                    set: ["price": .string(String(price)), "title": "Lump"]
                )
            }
            try await world.run(.plan)
            try await world.approve()
            world.destination.setBucket(.init(maximum: 1000, restorePerSecond: 2))
            world.destination.resetCounters()
            try await work(world)
        }
    }

    /// How many lamps are as they should be.
    private func whole(_ world: World) -> Int {
        (0..<Self.count).count { number in
            world.destination.value(Catalogue.sku(number), "title") == "Lamp \(number)"
                && world.destination.value(Catalogue.sku(number), "price") == Catalogue.price("\((number + 1) * 10).00")
        }
    }

    @Test func `a large plan at a small bucket goes through bulk operations, and every correction is read back`()
        async throws
    {
        try await drifted { world in
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems.prefix(2000))")
            #expect(report.destinations[0].summary.applied == 2 * Self.count)
            #expect(whole(world) == Self.count)
            #expect(world.destination.counters.calls["UpdateVariants"] == nil)
            #expect(world.destination.counters.calls["UpdateProduct"] == nil)
            #expect(world.destination.counters.costSpent < 400)
            let states = await world.ledger.intents.values.filter { $0.intent.run.text == report.run }.map(\.state)
            #expect(Set(states) == [.done])
            #expect(try await world.run().status == "OK")
        }
    }

    @Test func `the same plan at a rich bucket goes call by call`() async throws {
        try await drifted { world in
            world.destination.setBucket(.init(maximum: 20_000, restorePerSecond: 1000))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems.prefix(2000))")
            #expect(world.destination.counters.calls["StartBulkWrite"] == nil)
            #expect(whole(world) == Self.count)
        }
    }

    @Test func `SN-10 what was edited between snapshot and bulk operation is left and listed`() async throws {
        try await drifted { world in
            let store = world.destination
            let progress = TestProgress { step in
                guard step.activity == .planning else { return }
                try? store.edit(sku: "LAMP-01", set: ["price": "12.75"])
                try? store.edit(sku: "LAMP-02", set: ["title": "Lamp 2"])
                try? store.delete(sku: "LAMP-03")
            }
            let report = try await world.run(ports: world.ports(progress: progress))
            #expect(report.outcomes("LAMP-01") == ["moved"], "\(report.problems.prefix(2000))")
            #expect(store.value("LAMP-01", "price") == "12.75")
            #expect(report.outcomes("LAMP-02", .title) == ["already there"])
            #expect(report.outcomes("LAMP-03") == ["left"])
            #expect(report.destinations[0].summary.applied == 2 * Self.count - 3)
        }
    }

    @Test func `AP-2 a refused line and one that did not hold are told apart from the others`() async throws {
        try await drifted { world in
            world.destination.add(
                FaultRule(
                    match: "bulkLine",
                    after: 5,
                    action: .userError(index: nil, field: ["title"], message: "is odd", code: "INVALID")
                )
            )
            let report = try await world.run()
            #expect(report.status == "ATTENTION", "\(report.problems.prefix(2000))")
            #expect(report.destinations[0].summary.failed == 1)
            #expect(report.destinations[0].summary.applied == 2 * Self.count - 1)
        }
    }

    @Test(arguments: [FaultAction.applyThenDrop, .dropBeforeApply])
    func `AP-1 a start whose answer is lost is found out about before it is made again`(fault: FaultAction) async throws
    {
        try await drifted { world in
            world.destination.add(FaultRule(match: "StartBulkWrite", action: fault))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems.prefix(2000))")
            let started = world.destination.counters.mutations["bulkOperationRunMutation"] ?? 0
            #expect(world.destination.counters.calls["ImportStatus", default: 0] >= started)
            #expect(whole(world) == Self.count)
        }
    }

    @Test(arguments: ["upload", "StageUpload", "StartBulkQuery"])
    func `where bulk is refused, the corrections go call by call`(call: String) async throws {
        try await drifted { world in
            let refusal: FaultAction =
                call == "StartBulkQuery"
                ? .userError(index: nil, field: [], message: "busy", code: "OPERATION_IN_PROGRESS") : .httpStatus(400)
            world.destination.add(
                FaultRule(match: call, after: call == "StartBulkQuery" ? 1 : 0, times: nil, action: refusal)
            )
            let report = try await world.run()
            #expect(report.status == "OK" || report.status == "BRAKE", "\(report.problems.prefix(2000))")
            #expect(world.destination.counters.mutations["bulkOperationRunMutation"] == nil)
            #expect(world.destination.counters.calls["UpdateVariants", default: 0] > 0)
        }
    }

    @Test(arguments: [
        FaultAction.bulkFailed(errorCode: "TIMEOUT"), .bulkFailed(errorCode: nil, offersPartialFile: false),
        .bulkCanceled,
        .bulkCompletedWithoutURL,
    ])
    func `of an operation that ends badly, what it did is looked up and the rest is left to the next run`(
        fault: FaultAction
    ) async throws {
        try await drifted { world in
            world.destination.add(FaultRule(match: "bulkMutation", times: nil, action: fault))
            let report = try await world.run()
            let truth = (0..<Self.count).count {
                world.destination.value(Catalogue.sku($0), "price") == Catalogue.price("\(($0 + 1) * 10).00")
            }
            let titles = (0..<Self.count).count {
                world.destination.value(Catalogue.sku($0), "title") == "Lamp \($0)"
            }
            #expect(report.destinations[0].summary.applied == truth + titles, "\(report.problems.prefix(2000))")
            #expect(report.destinations[0].summary.left == 2 * Self.count - truth - titles)
            world.destination.clearFaults()
            try await world.run(.plan)
            try await world.approve()
            #expect(try await world.run().status == "OK")
            #expect(whole(world) == Self.count)
        }
    }

    @Test func `answers that cannot be fetched are looked up by number`() async throws {
        try await drifted { world in
            // The snapshot and the survey come first.
            world.destination.add(FaultRule(match: "download", after: 3, times: nil, action: .httpStatus(403)))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems.prefix(2000))")
            #expect(report.destinations[0].summary.applied == 2 * Self.count)
        }
    }

    @Test func `a throttled store is waited for`() async throws {
        try await drifted { world in
            world.destination.add(FaultRule(match: "StartBulkWrite", times: 1, action: .throttled))
            world.destination.add(FaultRule(match: "ImportStatus", times: 2, action: .throttled))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems.prefix(2000))")
            #expect(whole(world) == Self.count)
        }
    }
}
