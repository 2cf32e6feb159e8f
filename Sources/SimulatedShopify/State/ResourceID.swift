/// A global id: `gid://shopify/Product/1`, of an inventory level with `?inventory_item_id=2` behind it.
struct ResourceID: Equatable {
    let type: String
    let number: Int64
    /// The inventory item of a level's id.
    var inventoryItem: Int64?

    init(type: String, number: Int64, inventoryItem: Int64? = nil) {
        self.type = type
        self.number = number
        self.inventoryItem = inventoryItem
    }

    init?(_ text: String) {
        let prefix = "gid://shopify/"
        guard text.hasPrefix(prefix) else { return nil }
        let parts = text.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let tail = parts[1].split(separator: "?", maxSplits: 1)
        guard let digits = tail.first, let number = Int64(digits) else { return nil }
        type = String(parts[0])
        self.number = number
        if tail.count == 2, tail[1].hasPrefix("inventory_item_id=") {
            inventoryItem = Int64(tail[1].dropFirst("inventory_item_id=".count))
        }
    }

    static func text(_ type: StaticString, _ number: Int64) -> String { "gid://shopify/\(type)/\(number)" }
}
