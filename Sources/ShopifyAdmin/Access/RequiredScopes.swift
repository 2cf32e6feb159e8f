/// The rights a stage needs at a store (FAULTS CF-3).
///
/// A right to write includes the right to read the same (Shopify Admin API, "API access scopes").
public struct RequiredScopes: Sendable, Hashable {
    /// The rights by name, such as `read_products`.
    public let scopes: Set<String>

    /// Reading the catalogue and the stock: what a source needs, and what every stage begins with.
    public static let reading = RequiredScopes(scopes: ["read_products", "read_inventory", "read_locations"])
    /// Correcting products and variants at a destination; costs and weights live on the inventory item.
    public static let writingCatalogue = RequiredScopes(scopes: ["write_products", "write_inventory"])
    /// Correcting stock at a destination.
    public static let writingStock = RequiredScopes(scopes: ["write_inventory"])

    /// All rights of both.
    public func union(_ other: RequiredScopes) -> RequiredScopes {
        RequiredScopes(scopes: scopes.union(other.scopes))
    }

    /// The rights that are needed and not granted, sorted.
    public func missing(from granted: Set<String>) -> [String] {
        scopes.filter { !granted.contains($0) && !granted.contains(Self.writing($0)) }.sorted()
    }

    /// The rights that are granted and not needed, sorted: the less a token may do, the less can go wrong.
    public func superfluous(in granted: Set<String>) -> [String] {
        granted.filter { scope in !scopes.contains(scope) && !scopes.contains(Self.writing(scope)) }.sorted()
    }

    private static func writing(_ scope: String) -> String {
        scope.hasPrefix("read_") ? "write_" + scope.dropFirst("read_".count) : scope
    }
}
