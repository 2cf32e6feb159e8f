import Catalog
import Foundation
import Pricing
import Snapshots
import Testing

/// Lines read by templates come out as the full parser reads them, whatever stands in them.
@Suite("predicted lines") struct PredictionTests {
    /// How many spoilt files each case below makes; `LINE_SEEDS=1000000` makes a campaign of it.
    static let seeds = ProcessInfo.processInfo.environment["LINE_SEEDS"].flatMap { Int($0) } ?? 300

    @Test(arguments: PretendCatalog.Layout.allCases, PretendCatalog.Escape.allCases)
    func `sound lines are read alike, nearly all by a template`(
        layout: PretendCatalog.Layout,
        escape: PretendCatalog.Escape
    ) {
        let agreement = LineAgreement()
        for seed in 0..<8 {
            let block = PretendCatalog(seed: UInt64(seed), products: 60).file(layout, escape: escape)
            #expect(agreement.difference(in: block) == nil)
        }
        // Ids with escaped letters have no form that can be predicted.
        if escape == .everything { return }
        #expect(agreement.predicted > agreement.lines * 9 / 10)
    }

    @Test(arguments: PretendCatalog.Escape.allCases)
    func `spoilt lines are read or refused alike`(escape: PretendCatalog.Escape) throws {
        try check(
            PretendCatalog(seed: 5, products: 40).lines(.interleaved, escape: escape)
                + PretendCatalog(seed: 6, products: 20).lines(.grouped, escape: escape)
        )
    }

    @Test(arguments: ["\\/", "/"])
    func `spoilt lines of a store's export are read or refused alike`(slash: String) throws {
        try check(ExportedLines.sample(slash: slash))
    }

    @Test(.enabled(if: ExportedLines.folder != nil, "no product exports are at hand"))
    func `lines made of real product exports are read alike, spoilt or not`() throws {
        let lines = try ExportedLines.ofProductExports()
        #expect(lines.count > 20)
        try check(lines)
    }

    @Test(arguments: 0..<200)
    func `spoilt files come to the same rows or the same error`(seed: UInt64) throws {
        var mutation = LineMutation(seed: seed)
        var lines = PretendCatalog(seed: seed % 7, products: 12).lines(.grouped).map { Array($0.utf8) }
        let place = lines.count * Int(seed % 5) / 5
        if seed % 10 != 0 { lines[place] = mutation.applied(to: lines[place]) }
        let file = try TemporaryFile(lines.flatMap { $0 + [0x0A] })
        var plain = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        plain.predictsLines = false
        let full = Result { try plain.read(file: file.path, expecting: nil) }
        let predicting = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let leaving = try SnapshotReader(key: testKey(), currency: .eur, required: [], descriptions: .asWritten)
        for reader in [predicting, leaving] {
            let predicted = Result { try reader.read(file: file.path, expecting: nil) }
            switch (predicted, full) {
            case (.success(let rows), .success(let others)) where rows.descriptions == .canonical:
                #expect(rows.serialized() == others.serialized())
            case (.success(let rows), .success(let others)):
                #expect(rows.statistics == others.statistics)
                let indices = Array(others.products.indices)
                #expect(try RecordSource(rows).descriptions(indices) == others.products.map(\.description))
            case (.failure(let error), .failure(let other)): #expect(error as? SnapshotError == other as? SnapshotError)
            default: Issue.record("\(predicted) instead of \(full)")
            }
        }
    }

    @Test(arguments: 0..<40)
    func `descriptions of any escapes are found sound or not by all alike`(seed: UInt64) {
        let pieces = [
            "a", "naïve 30°", #"\\"#, #"\""#, #"\/"#, #"\n"#, #"\u003c"#, #"\u00E4"#, #"\ud83d\ude00"#, #"\uD7FF"#, "x",
            #"\t"#, "u00", "bfnrt", "Washable in cold water; made by hand in Portugal. ", #"\u20ac"#, "<p>", "ud83d",
            #"\\u12"#,
        ]
        let unsound = [
            #"\q"#, #"\u12g4"#, #"\ud83d"#, #"\ude00"#, "\t", #"\u00"#, #"\ud83d\u0041"#, #"\"#, #"\u"#, #"\U0041"#,
            "\u{1}",
        ]
        var random = SeededNumbers(seed)
        for _ in 0..<60 {
            let agreement = LineAgreement()
            var block: [UInt8] = []
            for place in 0..<6 {
                var text = ""
                for _ in 0..<Int.random(in: 0...60, using: &random) {
                    text += pieces.randomElement(using: &random) ?? ""
                }
                if place == 4, Bool.random(using: &random) {
                    text += unsound.randomElement(using: &random) ?? ""
                    if Bool.random(using: &random) { text += pieces.randomElement(using: &random) ?? "" }
                }
                let line = #"{"id":"gid://shopify/Product/\#(place)","descriptionHtml":"\#(text)","vendor":"V"}"#
                block += Array(line.utf8) + [0x0A]
            }
            // Sometimes a byte that is no UTF-8.
            if Int.random(in: 0..<4, using: &random) == 0 {
                block[Int.random(in: block.indices.dropLast(), using: &random)] = 0xC3
            }
            if let difference = agreement.difference(in: block) {
                Issue.record("\(difference) in \(String(decoding: block, as: UTF8.self))")
                return
            }
        }
    }

    /// Puts one spoilt line among sound ones, again and again.
    private func check(_ lines: [String]) throws {
        let sound = lines.map { Array($0.utf8) }
        var agreement = LineAgreement()
        for seed in 0..<UInt64(Self.seeds) {
            // Templates of spoilt lines are kept for a while, which is a test of its own.
            if seed % 40 == 0 { agreement = LineAgreement() }
            var random = SeededNumbers(seed)
            var mutation = LineMutation(seed: seed)
            var block: [UInt8] = []
            for place in 0..<8 {
                let line = sound[Int.random(in: 0..<sound.count, using: &random)]
                block += (place == 5 ? mutation.applied(to: line) : line) + [0x0A]
            }
            if let difference = agreement.difference(in: block) {
                Issue.record("seed \(seed): \(difference) in \(String(decoding: block, as: UTF8.self))")
                return
            }
        }
    }
}
