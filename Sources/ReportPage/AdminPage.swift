import Catalog

/// The page of a variant or a product in a shop's admin, made of the shop's address and numbers and nothing else.
struct AdminPage: Sendable, Hashable {
    /// An address that begins with `https://admin.shopify.com/store/`.
    let address: String

    /// `nil` where there is no product to show.
    init?(shop: ShopDomain, product: Int64, variant: Int64) {
        guard product > 0 else { return nil }
        let id = ResourceID(.product, product)
        address =
            variant > 0
            ? shop.adminLink(product: id, variant: ResourceID(.variant, variant)) : shop.adminLink(product: id)
    }
}
