import Foundation
import Glibc
import Testing

/// `synctec compare` as it is built, on files of one's own and on real exports.
@Suite struct CompareTests {
    /// A supplier's export: odd rows and all, prices in USD.
    private static let supplier = #"""
        Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,SEO Title,SEO Description,Variant Weight Unit,Cost per item,Price / Europe,Status
        pot,"Clay ""Pot""","<p>One,
        two</p>",Kiln,Garden,"Pot, Plants",true,Size,Regular,Colour,Red,POT-R,1250.0,shopify,3,continue,9.90,12.00,true,false,'0123456789,https://x.example/1.jpg,Pot seo,"Said, ""twice""",kg,4.00,8.00,active
        pot,,,,,,,,Large,,Red,POT-L,2500,shopify,7,deny,20.00,,true,true,'0123456790,,,,kg,8.10,,
        pot,,,,,,,,Huge,,Red,POT-H,5000,shopify,7,deny,30.00,,true,true,,,,,kg,,,
        pot,,,,,,,,,,,,,,,,,,,,,https://x.example/2.jpg,,,,,,
        cup,Cup,,Kiln,,,true,Title,Default Title,,,'00123,340,,12,deny,5.50,7.00,false,true,,,,,oz,2.00,,active
        lamp,Lamp,<p>New</p>,Kiln,Light,,true,Title,Default Title,,,LAMP,900,shopify,4,deny,49.00,,true,true,,,,,g,,,active
        twin-a,Twin A,,Kiln,,,true,Title,Default Title,,,TWIN,100,shopify,1,deny,3.00,,true,true,,,,,g,,,active
        twin-b,Twin B,,Kiln,,,true,Title,Default Title,,,TWIN,100,shopify,2,deny,4.00,,true,true,,,,,g,,,active

        """#

    /// A reseller's, in EUR at 0.9: drifted, with a product of its own, without one, and with own handles.
    private static let reseller = #"""
        Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,SEO Title,SEO Description,Variant Weight Unit,Cost per item,Price / Europe,Status
        clay-pot,Old pot,<p>Old</p>,Kiln,Garden,"plants,POT",true,Size,Regular,Colour,Red,POT-R,1250,shopify,3,continue,8.91,10.80,true,false,0123456789,,Pot seo,"Said, ""twice""",kg,3.60,5.55,active
        clay-pot,,,,,,,,Large,,Red,POT-L,2400,shopify,9,deny,17.00,18.50,true,true,,,,,kg,7.29,,
        clay-pot,,,,,,,,Huge,,Red,POT-H,5000,shopify,7,deny,27.00,,true,true,,,,,kg,,,
        mug,Cup,,Kiln,,"a, b",true,Title,Default Title,,,'00123,340,,12,deny,4.95,6.30,false,true,,,,,oz,1.80,,draft
        own,Own,,Own,,,true,Title,Default Title,,,OWN-1,1,shopify,1,deny,1.00,,true,true,,,,,g,,,active
        twin,Twin,,Kiln,,,true,Title,Default Title,,,TWIN,100,shopify,1,deny,1.00,,true,true,,,,,g,,,active

        """#

    /// One product with a cost, as a bulk operation writes it.
    private static let lines = """
        {"id":"gid://shopify/Product/1","title":"A"}
        {"id":"gid://shopify/ProductVariant/2","sku":"A-1","price":"1.5","inventoryItem":{"id":"gid://shopify/InventoryItem/3","unitCost":{"amount":"1.0","currencyCode":"USD"}},"__parentId":"gid://shopify/Product/1"}

