import Catalog
import Foundation
import Pricing
import Snapshots
import Testing

@testable import CatalogFiles

/// Product exports as Shopify's admin writes them, read through the same reader as a store's own lines.
@Suite struct ProductExportTests {
    /// Older column names, byte order mark, CRLF, quoted line breaks, rows of images only, option names on the first row only,
    /// apostrophes, grams as decimals, prices of a market.
    static let older = #"""
        \#u{FEFF}Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,SEO Title,SEO Description,Variant Weight Unit,Cost per item,Included / Europe,Price / Europe,Status
        pot,"Clay ""Pot""","<p>One,
        two</p>",Kiln,Garden,"Pot, Plants, ",true,Size,Regular,Colour,Red,POT-R,1250.0,shopify,3,continue,9.99,12.00,true,false,'0123456789,https://x.example/1.jpg,Pot seo,"Said, ""twice""",kg,4.00,true,8.00,active
        pot,,,,,,,,Large,,Red,POT-L,0907.18474,shopify,-2,deny,19.99,,true,true,'0123456790,,,,lb,8.10,true,,
        pot,,,,,,,,,,,,,,,,,,,,,https://x.example/2.jpg,,,,,,,
        cup,Cup,,Kiln,,,true,Title,Default Title,,,'00123,340,,12,deny,5.50,7.00,false,true,,,,,oz,,true,,draft
        """#.replacing("\n        ", with: "\n").replacing("\n", with: "\r\n")

    /// The same in the newer names, which Shopify's template has.
    static let newer = #"""
        Title,URL handle,Description,Vendor,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Price,Compare-at price,Cost per item,Charge tax,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Weight unit for display,Requires shipping,Product image URL,SEO title,SEO description,Price / Europe
        "Clay ""Pot""",pot,"<p>One,
        two</p>",Kiln,Garden,"Pot, Plants",TRUE,Active,POT-R,0123456789,Size,Regular,,Colour,Red,9.99,12.00,4.00,FALSE,shopify,3,CONTINUE,1250,kg,TRUE,https://x.example/1.jpg,Pot seo,"Said, ""twice""",8.00
        ,pot,,,,,,,POT-L,0123456790,,Large,,,Red,19.99,,8.10,TRUE,shopify,-2,DENY,907.18474,lb,TRUE,,,,
        ,pot,,,,,,,,,,,,,,,,,,,,,,,,https://x.example/2.jpg,,,
        Cup,cup,,Kiln,,,TRUE,Draft,00123,,Title,Default Title,,,,5.50,7.00,,TRUE,,12,DENY,340,oz,FALSE,,,,
        """#.replacing("\n        ", with: "\n")

    @Test(arguments: [older, newer])
    func `older and newer names are read alike`(_ text: String) throws {
        let (snapshot, prepared) = try Self.snapshot(text)
        let products = try RecordSource(snapshot).products([0, 1])
        #expect(products.map(\.handle) == ["pot", "cup"])
        #expect(products.map(\.title) == ["Clay \"Pot\"", "Cup"])
        #expect(products[0].descriptionHTML.split(whereSeparator: \.isNewline) == ["<p>One,", "two</p>"])
        #expect(products.map(\.tags) == [["Pot", "Plants"], []])
        #expect(products.map(\.status) == ["ACTIVE", "DRAFT"])
        #expect(products.map(\.seoDescription) == ["Said, \"twice\"", nil])
        let variants = try RecordSource(snapshot).variants([0, 1, 2])
        #expect(variants.map(\.sku) == ["POT-R", "POT-L", "00123"])
        #expect(variants.map(\.barcode) == ["0123456789", "0123456790", nil])
        #expect(variants.map { $0.price.displayText } == ["9.99", "19.99", "5.50"])
        #expect(variants.map { $0.compareAtPrice.displayText } == ["12.00", "", "7.00"])
        #expect(variants.map { $0.cost.displayText } == ["4.00", "8.10", ""])
        #expect(variants.map { $0.weight?.milligrams } == [1_250_000, 907_185, 340_000])
        #expect(variants.map(\.taxable) == [false, true, true])
        #expect(variants.map(\.requiresShipping) == [true, true, false])
        #expect(variants.map(\.tracked) == [true, true, false])
        #expect(variants.map(\.inventoryPolicy) == ["CONTINUE", "DENY", "DENY"])
        #expect((0..<3).map { snapshot.available(ofVariant: $0, at: .all).sum } == [3, -2, 12])
        // The ids are the lines.
        #expect(variants.map(\.id.number) == [2, 4, 6])
        #expect(products.map(\.id.number) == [2, 6])
        let all = FieldSet.all.subtracting(FieldSet([.countryOfOrigin, .hsCode]))
        #expect(prepared.fields == all)
        #expect(snapshot.fields.isSuperset(of: all))
        #expect(prepared.notes.contains { $0.contains("other markets") })
    }

