/// The permanent address of a shop: `name.myshopify.com` with a plain name (FAULTS CF-5).
public struct ShopDomain: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The whole address in lower case.
    public let text: String

    /// Takes `name.myshopify.com`; anything else, such as a port, a path, a sub-domain or punycode, is `nil`.
    public init?(_ text: some StringProtocol) {
        let suffix = ".myshopify.com"
        guard text.hasSuffix(suffix) else { return nil }
        let name = Array(text.dropLast(suffix.count).utf8)
        let isPlain = name.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, (1...60).contains(name.count), name.first != UInt8(ascii: "-"), name.last != UInt8(ascii: "-"),
            !name.starts(with: "xn--".utf8)
        else { return nil }
        self.text = String(text)
    }

    /// The part before `.myshopify.com`, as it stands in links to the admin.
    public var name: String { String(text.prefix { $0 != "." }) }

    /// The page of a product in the shop's admin.
    public func adminLink(product: ResourceID) -> String {
        "https://admin.shopify.com/store/\(name)/products/\(product.number)"
    }

    /// The page of a variant in the shop's admin.
    public func adminLink(product: ResourceID, variant: ResourceID) -> String {
        adminLink(product: product) + "/variants/\(variant.number)"
    }

    /// The whole address.
    public var description: String { text }

    /// By address.
    public static func < (left: ShopDomain, right: ShopDomain) -> Bool { left.text < right.text }

    /// Reads the address.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let domain = ShopDomain(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a myshopify.com address")
        }
        self = domain
    }

    /// Writes the address.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
