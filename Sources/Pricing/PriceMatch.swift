/// Which products a price rule is for.
///
/// Whether a row matches is decided by the caller, who has the rows; texts are exact, compared by their bytes.
public enum PriceMatch: Hashable, Sendable, Codable {
    /// Every product.
    case all
    /// The variants of these SKUs.
    case sku([String])
    /// The products of the collection with this handle.
    case collection(String)
    /// The products of this vendor.
    case vendor(String)
    /// The products of this type.
    case productType(String)
    /// The products with this tag.
    case tag(String)
}

extension PriceMatch: CustomStringConvertible {
    /// As in "vendor Acme".
    public var description: String {
        switch self {
        case .all: "all products"
        case .sku(let skus) where skus.count > 3:
            "SKU \(skus.prefix(3).joined(separator: ", ")) and \(skus.count - 3) more"
        case .sku(let skus): "SKU \(skus.joined(separator: ", "))"
        case .collection(let handle): "collection \(handle)"
        case .vendor(let vendor): "vendor \(vendor)"
        case .productType(let type): "product type \(type)"
        case .tag(let tag): "tag \(tag)"
        }
    }
}
