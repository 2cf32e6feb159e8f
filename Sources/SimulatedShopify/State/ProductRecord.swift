/// A product in a running store.
///
/// Only touched under the store's lock.
final class ProductRecord {
    let number: Int64
    var handle: String
    var title: String
    var descriptionHtml: String
    var vendor: String
    var productType: String
    private(set) var tags: [String]
    var status: String
    var seoTitle: String?
    var seoDescription: String?
    var options: [String]
    var variants: [VariantRecord] = []
    var collections: [CollectionRecord] = []
    let createdAt: Int64
    var updatedAt: Int64

    init(number: Int64, _ product: SimulatedProduct, handle: String, at now: Int64) {
        self.number = number
        self.handle = handle
        title = product.title
        descriptionHtml = product.description
        vendor = product.vendor
        productType = product.productType
        tags = Self.normalised(product.tags)
        status = product.status
        seoTitle = product.seoTitle
        seoDescription = product.seoDescription
        options = product.options
        createdAt = now
        updatedAt = now
    }

    var id: String { ResourceID.text("Product", number) }

    func setTags(_ tags: [String]) { self.tags = Self.normalised(tags) }

    /// Tags as the API gives them back: trimmed, once each whatever their case, sorted.
    static func normalised(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        let kept = tags.map(\.trimmed).filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
        return kept.sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}
