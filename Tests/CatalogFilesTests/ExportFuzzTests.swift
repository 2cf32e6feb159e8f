import Catalog
import Foundation
import Pricing
import Snapshots
import Testing

@testable import CatalogFiles

/// What nobody thought of: exports with damaged bytes are refused in our own words, or read by the reader of bulk lines.
@Suite struct ExportFuzzTests {
    @Test(arguments: [ProductExportTests.older, ProductExportTests.newer])
    func `a damaged export is refused or read, never anything else`(_ text: String) throws {
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let odd = Array("\",\r\n'\u{0}\u{1F}\\0-9.eé{}".utf8)
        var generator = SystemRandomNumberGenerator()
        let reader = try SnapshotReader(key: .random(using: &generator), currency: .usd, required: FieldSet())
        var read = 0
        for _ in 0..<600 {
            var bytes = Array(text.utf8)
            // The first row decides whether it is an export at all.
            for _ in 0...next(3) { bytes[600 + next(bytes.count - 600)] = odd[next(odd.count)] }
            let file = try TemporaryText(bytes)
            let prepared: CatalogFile.Prepared
            do throws(CatalogFileError) {
                prepared = try CatalogFile(path: file.path).prepare(currency: .usd)
            } catch {
                continue
            }
            // Throws where the lines are no sound JSON, which would be a fault of the translation.
            let snapshot = try reader.read(file: prepared.path, expecting: nil)
            #expect(snapshot.statistics.variants > 0)
            read += 1
        }
        #expect(read > 50)
    }

    @Test func `random tables read back`() throws {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let signs = ["a", "é", "\"", ",", "\n", "\r\n", " ", "'", "𝛑"]
        for _ in 0..<200 {
            let width = 2 + next(4)
            let table = (0..<next(30)).map { _ in
                (0..<width).map { _ in (0..<next(6)).map { _ in signs[next(signs.count)] }.joined() }
            }
            let lineEnd = ["\n", "\r\n", "\r"][next(3)]
            let text = table.map { row in
                row.map { cell in
                    let needsQuotes = cell.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
                    return needsQuotes || next(3) == 0 ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
                }.joined(separator: ",") + lineEnd
            }.joined()
            let file = try TemporaryText(text)
            let rows = CSVRows(try OpenFile(path: file.path))
            var found: [[[UInt8]]] = []
            while try rows.advance() { found.append(rows.cells.map { Array(rows.bytes(of: $0)) }) }
            #expect(found == table.map { $0.map { Array($0.utf8) } })
        }
    }
}
