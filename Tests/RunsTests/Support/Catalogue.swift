import Pricing
import SimulatedShopify

/// Small catalogues whose numbers are easy to follow: the source in USD, the destination in EUR at 0.5 and a markup of 20 %.
enum Catalogue {
    /// LAMP-00, LAMP-01, … at 10.00, 20.00, … USD, ten of each in stock.
    static func lamps(_ count: Int, stock: Int = 10, location: String = "Rotterdam") -> [SimulatedProduct] {
        (0..<count).map { lamp($0, stock: stock, location: location) }
    }

    static func sku(_ number: Int) -> String { number < 10 ? "LAMP-0\(number)" : "LAMP-\(number)" }

    static func lamp(_ number: Int, stock: Int = 10, location: String = "Rotterdam") -> SimulatedProduct {
        SimulatedProduct(
            handle: "lamp-\(number)",
            title: "Lamp \(number)",
            vendor: "Acme",
            variants: [
                SimulatedVariant(sku: sku(number), price: "\((number + 1) * 10).00", inventory: [location: stock])
            ]
        )
    }

    static func source(_ products: [SimulatedProduct]) -> SimulatedStoreConfiguration {
        SimulatedStoreConfiguration(
            shop: "northwind-supply.myshopify.com",
            currency: "USD",
            products: products,
            locations: [SimulatedLocation(name: "Rotterdam")],
            seed: 1
        )
    }

    /// A store that sells the same in its own currency, exactly as it should be.
    static func destination(
        of products: [SimulatedProduct],
        name: String = "lumen-home",
        currency: String = "EUR",
        seed: UInt64 = 2,
        location: String = "Amsterdam"
    ) -> SimulatedStoreConfiguration {
        let own = products.map { product in
            var own = product
            for index in own.variants.indices {
                own.variants[index].price = price(own.variants[index].price)
                own.variants[index].inventory = Dictionary(
                    own.variants[index].inventory.map { (location, $0.value) },
                    uniquingKeysWith: +
                )
            }
            return own
        }
        return SimulatedStoreConfiguration(
            shop: "\(name).myshopify.com",
            currency: currency,
            products: own,
            locations: [SimulatedLocation(name: location)],
            seed: seed
        )
    }

    /// 10.00 USD × 0.5 × 1.2 = 6.00 EUR.
    static func price(_ dollars: String) -> String {
        let whole = dollars.split(separator: ".").first.flatMap { Int($0) } ?? 0
        let cents = whole * 60
        return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    /// Rates per US dollar, of the day of the pretend world.
    static func rates(_ euro: String = "0.5000", date: String = "2026-11-23") throws -> RateTable {
        try RateTable(
            table: [(code: "EUR", text: euro), (code: "JPY", text: "100")],
            base: .usd,
            date: try day(date),
            origin: "test table"
        )
    }

    static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else {
            throw PricingError.rateNotPositive(from: .usd, to: .usd, value: text)
        }
        return day
    }
}