        """

    private struct Row: Hashable {
        let sku: String
        let field: String
        let new: String
    }

    private static let rate = ["--source-currency", "USD", "--rate", "EUR=0.9"]

    @Test func `quiet, only the folder is printed; several files have folders that still read like their names`()
        async throws
    {
        let place = try Folder()
        let left = try place.write("a.csv", Self.supplier)
        let first = try place.write("lumen-home.myshopify.com.csv", Self.reseller)
        let second = try place.write("our_shop.v2.csv", Self.supplier)
        let out = "\(place.path)/out"
        let words = [left, first, second, "--out", out, "--source-currency", "USD", "--rate", "EUR=0.9", "--quiet"]
        let run = try await place.compare(words + ["--destination-currency", "EUR"])
        #expect(run.output == "\(out)\n")
        #expect(run.errors == "status \(run.lastLine.dropFirst("status ".count))\n")
        let folders = try FileManager.default.contentsOfDirectory(atPath: out).filter { $0.first?.isNumber == true }
        #expect(folders.sorted() == ["1-lumen-home.myshopify.com", "2-our_shop.v2"])
    }

    @Test func `a dash is standard input, once, and not a terminal's`() async throws {
        let place = try Folder()
        let left = try place.write("a.jsonl", Self.lines)
        let bash = try #require(Place.program("bash"))
        func shell(_ line: String) async throws -> Child.Ended {
            try await Child(
                bash,
                ["-c", line],
                environment: Place.environment(home: place.path),
                folder: place.path,
                name: "dash"
            ).ended()
        }
        let amounts = "--source-currency USD --destination-currency USD --quiet"
        let piped = try await shell("gzip -c \(left) | \(Place.synctec) compare - \(left) \(amounts) --out one")
        #expect(piped.status == 0, "\(piped.errors)")
        #expect(piped.output == "one\n")
        let read = try await shell("\(Place.synctec) compare \(left) - \(amounts) --out two < \(left)")
        #expect(read.status == 0, "\(read.errors)")
        let twice = try await shell("\(Place.synctec) compare - - < \(left)")
        #expect(twice.status == 64)
        #expect(twice.errors.contains("- is standard input, which holds one file"))
        guard Place.program("script") != nil else { return }
        let terminal = try await shell("script -qec '\(Place.synctec) compare - \(left)' /dev/null")
        #expect(terminal.status == 64)
        #expect(terminal.output.contains("nothing is piped into it"))
    }

    @Test func `two product exports give a report and a file that Shopify's import puts right`() async throws {
        let place = try Folder()
        let (left, right) = (try place.write("a.csv", Self.supplier), try place.write("b.csv", Self.reseller))
        let run = try await place.compare([left, right, "--json", "--out", "\(place.path)/out"] + Self.rate)
        #expect(run.status == 1, "\(run.errors)")
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        let part = try #require(document.destinations.first)
        #expect(part.form == "product csv")
        #expect(part.counts.compared == 4)
        #expect(part.counts.missing == 1)
        #expect(part.counts.extra == 1)
        #expect(part.counts.source.duplicate_skus == 1)
        #expect(part.counts.source.duplicate_rows == 2)
        #expect(part.counts.drifted_skus == 4)
        let corrections = try place.csv("out/corrections.csv")
        let rows = Set(
            corrections.rows.map { Row(sku: $0["sku"] ?? "", field: $0["field"] ?? "", new: $0["new"] ?? "") }
        )
        #expect(rows.contains(Row(sku: "POT-L", field: "price", new: "18.00")))
        #expect(rows.contains(Row(sku: "POT-L", field: "compare_at_price", new: "")))
        #expect(
            rows.contains(Row(sku: "POT-L", field: "barcode", new: "'0123456790"))
                || rows.contains(Row(sku: "POT-L", field: "barcode", new: "0123456790"))
        )
        #expect(rows.contains(Row(sku: "POT-L", field: "inventory", new: "7")))
        #expect(
            rows.contains(Row(sku: "00123", field: "status", new: "active"))
                || rows.contains(Row(sku: "00123", field: "status", new: "ACTIVE"))
        )
        #expect(!rows.contains { $0.field == "handle" })
        #expect(corrections.rows.allSatisfy { $0["product_id"] == "" && $0["variant_id"] == "" })
        let findings = try place.csv("out/findings.csv")
        #expect(findings.rows.allSatisfy { $0["link"] == "" })
        #expect(
            findings.rows.contains {
                $0["kind"] == "missing" && $0["detail"]?.hasPrefix("line 8, handle lamp:") == true
            }
        )
        #expect(
            findings.rows.contains { $0["kind"] == "extra" && $0["detail"]?.hasPrefix("line 6, handle own:") == true }
        )

        let imported = try ImportedExport(export: Self.reseller, importing: try place.text("out/import.csv"))
        // Only the columns that change, and those that identify.
        let header = try #require(try place.text("out/import.csv").split(separator: "\n").first)
        #expect(!header.contains("Price / Europe"))
        #expect(!header.contains("Variant Price / "))
        #expect(!header.contains("Vendor"))
        #expect(!header.contains("Image Src"))
        #expect(!header.contains("Variant SKU"))
        #expect(!(try place.text("out/import.csv")).contains("own,"))
        let after = try place.write("after.csv", imported.text)
        let again = try await place.compare([left, after, "--json", "--out", "\(place.path)/again"] + Self.rate)
        let counts = try #require(
            try JSONDecoder().decode(Document.self, from: Data(again.output.utf8)).destinations.first?.counts
        )
        #expect(counts.drift_rows == 0, "\(counts.drift)")
        #expect(counts.compared == 4)
        // What nobody asked for is as it was.
        let cells = try StrictCSV(imported.text)
        #expect(cells.rows.first?["Price / Europe"] == "5.55")
        #expect(cells.rows.filter { $0["Handle"] == "own" }.map { $0["Variant Price"] } == ["1.00"])
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/again/import.csv"))
    }

    @Test(
        .enabled(if: Place.shared("data/product-csv") != nil, "no real exports beside the repository"),
        arguments: [
            "packt-theme-course-export.csv", "shopifypartners-home-and-garden.csv", "shopifypartners-jewelery.csv",
        ]
    )
    func `a real export is put right by its import file`(_ name: String) async throws {
        let place = try Folder()
        let file = try #require(Place.shared("data/product-csv/\(name)"))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let source = try Drifted(text, seed: 1).withSKUs
        let destination = try Drifted(source, seed: 2).drifted
        let (left, right) = (try place.write("a.csv", source), try place.write("b.csv", destination))
        let same = try await place.compare([left, left, "--json", "--out", "\(place.path)/same"])
        #expect(same.status == 0, "\(same.output)")
        let run = try await place.compare([left, right, "--json", "--held", "--out", "\(place.path)/out"])
        #expect(run.status == 1, "\(run.errors)")
        let found = try #require(
            try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).destinations.first?.counts
        )
        #expect(found.compared >= 20)
        #expect(found.drift_rows >= 20, "\(found.drift)")
        let imported = try ImportedExport(export: destination, importing: try place.text("out/import.csv"))
        let after = try place.write("after.csv", imported.text)
        let again = try await place.compare([left, after, "--json", "--out", "\(place.path)/again"])
        #expect(again.status == 0, "\(again.output)")
    }

    @Test func `policies, rules and aliases of a settings file count as in a run`() async throws {
        let place = try Folder()
        let (left, right) = (try place.write("a.csv", Self.supplier), try place.write("b.csv", Self.reseller))
        let settings = """
            team: SP-TEAM-7KQ2MX
            state: \(place.path)/state
            source: { shop: supplier.myshopify.com }
            fields: { title: create-only, description: ignored, tags: ignored, price: locked }
            rates: { table: { EUR: "0.9" } }
            destinations:
              - shop: reseller.myshopify.com
                price_rules: [ { match: { vendor: Kiln }, markup: 10%, ending: ".95" } ]
                exceptions: { sku: { POT-H: { price: ignored } } }
                sku_aliases: { LAMP: OWN-1 }
                brakes: { price_changes: 100%, held_items: 100, all_of_one_field: 100 }

