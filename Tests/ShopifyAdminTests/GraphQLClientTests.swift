import Catalog
import Runs
import Testing
import Transport

@testable import ShopifyAdmin

struct GraphQLClientTests {
    private static let gone = ScriptedStore.Reply.data(#"{"nodes":[null]}"#)
    private static let written = ScriptedStore.Reply.data(
        #"{"productUpdate":{"product":{"id":"gid://shopify/Product/1"},"userErrors":[]}}"#
    )
    private static let stockSet = ScriptedStore.Reply.data(
        #"{"inventorySetQuantities":{"inventoryAdjustmentGroup":null,"userErrors":[]}}"#
    )
    private static let lost = ScriptedStore.Reply.failure(.interrupted(host: "h", reason: "reset"))

    private static func read(_ test: TestStore) async -> StoreError? {
        await failure { () throws(StoreError) in try await test.store.products([1]) }
    }

    private static func write(_ test: TestStore) async -> StoreError? {
        await failure { () throws(StoreError) in try await test.store.update(product: 1, to: [.title: .text("x")]) }
    }

    private static func setStock(_ test: TestStore) async -> StoreError? {
        await failure { () throws(StoreError) in
            try await test.store.setStock(
                [StockUpdate(inventoryItem: 1, location: 2, quantity: 3, expected: 4)],
                key: "k",
                reference: "app://run/1"
            )
        }
    }

    // MARK: Queries

    @Test(arguments: [
        lost, .failure(.timedOut(host: "h", after: .seconds(1))), .failure(.notConnected(host: "h", reason: "no")),
        .status(500, "oops"), .status(503, "{}"), .status(429, ""), .status(200, "<html>sorry</html>"),
        .body(#"{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}"#),
        .body(#"{"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#),
        .body(#"{"data":null}"#),
    ])
    func `a query is asked again after what may pass`(trouble: ScriptedStore.Reply) async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [trouble, trouble, Self.gone]]))
        #expect(await Self.read(test) == nil)
        #expect(test.script.calls.count == 3)
    }

