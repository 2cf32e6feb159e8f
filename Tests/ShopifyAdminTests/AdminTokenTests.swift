import Catalog
import Runs
import Settings
import Testing
import Transport

@testable import ShopifyAdmin

struct AdminTokenTests {
    private static let credential = StoreCredential.client(id: "app id&", secret: Secret("s+cr=t"))

    private static func granted(_ token: String, for seconds: Int = 86_399) -> ScriptedStore.Reply {
        .status(200, #"{"access_token":"\#(token)","scope":"read_products","expires_in":\#(seconds)}"#)
    }

    private static func tokens(_ script: ScriptedStore) -> [String?] {
        script.calls.filter { $0.operation != "token" }.map { call in
            call.request.headers.first { $0.name == "X-Shopify-Access-Token" }?.value
        }
    }

    @Test func `asks for a token with the client's id and secret, once`() async throws {
        let test = try TestStore(ScriptedStore(["token": [Self.granted("one")]]), credential: Self.credential)
        _ = try await test.store.identify()
        let asked = test.script.calls.filter { $0.operation == "token" }
        #expect(asked.count == 1)
        #expect(asked.first?.request.url == "https://lumen-home.myshopify.com/admin/oauth/access_token")
        guard case .bytes(let form) = asked.first?.request.body else {
            Issue.record("no form")
            return
        }
        #expect(
            String(decoding: form, as: UTF8.self)
                == "grant_type=client_credentials&client_id=app%20id%26&client_secret=s%2Bcr%3Dt"
        )
        #expect(Self.tokens(test.script) == ["one", "one"])
    }

    @Test func `renews a token before it runs out`() async throws {
        let test = try TestStore(
            ScriptedStore(["token": [Self.granted("one", for: 3600), Self.granted("two")]]),
            credential: Self.credential
        )
        _ = try await test.store.identify()
        test.clock.advance(by: .seconds(3200))
        _ = try await test.store.identify()
        test.clock.advance(by: .seconds(110))
        _ = try await test.store.identify()
        #expect(Self.tokens(test.script) == ["one", "one", "one", "one", "two", "two"])
    }

    @Test func `renews a refused token once, also for a write, since a refused write did not run`() async throws {
        let done = ScriptedStore.Reply.data(
            #"{"productUpdate":{"product":{"id":"gid://shopify/Product/1"},"userErrors":[]}}"#
        )
        let test = try TestStore(
            ScriptedStore([
                "token": [Self.granted("one"), Self.granted("two")], "UpdateProduct": [.status(401), done],
            ]),
            credential: Self.credential
        )
        #expect(try await test.store.update(product: 1, to: [.title: .text("x")]).isEmpty)
        #expect(Self.tokens(test.script) == ["one", "two"])
    }

    @Test func `AP-6: a renewed token that is refused as well ends it`() async throws {
        let test = try TestStore(
            ScriptedStore(["token": [Self.granted("one")], "ShopIdentity": [.status(401)]]),
            credential: Self.credential
        )
        #expect(await failure(of: test.store.identify) == .unauthorized(shop: test.store.shop))
        #expect(test.script.operations == ["token", "ShopIdentity", "token", "ShopIdentity"])
    }

    @Test func `many calls that find the token run out ask for one`() async throws {
        let script = ScriptedStore(["token": [Self.granted("one")], "ProductStates": [.status(402)]])
        let clock = JumpingClock()
        let client = script.client(clock, credential: Self.credential)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try? await client.token.lease() } }
        }
        #expect(script.calls.count == 1)
    }

    @Test(arguments: [400, 401, 403])
    func `a refused client is told without its secret`(status: Int) async throws {
        let test = try TestStore(
            ScriptedStore(["token": [.status(status, #"{"error":"invalid_client s+cr=t"}"#)]]),
            credential: Self.credential
        )
        let error = await failure(of: test.store.identify)
        #expect(error == .unauthorized(shop: test.store.shop))
        #expect(test.script.calls.count == 1)
    }

    @Test func `a token request that fails is repeated`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "token": [.status(502), .failure(.timedOut(host: "h", after: .seconds(1))), Self.granted("one")]
            ]),
            credential: Self.credential
        )
        _ = try await test.store.identify()
        #expect(test.script.operations.filter { $0 == "token" }.count == 3)
    }
}