            """
        let file = try place.write("synctec.yaml", settings)
        let run = try await place.compare([
            left, right, "--settings", file, "--source-currency", "USD", "--destination-currency", "EUR", "--json",
            "--out", "\(place.path)/out", "--held",
        ])
        #expect(run.status == 1, "\(run.errors)")
        let part = try #require(
            try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).destinations.first
        )
        #expect(part.shop == "reseller.myshopify.com")
        #expect(part.counts.missing == 0)
        #expect(part.counts.compared == 5)
        let rows = try place.csv("out/corrections.csv").rows
        let prices = Dictionary(
            rows.filter { $0["field"] == "price" }.map { ($0["sku"] ?? "", $0["new"] ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
        // 20.00 × 0.9 × 1.1 = 19.80, to the nearest price ending in .95.
        #expect(prices["POT-L"] == "19.95")
        #expect(prices["POT-H"] == nil)
        #expect(prices["LAMP"] != nil)
        #expect(!rows.contains { ["title", "description", "tags"].contains($0["field"] ?? "") })
        let header = try #require(try place.text("out/import.csv").split(separator: "\n").first)
        #expect(!header.contains("Body (HTML)"))
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/state"))
    }

    @Test func `a brake of the settings keeps its part out of the import file`() async throws {
        let place = try Folder()
        let (left, right) = (try place.write("a.csv", Self.supplier), try place.write("b.csv", Self.reseller))
        let file = try place.write(
            "synctec.yaml",
            """
            team: SP-TEAM-7KQ2MX
            state: \(place.path)/state
            source: { shop: supplier.myshopify.com }
            fields: { title: locked }
            rates: { table: { EUR: "0.9" } }
            destinations:
              - shop: reseller.myshopify.com
                price_rules: [ { markup: 10% } ]

