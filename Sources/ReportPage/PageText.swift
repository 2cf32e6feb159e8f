import Catalog

/// Numbers, dates and words as the page shows them, in English.
enum PageText {
    /// With commas: 12,345.
    static func number(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        return (number < 0 ? "−" : "") + grouped(Substring(digits))
    }

    /// A number and its noun, such as `1 store` or `1,200 stores`.
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(self.number(number)) \(number == 1 ? one : many)"
    }

    /// A plain decimal with its whole part grouped, such as `1,234.50`; `nil` for any other text.
    static func decimal(_ text: String) -> String? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count <= 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let rest = parts.count == 2 ? ".\(parts[1])" : ""
        return (isNegative ? "−" : "") + grouped(whole) + rest
    }

    /// Such as `23 Nov 2026, 09:00 UTC`.
    static func time(_ time: Timestamp) -> String {
        "\(day(time)), \(time.description.dropFirst(11).prefix(5)) UTC"
    }

    /// The day in UTC, such as `23 Nov 2026`.
    static func day(_ time: Timestamp) -> String {
        let parts = time.description.prefix(10).split(separator: "-")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]), months.indices.contains(month - 1)
        else { return String(time.description.prefix(10)) }
        return "\(day) \(months[month - 1]) \(parts[0])"
    }

    /// Such as `37 s`, `4 min 10 s` or `1 h 5 min`.
    static func duration(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        switch seconds {
        case ..<60: return "\(seconds)\u{A0}s"
        case ..<3600: return "\(seconds / 60)\u{A0}min \(seconds % 60)\u{A0}s"
        default: return "\(number(seconds / 3600))\u{A0}h \(seconds / 60 % 60)\u{A0}min"
        }
    }

    /// A list in a sentence: `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// A field's name for people: `compare-at price`.
    static func field(_ field: CatalogField) -> String {
        switch field {
        case .compareAtPrice: "compare-at price"
        case .inventory: "stock"
        case .productType: "product type"
        case .seoTitle: "SEO title"
        case .seoDescription: "SEO description"
        case .requiresShipping: "requires shipping"
        case .countryOfOrigin: "country of origin"
        case .hsCode: "HS code"
        case .inventoryPolicy: "inventory policy"
        default: field.rawValue
        }
    }

    /// With a full stop, unless it ends with a sign of its own.
    static func sentence(_ text: String) -> String {
        text.last.map { ".?!:…".contains($0) } ?? true ? text : text + "."
    }

    private static func grouped(_ digits: Substring) -> String {
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }
}

extension String {
    /// With its first letter a capital.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
