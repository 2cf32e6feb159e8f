/// Scenarios that several tests play.
enum Scenarios {
    static let source = "north-supply.myshopify.com"
    static let euro = "lumen-home.myshopify.com"
    static let yen = "kumo-living.myshopify.com"

    /// A supplier in dollars and resellers in euro and yen, drifted by a seed.
    static func threeStores(
        variants: Int,
        seed: Int,
        drift: String,
        missing: Int = 3,
        extra: Int = 2,
        blank: Int = 2,
        duplicate: Int = 2
    ) -> String {
        """
        stores:
        \(supplier(variants: variants, seed: seed, blank: blank, duplicate: duplicate))
          - shop: \(euro)
            currency: EUR
            token: $TOKEN
            locations: [Amsterdam]
            mirror_of: \(source)
            mirror: { rate: "0.9250", markup: 20%, drift: \(drift), missing: \(missing), extra: \(extra), blank: \(blank), duplicate: \(duplicate), seed: \(seed + 1) }
          - shop: \(yen)
            currency: JPY
            token: $TOKEN
            locations: [Osaka]
            mirror_of: \(source)
            mirror: { rate: "157.35", markup: 35%, drift: \(drift), missing: \(missing), extra: \(extra), blank: \(blank), duplicate: \(duplicate), seed: \(seed + 2) }

        """
    }

    /// A supplier in dollars and one reseller in euro.
    static func twoStores(variants: Int, seed: Int, drift: String = "0") -> String {
        """
        stores:
        \(supplier(variants: variants, seed: seed, blank: 0, duplicate: 0))
          - shop: \(euro)
            currency: EUR
            token: $TOKEN
            locations: [Amsterdam]
            mirror_of: \(source)
            mirror: { rate: "0.9250", markup: 20%, drift: \(drift), seed: \(seed + 1) }

        """
    }

    /// Small stores a test can know by heart: A-1 to A-`count` at 10.00, 11.00, …, five units each.
    static func plain(_ count: Int, destinations: [String] = [euro]) -> String {
        let products = (1...count).map {
            "{ title: Thing \($0), variants: [{ sku: A-\($0), price: \"\(9 + $0).00\", inventory: 5 }] }"
        }
        var text = """
            stores:
              - shop: \(source)
                currency: USD
                token: $TOKEN
                locations: [Rotterdam]
                catalogue: { products: [\(products.joined(separator: ", "))] }

            """
        for shop in destinations {
            text += """
                  - shop: \(shop)
                    currency: EUR
                    token: $TOKEN
                    locations: [Amsterdam]
                    mirror_of: \(source)
                    mirror: { rate: "0.9250", markup: 20% }

                """
        }
        return text
    }

    /// The price rule of the stores that are mirrored in euro.
    static let usualRule = "price_rules: [{ markup: 20% }]"

    /// The price rules that the mirrored stores of ``threeStores(variants:seed:drift:missing:extra:blank:duplicate:)`` follow.
    static let rules = [
        euro: [usualRule], yen: ["price_rules: [{ markup: 35% }]"],
    ]

    private static func supplier(variants: Int, seed: Int, blank: Int, duplicate: Int) -> String {
        """
          - shop: \(source)
            currency: USD
            token: $TOKEN
            locations: [Rotterdam, Venlo]
            catalogue: { generate: { variants: \(variants), seed: \(seed), blank: \(blank), duplicate: \(duplicate) } }
        """
    }
}