    @Test func `columns that are left out are no fields`() throws {
        let (snapshot, prepared) = try Self.snapshot(
            "Handle,Variant SKU,Variant Price\na,A-1,1.00\na,A-2,2.00\nb,B,3\n"
        )
        #expect(prepared.fields == FieldSet([.handle, .price]))
        #expect(snapshot.statistics.products == 2)
        #expect(snapshot.statistics.variants == 3)
        #expect(prepared.notes.contains { $0.contains("no stock") })
    }

    @Test func `rows of a handle that comes back count to the first product`() throws {
        let (snapshot, prepared) = try Self.snapshot("Handle,Title,SKU\na,A,A-1\nb,B,B-1\na,,A-2\n")
        #expect(snapshot.statistics.products == 2)
        #expect(try RecordSource(snapshot).variants([2]).map(\.product.number) == [2])
        #expect(prepared.notes.contains { $0.contains("line 4") && $0.contains("handle a") })
    }

    @Test func `before there was a status, published products count as active`() throws {
        let (snapshot, prepared) = try Self.snapshot("Handle,Title,Published,SKU\na,A,true,A\nb,B,false,B\nc,C,,C\n")
        #expect(try RecordSource(snapshot).products([0, 1, 2]).map(\.status) == ["ACTIVE", "DRAFT", "ACTIVE"])
        #expect(prepared.fields?.contains(.status) == false)
    }

    @Test(arguments: [
        ("Handle,SKU,Variant Price\na,A-1,1.00\na,A-2,\"1,50\"\n", "line 3, column Variant Price, SKU A-2"),
        ("Handle,SKU,Inventory quantity\na,A-1,3.5\n", "line 2, column Inventory quantity, SKU A-1"),
        ("Handle,SKU,Variant Grams\na,A-1,1 kg\n", "line 2, column Variant Grams, SKU A-1"),
        ("Handle,SKU,Variant Taxable\na,A-1,maybe\n", "line 2, column Variant Taxable, SKU A-1"),
        ("Handle,SKU,Variant Inventory Policy\na,A-1,perhaps\n", "line 2, column Variant Inventory Policy, SKU A-1"),
        ("Handle,SKU\n\"a\nb\",A-1\n ,A-2\n", "line 4, column Handle, SKU A-2"),
        ("Handle,SKU,Title\na,A-1\n", "line 2: the row has 2 cells"),
        ("Handle,Title\na,A\n", "no column Variant SKU"),
        ("Handle,SKU,Variant SKU\na,A,A\n", "are the same"),
        ("Handle;SKU\na;A\n", "semicolons"),
        ("Name,Price\nx,1\n", "no column Handle"),
        ("", "empty"),
    ])
    func `bad input is named by line, column and SKU`(_ text: String, _ words: String) throws {
        #expect {
            try Self.snapshot(text)
        } throws: { error in
            (error as? CatalogFileError)?.description.contains(words) ?? false
        }
    }

    @Test func `text in another character set is refused, with the cell`() throws {
        let file = try TemporaryText(Array("Handle,SKU,Title\na,A-1,Caf".utf8) + [0xE9] + Array("\n".utf8))
        #expect {
            try CatalogFile(path: file.path).prepare(currency: .usd)
        } throws: { error in
            let text = (error as? CatalogFileError)?.description ?? ""
            return text.contains("line 2, column Title, SKU A-1") && text.contains("UTF-8")
        }
    }

    static func snapshot(_ text: String) throws -> (PackedSnapshot, CatalogFile.Prepared) {
        let file = try TemporaryText(text)
        let prepared = try CatalogFile(path: file.path).prepare(currency: .usd)
        var generator = SystemRandomNumberGenerator()
        let reader = try SnapshotReader(key: .random(using: &generator), currency: .usd, required: FieldSet())
        return (try reader.read(file: prepared.path, expecting: nil), prepared)
    }
}
