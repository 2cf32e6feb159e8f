import Catalog
import Settings
import Transport

/// Where a store's API is reached, and how far its requests may go.
struct AdminEndpoint: Sendable {
    let shop: ShopDomain
    /// The address of the GraphQL API.
    let graphQL: String
    /// The address that gives out tokens for a client's id and secret.
    let tokens: String
    /// Public `https` only, unless the settings say `allow_insecure_endpoint`.
    let reach: HTTPReach

    init(_ address: StoreAddress) {
        shop = address.shop
        graphQL = "\(address.baseURL)/admin/api/\(AdminVersion.handle)/graphql.json"
        tokens = "\(address.baseURL)/admin/oauth/access_token"
        reach = address.allowInsecureEndpoint ? .publicHTTPSOrLoopback : .publicHTTPS
    }
}