            """
        )
        let run = try await place.compare([
            left, right, "--settings", file, "--source-currency", "USD", "--destination-currency", "EUR", "--json",
            "--out", "\(place.path)/out",
        ])
        #expect(run.status == 2, "\(run.errors) \(run.output)")
        #expect(run.errors.hasSuffix("status BRAKE\n"))
        let rows = try place.csv("out/corrections.csv").rows
        #expect(rows.contains { $0["field"] == "price" && $0["outcome"] == "braked" })
        let header = try #require(try place.text("out/import.csv").split(separator: "\n").first)
        #expect(!header.contains("Variant Price"))
        #expect(header.hasPrefix("Handle,Title,"))
    }

    @Test func `one source is held against several resellers, each in a folder of its own`() async throws {
        let place = try Folder()
        let left = try place.write("a.csv", Self.supplier)
        let (same, other) = (try place.write("same.csv", Self.supplier), try place.write("b.csv", Self.reseller))
        let run = try await place.compare([
            left, same, other, "--json", "--out", "\(place.path)/out", "--source-currency", "USD",
            "--destination-currency", "USD", "--destination-currency", "EUR", "--rate", "EUR=0.9",
        ])
        #expect(run.status == 1, "\(run.errors)")
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        #expect(document.destinations.map(\.counts.drifted_skus) == [0, 4])
        #expect(document.destinations.map(\.counts.compared) == [5, 4])
        #expect(try place.csv("out/1-same/corrections.csv").rows.isEmpty)
        #expect(!(try place.csv("out/2-b/corrections.csv").rows.isEmpty))
    }

    @Test func `rows of a handle that comes back, and variants without options, are imported right or not at all`()
        async throws
    {
        let place = try Folder()
        let header = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
        let left = try place.write(
            "a.csv",
            header + "a,A,Size,S,A-S,1.00\nb,B,Title,Default Title,B,1.00\na,,,L,A-L,1.00\nc,C,,,C-1,1.00\n"
        )
        let theirs = header + "a,A2,Size,S,A-S,1.10\nb,B2,Title,Default Title,B,1.10\na,,,L,A-L,1.00\nc,C,,,C-1,1.10\n"
        let right = try place.write("b.csv", theirs)
        let run = try await place.compare([left, right, "--out", "\(place.path)/out"])
        #expect(run.status == 1, "\(run.errors)")
        #expect(
            try place.text("out/import.csv")
                == header.replacing("Variant SKU,", with: "")
                + "b,B,Title,Default Title,1.00\n"
        )
        let findings = try place.csv("out/findings.csv").rows
        #expect(findings.map { $0["kind"] } == Array(repeating: "left", count: findings.count))
        #expect(
            findings.contains {
                $0["detail"] == "line 2, handle a: price: rows of this handle are not together in the file"
                    && $0["suggestion"] == "sort the file by handle and compare again"
            }
        )
        #expect(
            findings.contains { $0["detail"]?.hasPrefix("line 5, handle c: price: the export does not tell") == true }
        )
    }

    @Test(arguments: [
        // Without names: whatever the files have in common.
        ("Handle,Variant SKU,Variant Price", "a,A-1,1.00", [], 0, "1 compared, 0 differ"),
        ("Handle,Variant SKU,Variant Price", "a,A-1,1.00", ["--fields", "price"], 0, "1 compared, 0 differ"),
        ("Handle,Variant SKU,Variant Price", "a,A-1,1.00", ["--fields", "price,cost"], 1, "not compared cost"),
        ("Handle,Variant SKU,Variant Price", "a,A-1,1.00", ["--fields", "cost"], 1, "no field could be compared"),
        ("Handle,Variant SKU", "a,A-1", ["--ignore", "status"], 1, "no field could be compared"),
        ("Handle,Variant SKU,Variant Price", "a,,1.00", [], 1, "nothing could be compared"),
    ])
    func `all is well only where what was asked for was compared`(
        _ header: String,
        _ row: String,
        _ words: [String],
        _ status: Int32,
        _ text: String
    ) async throws {
        let place = try Folder()
        let file = try place.write("a.csv", "\(header)\n\(row)\n")
        let run = try await place.compare([file, file, "--out", "\(place.path)/out"] + words)
        #expect(run.status == status, "\(run.output)")
        #expect(run.output.contains(text), "\(run.output)")
    }

    @Test func `settings need to know the currencies`() async throws {
        let place = try Folder()
        let (left, right) = (try place.write("a.csv", Self.supplier), try place.write("b.csv", Self.reseller))
        let file = try place.write(
            "synctec.yaml",
            """
            team: SP-TEAM-7KQ2MX
            state: /nowhere
            source: { shop: supplier.myshopify.com }
            rates: { table: { EUR: "0.9" } }
            destinations: [ { shop: reseller.myshopify.com } ]

