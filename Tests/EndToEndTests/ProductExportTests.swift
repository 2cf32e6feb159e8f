import Foundation
import SimulatedShopify
import Testing

/// A Shopify product export as the source's catalogue, odd rows and all.
@Suite struct ProductExportTests {
    /// Byte order mark, quoted line breaks, rows of images only, option names on the first row only, apostrophes before digits,
    /// grams in other units, a currency column of another market, a draft, a blank and a doubled SKU.
    private static let export = #"""
        \#u{FEFF}Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,SEO Title,SEO Description,Variant Weight Unit,Cost per item,Included / Europe,Price / Europe,Compare At Price / Europe,Status
        pot,"Clay ""Pot""","<p>Line one,
        line two</p>
        <p>Ünïcode &amp; more</p>",Kiln,Garden,"Pot, Plants, pot",true,Size,Regular,Colour,Red,POT-R,1250,shopify,3,continue,manual,9.99,12.00,true,false,'0123456789,https://x.example/1.jpg,1,Pot seo,"Said, ""twice""",kg,4.00,true,8.00,,active
        pot,,,,,,,,Large,,Red,POT-L,2500,shopify,0,deny,manual,19.99,,true,true,'0123456790,,,,,g,8.10,true,,,
        pot,,,,,,,,Huge,,Red,,907,shopify,8,deny,manual,29.99,,true,true,,,,,,lb,,true,,,
        pot,,,,,,,,,,,,,,,,,,,,,,https://x.example/2.jpg,2,,,,,,,,
        cup,Cup,,Kiln,,,true,Title,Default Title,,,'00123,340,shopify,12,deny,manual,5.50,7.00,true,true,,,,,,oz,2.00,true,,,active
        gift,Gift Card,"=HYPERLINK(""x"")",Kiln,Gift Cards,gift,true,Amount,10,,,GIFT-10,0,,0,continue,manual,10.00,,false,false,,,,,,kg,,true,,,active
        lamp,Lamp,<p>Old</p>,Kiln,Light,,false,Title,Default Title,,,LAMP,900,shopify,4,deny,manual,49.00,,true,true,,,,,,g,,true,,,draft
        twin-a,Twin A,,Kiln,,,true,Title,Default Title,,,TWIN,100,shopify,1,deny,manual,3.00,,true,true,,,,,,g,,true,,,active
        twin-b,Twin B,,Kiln,,,true,Title,Default Title,,,TWIN,100,shopify,2,deny,manual,4.00,,true,true,,,,,,g,,true,,,active

        """#

    @Test func `an export with every odd row is kept true like any other store`() async throws {
        let scenario = Self.scenario(file: "$FOLDER/export.csv", fillsSKUs: false, drift: "40%")
        let text = Self.export.replacing("\n        ", with: "\n")
        try await Stage.with(scenario, files: ["export.csv": text]) { stage in
            let source = Catalogue(stage.source)
            // What the rows say, told once more by hand.
            #expect(Set(source.items.keys) == ["POT-R", "POT-L", "00123", "GIFT-10", "LAMP", "TWIN"])
            #expect(source.blanks == 1)
            #expect(source.duplicates == ["TWIN"])
            #expect(source.only("POT-R")?.text("barcode") == "0123456789")
            #expect(source.only("POT-L")?.variant["option_values"] == ["Large", "Red"])
            #expect(source.only("GIFT-10")?.text("tracked") == "false")
            try await Self.campaign(stage)
        }
    }

    @Test(
        .enabled(if: Place.shared("data/product-csv") != nil, "no real exports beside the repository"),
        arguments: [
            "packt-theme-course-export.csv", "shopifypartners-home-and-garden.csv", "shopifypartners-jewelery.csv",
        ]
    )
    func `a real export is kept true like any other store`(_ name: String) async throws {
        let file = try #require(Place.shared("data/product-csv/\(name)"))
        try await Stage.with(Self.scenario(file: file, fillsSKUs: true, drift: "15%")) { stage in
            #expect(Catalogue(stage.source).items.count >= 10)
            try await Self.campaign(stage)
        }
    }

    private static func scenario(file: String, fillsSKUs: Bool, drift: String) -> String {
        """
        stores:
          - shop: \(Scenarios.source)
            currency: USD
            token: $TOKEN
            locations: [Rotterdam]
            catalogue: { csv: "\(file)", sku_fill: \(fillsSKUs) }
          - shop: \(Scenarios.euro)
            currency: EUR
            token: $TOKEN
            locations: [Amsterdam]
            mirror_of: \(Scenarios.source)
            mirror: { rate: "0.9250", markup: 20%, drift: \(drift), missing: 1, extra: 1, seed: 11 }
          - shop: \(Scenarios.yen)
            currency: JPY
            token: $TOKEN
            locations: [Osaka]
            mirror_of: \(Scenarios.source)
            mirror: { rate: "157.35", markup: 35%, drift: \(drift), seed: 12 }

        """
    }

    /// Everything locked, approved, run; the rows are the truth's, and nothing is left to write.
    private static func campaign(_ stage: Stage) async throws {
        stage.settings.fields = StageSettings.allLocked
        stage.settings.destinations = Scenarios.rules
        try await stage.found()
        let source = Catalogue(stage.source)
        let expected = stage.destinations.map { ExpectedRows.drifted($0, from: source) }
        #expect(expected.allSatisfy { !$0.isEmpty })
        try await stage.acceptFirstPlans(held: true)
        let run = try await stage.synctec("run", "--json")
        #expect([0, 1].contains(run.status), "\(run.errors)")
        let document: RunDocument = try run.document()
        for (store, rows) in zip(stage.destinations, expected) {
            let file = try stage.csv("\(store.shop.prefix { $0 != "." })/corrections.csv", of: document)
            #expect(file.rows.allSatisfy { $0["outcome"] == "applied" })
            #expect(Set(file.rows.map(ExpectedRows.Row.init)).symmetricDifference(rows) == [])
            #expect(file.rows.count == rows.count)
        }
        stage.resetCounters()
        let again = try await stage.synctec("run", "--json")
        #expect(again.status == run.status, "\(again.errors)")
        #expect(try again.document(RunDocument.self).destinations.flatMap(\.corrections) == [])
        #expect(stage.writes == 0)
    }
}
