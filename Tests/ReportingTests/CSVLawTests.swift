import Catalog
import Reconciliation
import Testing

@testable import Reporting

struct CSVLawTests {
    private static let pieces = [
        "a", "Z", "0", "7", ".", ",", "\"", "'", "\r", "\n", "\r\n", "\t", " ", "=", "+", "-", "@", "＝", "－", "−", "﹫",
        "é", "e\u{301}",
        "日", "👩‍🚀", "\u{A0}", "\u{FEFF}", "\u{200B}", "\u{202E}", ";", "|", "\\", "£",
    ]

    private func text(_ generator: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...9, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    private func row(_ generator: inout SplitMix64) -> CorrectionRow {
        CorrectionRow(
            sku: text(&generator),
            product: text(&generator),
            field: CatalogField.allCases.randomElement(using: &generator),
            source: text(&generator),
            old: text(&generator),
            new: text(&generator),
            verdict: .both,
            outcome: text(&generator),
            reason: text(&generator),
            rate: text(&generator),
            rule: "",
            productID: .random(in: 0...3, using: &generator),
            variantID: .random(in: 1...(.max), using: &generator)
        )
    }

    @Test(arguments: 1...40)
    func `CSV reads back, whatever the texts`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let rows = (0..<25).map { _ in row(&generator) }
        let read = try StrictCSV.rows(CorrectionRow.table(rows))
        #expect(read.first == CorrectionRow.columns)
        for (row, cells) in zip(rows, read.dropFirst()) {
            let expected = [
                row.sku, row.product, row.field?.rawValue ?? "", row.source, row.old, row.new, row.verdict.rawValue,
                row.outcome,
                row.reason, row.rate, row.rule, row.productID == 0 ? "" : "\(row.productID)", "\(row.variantID)",
            ]
            let isNumber = row.field.map { $0.isMoney || $0 == .inventory } ?? false
            let back = cells.enumerated().map { column, cell in
                (3...5).contains(column) && isNumber && Int(cell) != nil ? cell : StrictCSV.unguarded(cell)
            }
            #expect(back.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        }
        #expect(read.count == rows.count + 1)
    }

    @Test(arguments: 1...40)
    func `CS-2: no text cell begins what a spreadsheet evaluates`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let findings = (0..<25).map { _ in
            FindingRow(
                kind: .extra,
                shop: text(&generator),
                sku: text(&generator),
                product: text(&generator),
                detail: text(&generator),
                suggestion: text(&generator)
            )
        }
        for cell in try StrictCSV.rows(FindingRow.table(findings)).joined() where StrictCSV.beginsFormula(cell) {
            #expect(cell.utf8.first == UInt8(ascii: "'"))
        }
    }
}

/// Sebastiano Vigna's SplitMix64: small, and the same on every machine.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
