public import Catalog

/// Limits of the platform that a value is held against before it is sent, since nothing may be cut short silently
/// (FAULTS AP-9; Admin API, "Products": 255 signs, 250 tags).
public enum PlatformLimits {
    /// Most signs of a title, vendor, product type, handle, tag or search engine title.
    public static let textLength = 255
    /// Most tags of a product.
    public static let tags = 250
    /// Largest quantity either way.
    public static let quantity: Int64 = 1_000_000_000

    /// What is over a limit, in words; `nil` where the value fits.
    public static func objection(to value: FieldValue, field: CatalogField) -> String? {
        switch (field, value) {
        case (.title, .text(let text)), (.vendor, .text(let text)), (.productType, .text(let text)),
            (.handle, .text(let text)), (.seoTitle, .text(let text)):
            let length = text.unicodeScalars.count
            return length > textLength ? "\(length) signs, \(textLength) are the most" : nil
        case (.tags, .tags(let list)):
            if list.count > tags { return "\(list.count) tags, \(tags) are the most" }
            let longest = list.map { $0.unicodeScalars.count }.max() ?? 0
            return longest > textLength ? "a tag of \(longest) signs, \(textLength) are the most" : nil
        case (.inventory, .quantity(let count)):
            return abs(count) > quantity ? "\(count) units, \(quantity) are the most" : nil
        case (.status, .text(let word)):
            return ["ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"].contains(word) ? nil : "the status \(word) is not known"
        case (.inventoryPolicy, .text(let word)):
            return ["DENY", "CONTINUE"].contains(word) ? nil : "the inventory policy \(word) is not known"
        default: return nil
        }
    }
}
