import ArgumentParser
import Catalog
import Foundation
import Pricing
import Reconciliation
import Reporting
import Runs
import Snapshots

/// Compares two bulk JSONL files with the engine of a run and prints the counts that the benchmark's oracle knows.
@main struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synctec-benchmark",
        abstract: "Compares two catalogue files as a run does, writes the CSV files and prints the counts.",
        discussion: """
            Example: synctec-benchmark --source source.jsonl --destination destination.jsonl --rate 0.9250 --out /tmp/drift
            """
    )

    @Option(help: "The source's catalogue, bulk JSONL.") var source: String
    @Option(help: "The destination's catalogue, bulk JSONL.") var destination: String
    @Option(help: "Destination units for one source unit, an exact decimal.") var rate: String
    @Option(help: "Put on prices, an exact decimal.") var markupPercent = "0"
    @Option(help: "The source's currency.") var sourceCurrency = "USD"
    @Option(help: "The destination's currency.") var destinationCurrency = "EUR"
    @Option(help: "The folder for corrections.csv and findings.csv.") var out: String

    /// The fields the benchmark's files have.
    private static let fields: [CatalogField] = [
        .title, .description, .vendor, .productType, .tags, .status, .barcode, .price, .compareAtPrice, .cost, .weight,
        .inventory,
    ]

    mutating func run() async throws {
        guard let from = Currency(code: sourceCurrency), let to = Currency(code: destinationCurrency),
            let shop = ShopDomain("source.myshopify.com"), let other = ShopDomain("destination.myshopify.com"),
            let day = CalendarDate("2026-01-01")
        else { throw ValidationError("not a currency: \(sourceCurrency) or \(destinationCurrency)") }
        let exchange = try ExchangeRate(
            from: from,
            to: to,
            numerator: ExactDecimal(parsing: rate),
            date: day,
            origin: "argument"
        )
        let rule = PriceRule(markup: try Percent(parsing: markupPercent + "%"))
        var generator = SystemRandomNumberGenerator()
        let comparison = FileComparison(
            team: .random(using: &generator),
            key: .random(using: &generator),
            locked: FieldSet(Self.fields),
            source: shop,
            destination: other
        )
        let found = try await comparison.compare(
            source,
            in: from,
            with: destination,
            by: try PriceBook(rules: [rule], rate: exchange)
        )
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try Data(CorrectionRow.table(found.corrections)).write(to: URL(filePath: "\(out)/corrections.csv"))
        try Data(FindingRow.table(found.findings)).write(to: URL(filePath: "\(out)/findings.csv"))
        print(try counts(found))
    }

    /// The counts in the form of the other programs of the benchmark.
    private func counts(_ found: FileComparison.Found) throws -> String {
        let comparison = found.comparison
        var drift: [String: Int] = [:]
        for field in Self.fields { drift[Self.name(field)] = 0 }
        for difference in comparison.differences {
            for field in difference.fields.fields { drift[Self.name(field), default: 0] += 1 }
        }
        let counts = Counts(
            source: Side(comparison.source, comparison.duplicates.map(\.source)),
            destination: Side(comparison.destination, comparison.duplicates.map(\.destination)),
            missing: comparison.missing.count,
            extra: comparison.extra.count,
            compared: comparison.matched,
            drift: drift,
            drift_rows: drift.values.reduce(0, +),
            drifted_skus: comparison.differences.count
        )
        return String(decoding: try JSONEncoder().encode(counts), as: UTF8.self)
    }

    private static func name(_ field: CatalogField) -> String {
        switch field {
        case .description: "descriptionHtml"
        case .productType: "productType"
        case .compareAtPrice: "compareAtPrice"
        default: field.rawValue
        }
    }

    private struct Counts: Encodable {
        let source: Side
        let destination: Side
        let missing: Int
        let extra: Int
        let compared: Int
        let drift: [String: Int]
        let drift_rows: Int
        let drifted_skus: Int
    }

    private struct Side: Encodable {
        let blank_sku_rows: Int
        let duplicate_skus: Int
        let duplicate_rows: Int

        init(_ snapshot: PackedSnapshot, _ duplicates: [[Int]]) {
            let shared = duplicates.filter { $0.count > 1 }
            blank_sku_rows = snapshot.statistics.blankSKUs
            duplicate_skus = shared.count
            duplicate_rows = shared.reduce(0) { $0 + $1.count }
        }
    }
}
