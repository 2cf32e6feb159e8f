import Foundation
import Testing

@testable import SimulatedShopify

@Suite struct LoadingTests {
    static let csv = #"""
        \#u{FEFF}Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,SEO Title,Variant Weight Unit,Cost per item,Status\#r
        pot,"Clay ""Pot""","<p>Line one,
        line two</p>",Kiln,Garden,"Pot, Plants",Size,Regular,Colour,Red,,1250.0,shopify,3,continue,9.99,12.00,true,false,'0123456,http://x/1.jpg,Pot seo,kg,4.00,draft
        pot,,,,,,,Large,,Red,POT-L,0,,-1,deny,19.99,,false,true,,,,g,,
        pot,,,,,,,,,,,,,,,,,,,,http://x/2.jpg,,,,
        cup,Cup,,,,,Title,Default Title,,,,,,,,5,,,,,,,,,
        """#

    @Test func `an export's odd rows become products`() throws {
        let products = try ProductCSV.products(
            of: Array(Self.csv.utf8),
            file: "x.csv",
            location: "Main",
            fillsSKUs: true
        )
        #expect(
            products == [
                SimulatedProduct(
                    handle: "pot",
                    title: "Clay \"Pot\"",
                    description: "<p>Line one,\nline two</p>",
                    vendor: "Kiln",
                    productType: "Garden",
                    tags: ["Pot", "Plants"],
                    status: "DRAFT",
                    seoTitle: "Pot seo",
                    options: ["Size", "Colour"],
                    variants: [
                        SimulatedVariant(
                            sku: "POT-1",
                            price: "9.99",
                            compareAtPrice: "12.00",
                            cost: "4.00",
                            barcode: "0123456",
                            optionValues: ["Regular", "Red"],
                            taxable: false,
                            inventoryPolicy: "CONTINUE",
                            weight: SimulatedWeight(value: 1.25, unit: "KILOGRAMS"),
                            inventory: ["Main": 3]
                        ),
                        SimulatedVariant(
                            sku: "POT-L",
                            price: "19.99",
                            optionValues: ["Large", "Red"],
                            requiresShipping: false,
                            tracked: false,
                            weight: SimulatedWeight(value: 0, unit: "GRAMS"),
                            inventory: ["Main": -1]
                        ),
                    ]
                ),
                SimulatedProduct(
                    handle: "cup",
                    title: "Cup",
                    variants: [
                        SimulatedVariant(sku: "CUP-1", price: "5", tracked: false, inventory: ["Main": 0])
                    ]
                ),
            ]
        )
    }

    @Test(arguments: [
        ("", 1), ("a,b\n1,2", 1), ("Handle,Title\n,x", 2), ("Handle,Title,Variant Price\na,x,1\nb,\"open", 3),
        ("Handle,Title,Variant Price\na,x,1.2.3", 2), ("Handle,Title,Variant Price\na,,1", 2),
    ])
    func `a file that is no export names its line`(text: String, line: Int) {
        #expect {
            try ProductCSV.products(of: Array(text.utf8), file: "x.csv", location: "Main", fillsSKUs: false)
        } throws: { error in
            guard case .badCSV("x.csv", line: let found, _)? = error as? SimulatorError else { return false }
            return found == line
        }
    }

    @Test func `a made-up catalogue is the same for the same seed and loads into a store`() throws {
        let generator = CatalogueGenerator(variants: 400, seed: 9, blankSKUs: 4, duplicateSKUs: 3)
        let products = generator.products(digits: 2, locations: ["A", "B"])
        #expect(products == generator.products(digits: 2, locations: ["A", "B"]))
        #expect(products != CatalogueGenerator(variants: 400, seed: 10).products(digits: 2, locations: ["A", "B"]))
        let variants = products.flatMap(\.variants)
        #expect(variants.count == 400)
        #expect(variants.count { $0.sku?.isEmpty ?? true } == 4)
        #expect(Set(variants.compactMap(\.sku).filter { !$0.isEmpty }).count == 400 - 4 - 3)
        #expect(variants.contains { $0.compareAtPrice == nil } && variants.contains { $0.cost == nil })
        #expect(variants.contains { !$0.tracked } && variants.contains { $0.inventory["B"] == nil })
    }

    private static let prices: [(String, String, String, String, String, String)] = [
        ("USD", "EUR", "0.9250", "0", "10.00", "9.25"), ("USD", "EUR", "0.5", "0", "0.01", "0.00"),
        ("USD", "EUR", "0.5", "0", "0.03", "0.02"), ("USD", "JPY", "149.5", "10", "19.99", "3287"),
        ("JPY", "USD", "0.0067", "0", "1000", "6.70"), ("USD", "KWD", "0.3075", "0", "19.99", "6.147"),
        ("EUR", "EUR", "1", "20", "19.99", "23.99"),
    ]

    /// MO-2: exact, and rounded once, half to even.
    @Test(arguments: prices)
    func `mirrored prices are converted exactly`(
        from: String,
        to: String,
        rate: String,
        markup: String,
        price: String,
        expected: String
    ) throws {
        var settings = MirrorSettings()
        settings.rate = rate
        settings.markupPercent = markup
        let source = SimulatedProduct(
            title: "T",
            variants: [SimulatedVariant(sku: "A", price: price, inventory: ["S": 2])]
        )
        let made = try CatalogueMirror.make(of: [source], in: from, for: to, locations: ["D"], settings)
        #expect(made.products.first?.variants.first?.price == expected)
        #expect(made.products.first?.variants.first?.inventory == ["D": 2])
        #expect(made.truth == MirrorTruth())
    }

    @Test func `a mirror keeps the handles that the source store made unique`() async throws {
        let twins = ["A", "B", "C"].map { sku in
            SimulatedProduct(title: "Twin", variants: [SimulatedVariant(sku: sku, price: "1")])
        }
        var settings = MirrorSettings()
        settings.missing = 1
        settings.locations = ["Main": ["Main"]]
        let made = try CatalogueMirror.make(of: twins, in: "EUR", for: "EUR", locations: ["Main"], settings)
        let source = try SimulatedStore(SimulatedStoreConfiguration(shop: "s.myshopify.com", products: twins))
        let mirror = try SimulatedStore(SimulatedStoreConfiguration(shop: "m.myshopify.com", products: made.products))
        for product in made.products {
            let sku = product.variants[0].sku ?? ""
            let handles = [source, mirror].map { $0.variants(sku: sku).first?["product"]?["handle"] }
            #expect(handles[0] == handles[1])
        }
        #expect(made.products.count == 2)
    }

    @Test func `the truth is exactly what differs`() throws {
        let source = CatalogueGenerator(variants: 600, seed: 2, blankSKUs: 2, duplicateSKUs: 2)
            .products(digits: 2, locations: ["A", "B"])
        var plain = MirrorSettings()
        plain.rate = "0.9250"
        plain.markupPercent = "20"
        plain.locations = ["D": ["A", "B"]]
        var settings = plain
        settings.driftEverywhere(permille: 30)
        settings.missing = 6
        settings.extra = 4
        settings.blank = 3
        settings.duplicate = 2
        settings.seed = 5
        let clean = try CatalogueMirror.make(of: source, in: "USD", for: "EUR", locations: ["D"], plain)
        let drifted = try CatalogueMirror.make(of: source, in: "USD", for: "EUR", locations: ["D"], settings)
        let left = Self.rows(clean.products)
        let right = Self.rows(drifted.products)
        var found: Set<String> = []
        for (sku, fields) in left {
            guard let other = right[sku], fields.count == 1, other.count == 1 else { continue }
            for (name, value) in fields[0] where other[0][name] != value {
                found.insert("\(sku)|\(name)|\(value)|\(other[0][name] ?? "")")
            }
        }
        let told = Set(
            drifted.truth.drifts.map { "\($0.sku)|\($0.field)|\($0.expected ?? "nil")|\($0.drifted ?? "nil")" }
        )
        #expect(found == told)
        #expect(told.count > 100)
        #expect(Set(drifted.truth.drifts.map(\.field)) == Set(MirrorSettings.fields))
        #expect(drifted.truth.missing.count == 9)
        #expect(drifted.truth.extra.count == 4)
        #expect(drifted.truth.blank.count == 5)
        #expect(drifted.truth.duplicate.count == 4)
    }

    /// Every field of every variant as text, by SKU.
    private static func rows(_ products: [SimulatedProduct]) -> [String: [[String: String]]] {
        var rows: [String: [[String: String]]] = [:]
        for product in products {
            for variant in product.variants {
                guard let sku = variant.sku, !sku.isEmpty else { continue }
                rows[sku, default: []].append([
                    "title": product.title, "description": product.description, "vendor": product.vendor,
                    "product_type": product.productType, "status": product.status, "handle": product.handle,
                    "tags": ProductRecord.normalised(product.tags).joined(separator: ", "),
                    "seo_title": product.seoTitle ?? "nil", "seo_description": product.seoDescription ?? "nil",
                    "price": variant.price, "compare_at_price": variant.compareAtPrice ?? "nil",
                    "cost": variant.cost ?? "nil",
                    "barcode": variant.barcode ?? "nil",
                    "weight": variant.weight.map { "\($0.value) \($0.unit)" } ?? "nil",
                    "taxable": "\(variant.taxable)", "requires_shipping": "\(variant.requiresShipping)",
                    "country_of_origin": variant.countryOfOrigin ?? "nil", "hs_code": variant.hsCode ?? "nil",
                    "inventory_policy": variant.inventoryPolicy, "tracked": "\(variant.tracked)",
                    "inventory": variant.inventory["D"].map { "\($0)" } ?? "nil",
                ])
            }
        }
        return rows
    }

    @Test func `the example scenario makes its stores`() throws {
        let scenario = try Scenario(text: Scenario.example, file: "example.yaml")
        #expect(
            scenario.stores.map(\.shop) == [
                "northwind-supply.myshopify.com", "lumen-home.myshopify.com", "akari-store.myshopify.com",
            ]
        )
        #expect(scenario.stores.map(\.port) == [8701, 8702, 8703])
        #expect(scenario.stores[0].truth == nil)
        #expect(scenario.stores[1].truth?.drifts.isEmpty == false)
        #expect(scenario.stores[2].catalogue["currency"] == "JPY")
    }

    @Test(arguments: [
        "stores: []", "stores: [{ currency: EUR }]", "stores: [{ shop: a.myshopify.com }]", "shops: []", "a: [",
        "stores: [{ shop: a.myshopify.com, currency: EUR, colour: red }]",
        "stores: [{ shop: a.myshopify.com, currency: EUR, mirror_of: b.myshopify.com }]",
        "stores: [{ shop: a.myshopify.com, currency: EUR, catalogue: { csv: nowhere.csv } }]",
        "stores: [{ shop: a.myshopify.com, currency: JPY, catalogue: { products: [{ title: x, price: 1.5 }] } }]",
    ])
    func `a scenario that cannot be is refused`(text: String) {
        #expect(throws: SimulatorError.self) { try Scenario(text: text, file: "s.yaml") }
    }

    @Test func `a scenario takes inline products and a CSV beside it`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "scenario-\(UInt64.random(in: 0...UInt64.max))"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.csv.utf8).write(to: folder.appendingPathComponent("x.csv"))
        let text = """
            stores:
              - { shop: a.myshopify.com, currency: EUR, catalogue: { csv: x.csv, sku_fill: true } }
              - shop: b.myshopify.com
                currency: EUR
                client: { id: app, secret: s }
                locations: [One, { name: Two, active: false }]
                catalogue: { products: [{ title: Lamp, tags: [a], variants: [{ sku: L, price: "1.50", inventory: { One: 4 } }] }] }
            """
        let path = folder.appendingPathComponent("s.yaml")
        try Data(text.utf8).write(to: path)
        let stores = try Scenario(path: path.path).stores
        #expect(stores[0].variants(sku: "POT-L").first?["price"] == "19.99")
        #expect(stores[1].variants(sku: "L").first?["inventory"] == ["One": 4])
        #expect(stores[1].accessToken == nil)
    }
}
