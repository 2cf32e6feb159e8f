/// The `query:` argument of listings: `name:value` terms that all have to hold.
///
/// As the real API does, a name that is not known is ignored, so that everything matches.
struct SearchFilter {
    private var terms: [(name: String, value: String)] = []

    init(_ text: String?) {
        guard let text else { return }
        for word in Self.words(of: text) where word != "AND" {
            let pieces = word.split(separator: ":", maxSplits: 1)
            guard pieces.count == 2, Self.known.contains(String(pieces[0])) else { continue }
            let value = pieces[1].filter { $0 != "'" && $0 != "\"" }
            terms.append((String(pieces[0]), String(value)))
        }
    }

    private static let known: Set<String> = [
        "id", "sku", "barcode", "status", "vendor", "product_type", "tag", "handle", "title", "updated_at",
        "created_at",
    ]

    var isEmpty: Bool { terms.isEmpty }

    func matches(_ product: ProductRecord) -> Bool {
        terms.allSatisfy { term in
            switch term.name {
            case "sku": product.variants.contains { $0.sku == term.value }
            case "barcode": product.variants.contains { $0.barcode == term.value }
            case "updated_at": Self.compares(product.updatedAt, term.value)
            case "created_at": Self.compares(product.createdAt, term.value)
            default: Self.holds(term, of: product, number: product.number)
            }
        }
    }

    func matches(_ variant: VariantRecord) -> Bool {
        terms.allSatisfy { term in
            switch term.name {
            case "sku": variant.sku == term.value
            case "barcode": variant.barcode == term.value
            case "updated_at": Self.compares(variant.updatedAt, term.value)
            case "created_at": Self.compares(variant.createdAt, term.value)
            default: Self.holds(term, of: variant.product, number: variant.number)
            }
        }
    }

    private static func holds(_ term: (name: String, value: String), of product: ProductRecord, number: Int64) -> Bool {
        switch term.name {
        case "id": String(number) == term.value
        case "status": term.value.split(separator: ",").contains { product.status.lowercased() == $0.lowercased() }
        case "vendor": product.vendor.lowercased() == term.value.lowercased()
        case "product_type": product.productType.lowercased() == term.value.lowercased()
        case "tag": product.tags.contains { $0.lowercased() == term.value.lowercased() }
        case "handle": product.handle == term.value
        case "title": product.title.lowercased().contains(term.value.lowercased())
        default: true
        }
    }

    /// Whether a time stands to `>2026-01-01T00:00:00Z` (or `>=`, `<`, `<=`, nothing) as asked; times are in UTC.
    private static func compares(_ seconds: Int64, _ condition: String) -> Bool {
        let sign = condition.prefix { "<>=".contains($0) }
        let moment = Timestamp.text(seconds)
        let limit = condition.dropFirst(sign.count)
        return switch sign {
        case ">": moment > limit
        case ">=": moment >= limit
        case "<": moment < limit
        case "<=": moment <= limit
        default: moment.hasPrefix(limit)
        }
    }

    /// Words parted by blanks that are not inside quotes.
    private static func words(of text: String) -> [String] {
        var words: [String] = [""]
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == " " {
                words.append("")
                continue
            }
            words[words.count - 1].append(character)
        }
        return words.filter { !$0.isEmpty }
    }
}
