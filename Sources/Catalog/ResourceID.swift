/// The id of a thing in one store: its type and number, never parsed beyond that.
///
/// Shopify writes it `gid://shopify/<Type>/<number>`; ids are local to a shop (Admin API, "Global IDs").
public struct ResourceID: Sendable, Hashable, Codable {
    /// The types the program deals with.
    public enum Kind: String, Sendable, Codable {
        case product = "Product"
        case variant = "ProductVariant"
        case inventoryItem = "InventoryItem"
        case location = "Location"
        case collection = "Collection"
        case shop = "Shop"
        case bulkOperation = "BulkOperation"
    }

    /// The type.
    public let kind: Kind
    /// The number, unique among the shop's things of that type.
    public let number: Int64

    /// Puts an id together.
    public init(_ kind: Kind, _ number: Int64) {
        self.kind = kind
        self.number = number
    }

    /// Reads `gid://shopify/<Type>/<number>`; `nil` for another form or another type.
    ///
    /// A query string behind the number is left out.
    public init?(gid: some StringProtocol, as kind: Kind) {
        let prefix = "gid://shopify/\(kind.rawValue)/"
        guard gid.hasPrefix(prefix) else { return nil }
        let tail = gid.dropFirst(prefix.count).prefix { $0 != "?" }
        guard !tail.isEmpty, tail.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int64(tail)
        else { return nil }
        self.init(kind, number)
    }

    /// The form the API takes.
    public var gid: String { "gid://shopify/\(kind.rawValue)/\(number)" }
}

extension ResourceID: CustomStringConvertible {
    /// The form the API takes.
    public var description: String { gid }
}
