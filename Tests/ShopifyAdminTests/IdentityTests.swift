import Catalog
import Pricing
import Runs
import Testing
import Transport

@testable import ShopifyAdmin

struct IdentityTests {
    @Test func `SC-2: tells who answers, in which version, with which rights, and the store's clock`() async throws {
        let test = try TestStore(ScriptedStore())
        let identity = try await test.store.identify()
        #expect(identity.currency == .eur)
        #expect(identity.scopes == ["read_products", "read_locations"])
        #expect(identity.apiVersion == "2026-07")
        #expect(identity.locations.map(\.name) == ["Rotterdam"])
        #expect(identity.clock == Timestamp("2026-11-23T09:00:00Z"))
        #expect(
            test.script.calls.first?.request.url == "https://lumen-home.myshopify.com/admin/api/2026-07/graphql.json"
        )
    }

    @Test(arguments: ["2026-10", nil])
    func `SN-7: another version in the header stops the store`(version: String?) async throws {
        let test = try TestStore(ScriptedStore(version: version))
        let error = await failure(of: test.store.identify)
        guard case .otherVersion(_, "2026-07", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let calls = test.script.calls.count
        #expect(await failure { () throws(StoreError) in try await test.store.products([1]) } == error)
        #expect(test.script.calls.count == calls)
    }

    @Test func `SN-7: a version that is no longer supported stops the store`() async throws {
        let reply = ScriptedStore.Reply.data(ScriptedStore.identity(versions: ["2026-10", "2027-01"]))
        let test = try TestStore(ScriptedStore(["ShopIdentity": [reply]]))
        let error = await failure(of: test.store.identify)
        #expect(
            error == .otherVersion(shop: test.store.shop, asked: "2026-07", answered: "2026-10, 2027-01")
        )
    }

    @Test func `another shop at the address stops the store`() async throws {
        let reply = ScriptedStore.Reply.data(ScriptedStore.identity(domain: "other.myshopify.com"))
        let test = try TestStore(ScriptedStore(["ShopIdentity": [reply]]))
        let error = await failure(of: test.store.identify)
        #expect(error == .otherShop(shop: test.store.shop, answered: "other.myshopify.com"))
    }
}