            """
        )
        let run = try await place.compare([left, right, "--settings", file, "--out", "\(place.path)/out"])
        #expect(run.status == 64)
        #expect(run.errors.contains("--source-currency"))
    }

    @Test func `a product export may be compared with bulk lines`() async throws {
        let place = try Folder()
        let left = try place.write("a.csv", "Handle,Title,Variant SKU,Variant Price\na,A,A-1,1.00\nb,B,B-1,2.00\n")
        let right = try place.write(
            "b.jsonl",
            """
            {"id":"gid://shopify/Product/1","title":"A"}
            {"id":"gid://shopify/ProductVariant/2","sku":"A-1","price":"1.5","inventoryItem":{"id":"gid://shopify/InventoryItem/3"},"__parentId":"gid://shopify/Product/1"}

            """
        )
        let run = try await place.compare([left, right, "--out", "\(place.path)/out"])
        #expect(run.status == 1, "\(run.errors)")
        let rows = try place.csv("out/corrections.csv").rows
        #expect(rows.map { $0["field"] } == ["price"])
        #expect(rows.first?["variant_id"] == "2")
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/out/import.csv"))
    }

    @Test(arguments: [
        (["nowhere.csv", "b.csv"], 64, "nowhere.csv cannot be opened"),
        (["b.csv"], 64, "destination-file"),
        (["b.csv", "bad.csv"], 3, "bad.csv: line 2, column Variant Price, SKU A: \"1,5\""),
        (["b.csv", "b.csv", "--rate", "0.9"], 64, "--source-currency"),
        (["b.csv", "b.csv", "--rate", "EUR=0.9", "--source-currency", "EUR"], 64, "EUR"),
        (["b.csv", "b.csv", "--rate", "1", "--rates", "x"], 64, "use one of them"),
        (["b.csv", "b.csv", "--source-currency", "USD", "--destination-currency", "EUR"], 64, "--rate EUR="),
        (["b.csv", "b.csv", "--fields", "colour"], 64, "there is no field colour"),
        (["b.csv", "b.csv", "--fields", ","], 64, "--fields names no field"),
        (["b.csv", "b.csv", "--fields", "price", "--ignore", "price"], 64, "--fields and --ignore leave no field"),
        (["b.csv", "b.csv", "--markup", "20"], 64, "--markup takes a percentage with its sign"),
        (["b.csv", "b.csv", "--ending", "x"], 64, "--ending takes the decimals of a price, such as .99"),
        (["b.csv", "b.csv", "--rounding", "up"], 64, "--rounding takes half-even, whole, or an amount"),
        (["b.csv", "b.csv", "--rounding", "0"], 64, "--rounding"),
        (["nowhere.csv", "b.csv", "--out", "taken"], 64, "taken is there already, and is not empty"),
        (["nowhere.csv", "b.csv", "--out", "b.csv"], 64, "b.csv is there already, and is no folder"),
        (["nowhere.csv", "b.csv", "--out", ".."], 64, "--out: \"..\" is no name"),
        (["nowhere.csv", "b.csv", "--out", "no/where"], 64, "there is no folder no"),
        (["b.csv", "bad.csv", "--out", "empty"], 3, "bad.csv"),
        (["b.csv", "many.csv"], 3, "many.csv: line 2, column Variant Inventory Qty, SKU A: \"2147483648\" is more"),
        (["b.csv", "cut.jsonl"], 3, "cut.jsonl"),
        (["b.csv", "blank.jsonl"], 3, "begins with an empty line or blanks"),
        (["b.csv", "wide.csv"], 3, "text in UTF-16"),
        (["b.csv", "sheet.csv"], 3, "a ZIP archive or a spreadsheet"),
        (
            ["costs.jsonl", "costs.jsonl", "--source-currency", "EUR"], 64,
            "say the right currency with --source-currency"
        ),
        (["b.csv", "b.csv", "--destination", "x"], 64, "--settings"),
    ])
    func `what cannot be done is said, and nothing is left behind`(
        _ words: [String],
        _ status: Int32,
        _ text: String
    ) async throws {
        let place = try Folder()
        _ = try place.write("b.csv", Self.reseller)
        _ = try place.write("bad.csv", "Handle,Variant SKU,Variant Price\na,A,\"1,5\"\n")
        _ = try place.write("cut.jsonl", #"{"id":"gid://shopify/Product/1","title":"A"}"#)
        _ = try place.write("blank.jsonl", "\n{\"id\":\"gid://shopify/Product/1\",\"title\":\"A\"}\n")
        _ = try place.write("sheet.csv", "PK\u{3}\u{4}...")
        _ = try place.write("costs.jsonl", Self.lines)
        try Data([0xFF, 0xFE, 0x48, 0]).write(to: URL(filePath: "\(place.path)/wide.csv"))
        _ = try place.write("many.csv", "Handle,Variant SKU,Variant Inventory Qty\na,A,2147483648\n")
        try FileManager.default.createDirectory(atPath: "\(place.path)/empty", withIntermediateDirectories: false)
        try FileManager.default.createDirectory(atPath: "\(place.path)/taken/x", withIntermediateDirectories: true)
        let before = try place.names
        let run = try await place.compare(words)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(text), "\(run.errors)")
        #expect(try place.names == before)
    }

    @Test func `an empty folder is taken for the new one`() async throws {
        let place = try Folder()
        let file = try place.write("b.csv", Self.reseller)
        try FileManager.default.createDirectory(atPath: "\(place.path)/empty", withIntermediateDirectories: false)
        let run = try await place.compare([file, file, "--out", "\(place.path)/empty/"])
        #expect(run.status != 4, "\(run.errors)")
        #expect(try place.names.contains("empty/corrections.csv"))
    }

    @Test func `a value that nobody can judge is told with what to do about it`() async throws {
        let place = try Folder()
        let header = "Handle,Variant SKU,Variant Price,Status\n"
        let left = try place.write("a.csv", header + "a,A-1,1.005,active\nb,B-1,1.00,hidden\n")
        let right = try place.write("b.csv", header + "a,A-1,1.00,active\nb,B-1,1.00,active\n")
        let run = try await place.compare([left, right, "--out", "\(place.path)/out"])
        #expect(run.status == 1, "\(run.errors)")
        let findings = try place.csv("out/findings.csv").rows
        #expect(findings.map { $0["kind"] } == ["refused", "refused"])
        #expect(findings.first?["detail"]?.hasSuffix("; the source has 1.005") == true, "\(findings)")
        #expect(findings.first?["suggestion"] == "correct it in the source")
        #expect(findings.last?["detail"]?.hasSuffix("; the source has HIDDEN") == true, "\(findings)")
        #expect(findings.last?["suggestion"]?.hasSuffix("update synctec") == true)
    }

    @Test func `bulk lines behind a byte order mark are read`() async throws {
        let place = try Folder()
        let (left, right) = (
            try place.write("a.jsonl", Self.lines), try place.write("b.jsonl", "\u{FEFF}" + Self.lines)
        )
        let run = try await place.compare([left, right, "--out", "\(place.path)/out"])
        #expect(run.status == 0, "\(run.errors) \(run.output)")
        #expect(run.output.contains("1 compared, 0 differ"))
    }

    @Test(arguments: [false, true])
    func `a stop ends the wait for a pipe that says nothing`(_ hasWriter: Bool) async throws {
        let place = try Folder()
        let pipe = "\(place.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let writer = hasWriter ? open(pipe, O_RDWR | O_CLOEXEC) : -1
        defer { if hasWriter { close(writer) } }
        if hasWriter { #expect(write(writer, "Handle,", 7) == 7) }
        let child = try Child(
            Place.synctec,
            ["compare", pipe, pipe],
            environment: Place.environment(home: place.path),
            folder: place.path,
            name: "compare"
        )
        let descriptors = "/proc/\(child.process)/fd"
        func hasPipe() -> Bool {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
            return names.contains {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)")) == pipe
            }
        }
        let start = ContinuousClock.now
        while !hasPipe(), ContinuousClock.now - start < .seconds(60) { try await Task.sleep(for: .milliseconds(5)) }
        // It may have the pipe open a moment before it listens; a signal that it heard it answers at once.
        func isStopping() throws -> Bool { try place.text("compare.err").contains("stopping") }
        repeat {
            child.signal(SIGTERM)
            let sent = ContinuousClock.now
            while try !isStopping(), ContinuousClock.now - sent < .seconds(1) {
                try await Task.sleep(for: .milliseconds(5))
            }
        } while try !isStopping() && ContinuousClock.now - start < .seconds(60)
        let ended = await child.ended(limit: .seconds(60))
        #expect(ended.signal == nil, "\(ended.errors)")
        #expect(ended.errors.contains("the reading was stopped"), "\(ended.errors)")
    }

    @Test func `a pipe is read to its end`() async throws {
        let place = try Folder()
        let pipe = "\(place.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let file = try place.write("a.jsonl", Self.lines)
        async let run = place.compare([pipe, file, "--out", "\(place.path)/out"])
        let lines = Self.lines
        let writer = Thread {
            let end = open(pipe, O_WRONLY | O_CLOEXEC)
            for byte in lines.utf8 { withUnsafeBytes(of: byte) { _ = write(end, $0.baseAddress, 1) } }
            close(end)
        }
        writer.start()
        let ended = try await run
        #expect(ended.status == 0, "\(ended.errors)")
    }

    @Test func `what a terminal would obey is shown, and text output says what to look at`() async throws {
        let place = try Folder()
        let left = try place.write("a.csv", "Handle,Title,SKU,Price\na,A,A-1,1.00\n")
        let right = try place.write("b.csv", "Handle,Title,SKU,Price\na,\"A\u{1B}[2J\",A-1,2.00\n")
        let run = try await place.compare([left, right, "--out", "\(place.path)/out", "--held"])
        #expect(run.status == 1)
        #expect(!run.output.contains("\u{1B}"))
        #expect(run.output.contains("1 compared, 1 differ"))
        #expect(run.output.contains("corrections.csv"))
        #expect(run.output.contains("import       none: the export lacks Option1 Name, Option1 Value"))
    }
}

extension CompareTests {
    struct Document: Decodable {
        struct Side: Decodable {
            let duplicate_skus: Int
            let duplicate_rows: Int
        }

        struct Counts: Decodable {
            let source: Side
            let missing: Int
            let extra: Int
            let compared: Int
            let drift: [String: Int]
            let drift_rows: Int
            let drifted_skus: Int
        }

        struct Part: Decodable {
            let form: String
            let shop: String?
            let counts: Counts
        }

        let destinations: [Part]
    }

    /// A folder of a test, gone with its value.
    final class Folder {
        let path: String

        init() throws { path = try Place.temporaryFolder() }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) throws -> String {
            try Data(text.replacing("\n        ", with: "\n").utf8).write(to: URL(filePath: "\(path)/\(name)"))
            return "\(path)/\(name)"
        }

        func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

        func csv(_ name: String) throws -> StrictCSV { try StrictCSV(try text(name)) }

        var names: Set<String> { get throws { Set(try FileManager.default.subpathsOfDirectory(atPath: path)) } }

        /// Runs the command; its output is kept beside the folder, not in it.
        func compare(_ words: [String]) async throws -> Child.Ended {
            let outside = try Place.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: outside) }
            let words = words.map { word in
                word.hasSuffix(".csv") || word.hasSuffix(".jsonl") || ["taken", "empty"].contains(word)
                    ? word.hasPrefix("/") ? word : "\(path)/\(word)" : word
            }
            return try await Child(
                Place.synctec,
                ["compare"] + words,
                environment: Place.environment(home: outside),
                folder: outside,
                name: "compare"
            ).ended()
        }
    }

    /// An export with SKUs, and one that drifted from it.
    struct Drifted {
        private let header: [String]
        private var rows: [[String: String]]
        private var state: UInt64

        init(_ export: String, seed: UInt64) throws {
            let table = try StrictCSV(ImportedExport.strict(export))
            (header, rows, state) = (table.header, table.rows, seed)
        }

        /// Every variant with a SKU of its own.
        var withSKUs: String {
            var copy = self
            for place in copy.rows.indices where copy.rows[place]["Option1 Value"]?.isEmpty == false {
                copy.rows[place]["Variant SKU"] = "SKU-\(place + 1)"
            }
            return copy.text
        }

        /// Every third value of the columns that are compared is another.
        var drifted: String {
            var copy = self
            for place in copy.rows.indices where copy.rows[place]["Option1 Value"]?.isEmpty == false {
                for column in header where copy.next() % 3 == 0 {
                    let isFirst = copy.rows[place]["Title"]?.isEmpty == false
                    switch column {
                    case "Title", "Body (HTML)", "Vendor", "Type", "SEO Title":
                        if isFirst { copy.rows[place][column] = "<b>other, \"\(place)\"</b>\nline" }
                    case "Tags": if isFirst { copy.rows[place][column] = "other, tags" }
                    case "Status": if isFirst { copy.rows[place][column] = "draft" }
                    case "Variant Price": copy.rows[place][column] = "\(place + 1).25"
                    case "Variant Compare At Price": copy.rows[place][column] = "99999"
                    case "Variant Inventory Qty": copy.rows[place][column] = "77"
                    case "Variant Grams": copy.rows[place][column] = "123.5"
                    case "Variant Barcode": copy.rows[place][column] = "'000\(place)"
                    case "Variant Taxable", "Variant Requires Shipping": copy.rows[place][column] = "false"
                    case "Variant Inventory Policy": copy.rows[place][column] = "continue"
                    default: break
                    }
                }
            }
            return copy.text
        }

        private mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }

        private var text: String { ImportedExport.text(header, rows) }
    }
}