    @Test(arguments: [
        #"{"data":{"nodes":[null]},"errors":[{"message":"Access denied for nodes","extensions":{"code":"ACCESS_DENIED"}}]}"#,
        #"{"data":{"nodes":[null]},"errors":[{"message":"odd"}]}"#, #"{"data":{"nodes":[null]},"errors":"Not found"}"#,
        #"{"data":{"nodes":[null]},"errors":{"query":"missing"}}"#,
    ])
    func `SN-8: any entry of errors makes the whole answer a failure`(body: String) async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [.body(body)]]))
        let error = await Self.read(test)
        #expect(error != nil)
        #expect(test.script.calls.count == 1)
        #expect("\(String(describing: error))".contains("request req-7"))
    }

    @Test(arguments: [
        #"{}"#, #"{"nodes":null}"#, #"{"nodes":[]}"#,
        #"{"nodes":[{"__typename":"Product","id":"gid://shopify/Product/1"}]}"#,
        #"{"nodes":[{"__typename":"Product","id":"gid://shopify/Product/2"}]}"#,
    ])
    func `SN-8: an absent field is incomplete, never a default`(data: String) async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [.data(data)]]))
        guard case .incomplete = await Self.read(test) else {
            Issue.record("taken")
            return
        }
    }

    @Test(arguments: [400, 406, 414, 422])
    func `a status that means a wrong request is told with the store's words`(status: Int) async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [.status(status, #"{"errors":"Bad thing"}"#)]]))
        let error = await Self.read(test)
        #expect(
            error
                == .refused(
                    shop: test.store.shop,
                    operation: "ProductStates",
                    code: "HTTP \(status)",
                    message: "Bad thing (request req-7)"
                )
        )
    }

    @Test func `a redirect is not followed`() async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [.status(301)]]))
        guard case .untrusted = await Self.read(test) else {
            Issue.record("followed")
            return
        }
    }

    // MARK: AP-6

    @Test(arguments: [401, 402, 403, 404, 423, 430])
    func `AP-6: a store that refuses is not asked again`(status: Int) async throws {
        let test = try TestStore(
            ScriptedStore(["UpdateProduct": [Self.written, .status(status, #"{"errors":"Unavailable Shop"}"#)]])
        )
        #expect(await Self.write(test) == nil)
        let error = await Self.write(test)
        if status == 401 {
            #expect(error == .unauthorized(shop: test.store.shop))
        } else {
            #expect(
                error
                    == .closed(shop: test.store.shop, status: status, reason: "Unavailable Shop (request req-7)")
            )
        }
        #expect(await Self.read(test) == error)
        #expect(await Self.write(test) == error)
        #expect(test.script.calls.count == 2)
    }

    @Test func `AP-6: five failures of the server in a row open the circuit breaker`() async throws {
        let test = try TestStore(ScriptedStore(["ProductStates": [.status(502, "bad gateway")]])) {
            $0.attemptsPerCall = 50
        }
        guard case .unavailable = await Self.read(test) else {
            Issue.record("no breaker")
            return
        }
        #expect(test.script.calls.count == 5)
        guard case .unavailable(_, _, let reason) = await Self.write(test) else {
            Issue.record("no breaker")
            return
        }
        #expect(reason.contains("5 failures in a row"))
        #expect(test.script.calls.count == 5)
    }

    @Test func `AP-6: an answer between the failures keeps the breaker closed`() async throws {
        let bad = ScriptedStore.Reply.status(500)
        let test = try TestStore(
            ScriptedStore(["ProductStates": [bad, bad, bad, Self.gone, bad, bad, bad, Self.gone]])
        )
        #expect(await Self.read(test) == nil)
        #expect(await Self.read(test) == nil)
    }

    @Test func `calls that fail together count as one failure`() async throws {
        let health = StoreHealth(shop: try TestStore(ScriptedStore()).store.shop, limits: AdminLimits())
        let wave = try await health.admit()
        for _ in 0..<10 { #expect(await health.serverFailed(inWave: wave, reason: "r") == false) }
        for _ in 0..<3 { #expect(await health.serverFailed(inWave: try health.admit(), reason: "r") == false) }
        #expect(await health.serverFailed(inWave: try health.admit(), reason: "r"))
    }

    // MARK: Writes

    @Test(arguments: [lost, .failure(.timedOut(host: "h", after: .seconds(1))), .status(500), .status(200, "<html>")])
    func `AP-1: a write whose answer is lost is not sent again`(trouble: ScriptedStore.Reply) async throws {
        let test = try TestStore(ScriptedStore(["UpdateProduct": [trouble, Self.written]]))
        guard case .unknownOutcome(_, "UpdateProduct", _) = await Self.write(test) else {
            Issue.record("sent again")
            return
        }
        #expect(test.script.calls.count == 1)
    }

    @Test func `a write that was never sent is sent again`() async throws {
        let test = try TestStore(
            ScriptedStore(["UpdateProduct": [.failure(.notConnected(host: "h", reason: "no route")), Self.written]])
        )
        #expect(await Self.write(test) == nil)
        #expect(test.script.calls.count == 2)
    }

    @Test func `a write that ran though its answer has errors is of unknown outcome`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "UpdateProduct": [
                    .body(#"{"data":{"productUpdate":{"product":null,"userErrors":[]}},"errors":[{"message":"odd"}]}"#)
                ]
            ])
        )
        guard case .unknownOutcome = await Self.write(test) else {
            Issue.record("taken")
            return
        }
    }

    @Test func `a write without a payload was refused`() async throws {
        let body =
            #"{"data":{"productUpdate":null},"errors":[{"message":"bad","extensions":{"code":"INVALID_VARIABLE"}}]}"#
        let test = try TestStore(ScriptedStore(["UpdateProduct": [.body(body)]]))
        guard case .refused(_, _, "INVALID_VARIABLE", _) = await Self.write(test) else {
            Issue.record("taken")
            return
        }
    }

    @Test(arguments: [lost, .status(502), .status(200, "<html>"), .status(429)])
    func `AP-5: a write under a key is sent again with the same key`(trouble: ScriptedStore.Reply) async throws {
        let test = try TestStore(ScriptedStore(["SetStock": [trouble, trouble, Self.stockSet]]))
        #expect(await Self.setStock(test) == nil)
        #expect(Set(test.script.calls.map { $0.variables["key"]?.text }) == ["k"])
        #expect(test.script.calls.count == 3)
    }

    @Test func `AP-5: a write under a key that is never answered is of unknown outcome`() async throws {
        let test = try TestStore(
            ScriptedStore(["SetStock": [Self.lost, .failure(.notConnected(host: "h", reason: "no"))]])
        )
        guard case .unknownOutcome = await Self.setStock(test) else {
            Issue.record("known")
            return
        }
    }

    @Test(arguments: [true, false])
    func `AP-5: a key in use is waited for, a misused one and a spent one are told`(isTopLevel: Bool) async throws {
        func reply(_ code: String) -> ScriptedStore.Reply {
            isTopLevel
                ? .body(
                    #"{"data":{"inventorySetQuantities":null},"errors":[{"message":"m","extensions":{"code":"\#(code)"}}]}"#
                )
                : .data(
                    #"{"inventorySetQuantities":{"inventoryAdjustmentGroup":null,"userErrors":[{"field":null,"message":"m","code":"\#(code)"}]}}"#
                )
        }
        let busy = reply("IDEMPOTENCY_CONCURRENT_REQUEST")
        let waited = try TestStore(ScriptedStore(["SetStock": [busy, busy, Self.stockSet]]))
        #expect(await Self.setStock(waited) == nil)
        #expect(Set(waited.script.calls.map { $0.variables["key"]?.text }) == ["k"])
        #expect(waited.clock.waits.count == 2)

        let misused = try TestStore(ScriptedStore(["SetStock": [reply("IDEMPOTENCY_KEY_PARAMETER_MISMATCH")]]))
        #expect(await Self.setStock(misused) == .keyMisused(shop: misused.store.shop, operation: "SetStock"))

        let spent = try TestStore(ScriptedStore(["SetStock": [reply("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")]]))
        #expect(await Self.setStock(spent) == .keySpent(shop: spent.store.shop, operation: "SetStock"))

        let stuck = try TestStore(ScriptedStore(["SetStock": [busy]]))
        guard case .unknownOutcome = await Self.setStock(stuck) else {
            Issue.record("known")
            return
        }
    }

    @Test func `no error shows the token`() async throws {
        for status in [400, 401, 403, 500] {
            let test = try TestStore(ScriptedStore(["ProductStates": [.status(status, "no")]]))
            #expect(!"\(String(describing: await Self.read(test)))".contains("shpat_hidden"))
        }
    }

    @Test func `what a store says stands on one line and is short`() {
        #expect(ReplyText.quoted("a\nb\u{1B}[31m\u{202E}c") == "a b [31mc")
        #expect(ReplyText.quoted(String(repeating: "x", count: 1000)).count == 301)
    }

    @Test func `counts what was sent`() async throws {
        let test = try TestStore(
            ScriptedStore(["UpdateProduct": [Self.written], "ProductStates": [.status(429), Self.gone]])
        )
        _ = await Self.read(test)
        _ = await Self.write(test)
        let counters = await test.store.counters()
        #expect(counters.queries == 2)
        #expect(counters.mutations == 1)
        #expect(counters.throttled == 1)
    }
}
