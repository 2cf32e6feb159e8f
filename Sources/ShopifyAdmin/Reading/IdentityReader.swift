import Catalog
import Pricing
import Runs

/// Asks a store who it is, and holds the answer against what was expected.
struct IdentityReader: Sendable {
    let client: GraphQLClient

    func read() async throws(StoreError) -> StoreIdentity {
        let shop = client.shop
        let answer = try await client.perform(.shopIdentity)
        let head: Head
        do throws(AnswerFault) {
            head = try Head(answer.data)
        } catch {
            throw .incomplete(shop: shop, reason: "ShopIdentity: \(error)")
        }
        guard head.domain == shop.text else { throw .otherShop(shop: shop, answered: ReplyText.quoted(head.domain)) }
        guard head.supportedVersions.contains(AdminVersion.handle) else {
            throw .otherVersion(
                shop: shop,
                asked: AdminVersion.handle,
                answered: head.supportedVersions.sorted().joined(separator: ", ")
            )
        }
        guard let currency = Currency(code: head.currency) else {
            throw .untrusted(shop: shop, reason: "its currency \(ReplyText.quoted(head.currency)) is not in ISO 4217")
        }
        // Without the right to see locations the rest is still worth telling: the caller names what is missing.
        let seesLocations = head.scopes.contains("read_locations") || head.scopes.contains("write_locations")
        let locations = seesLocations ? try await self.locations() : []
        return StoreIdentity(
            id: head.id,
            name: head.name,
            domain: shop,
            currency: currency,
            timeZone: head.timeZone,
            scopes: head.scopes,
            apiVersion: answer.version,
            locations: locations,
            clock: answer.date
        )
    }

    private func locations() async throws(StoreError) -> [StoreLocation] {
        var locations: [ResourceID: StoreLocation] = [:]
        let shop = client.shop
        try await client.readPages(
            .locations,
            connection: { data throws(AnswerFault) in try data.member("locations") },
            take: { nodes throws(StoreError) in
                let before = locations.count
                do throws(AnswerFault) {
                    for node in nodes {
                        let location = try Self.location(node)
                        locations[location.id] = location
                    }
                } catch {
                    throw .incomplete(shop: shop, reason: "Locations: \(error)")
                }
                return locations.count - before
            }
        )
        return locations.values.sorted { $0.id.number < $1.id.number }
    }

    private static func location(_ node: AnswerField) throws(AnswerFault) -> StoreLocation {
        StoreLocation(
            id: try node.member("id").id(.location),
            name: try node.member("name").text(),
            isActive: try node.member("isActive").flag(),
            isFulfillmentService: try node.member("isFulfillmentService").flag()
        )
    }
}

/// The first part of an identity, still in the answer's words.
private struct Head: Sendable {
    let id: ResourceID
    let name: String
    let domain: String
    let currency: String
    let timeZone: String
    let scopes: Set<String>
    let supportedVersions: Set<String>

    init(_ data: AnswerField) throws(AnswerFault) {
        let shop = try data.member("shop")
        id = try shop.member("id").id(.shop)
        name = try shop.member("name").text()
        domain = try shop.member("myshopifyDomain").text()
        currency = try shop.member("currencyCode").text()
        timeZone = try shop.member("ianaTimezone").text()
        var scopes: Set<String> = []
        for scope in try data.member("currentAppInstallation").member("accessScopes").elements() {
            scopes.insert(try scope.member("handle").text())
        }
        self.scopes = scopes
        var versions: Set<String> = []
        for version in try data.member("publicApiVersions").elements() where try version.member("supported").flag() {
            versions.insert(try version.member("handle").text())
        }
        supportedVersions = versions
    }
}
