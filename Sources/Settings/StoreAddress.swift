public import Catalog

/// Where a shop's Admin API is reached (FAULTS CF-5).
public struct StoreAddress: Sendable, Hashable {
    /// The permanent address, which is also the shop's name here.
    public let shop: ShopDomain
    /// Another base URL than the shop's own, without a slash at its end: for tests, the demo and proxies.
    public let endpoint: String?
    /// Whether an endpoint other than `https://*.myshopify.com` was allowed in so many words.
    ///
    /// Then, and only then, plain HTTP and result or upload links on a loopback address are taken as well.
    public let allowInsecureEndpoint: Bool

    /// Puts the parts together; the settings reader has checked that they go together.
    public init(shop: ShopDomain, endpoint: String? = nil, allowInsecureEndpoint: Bool = false) {
        self.shop = shop
        self.endpoint = endpoint
        self.allowInsecureEndpoint = allowInsecureEndpoint
    }

    /// What every path of the API is appended to: the endpoint, or `https://` and the shop.
    public var baseURL: String { endpoint ?? "https://\(shop.text)" }
}
