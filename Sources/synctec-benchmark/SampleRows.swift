import Catalog
import Reconciliation
import Reporting
import Runs

/// Rows as a large run leaves them; the same on every machine.
enum SampleRows {
    private static let fields: [(field: CatalogField, values: @Sendable (Int) -> (String, String, String))] = [
        (.price, { ("\($0 % 900 + 5).99", "\($0 % 850 + 5).10", "\($0 % 833 + 4).62") }),
        (.compareAtPrice, { ("\($0 % 950 + 9).00", "", "\($0 % 879 + 8).33") }),
        (.inventory, { ("\($0 % 120)", "\($0 % 7)", "\($0 % 120)") }),
        (
            .title,
            {
                (
                    "Classic Merino Shirt \($0 / 4)", "Merino \"Classic\" Shirt, \($0 / 4)",
                    "Classic Merino Shirt \($0 / 4)"
                )
            }
        ),
        (.tags, { ("b2b, eu-only, men", "b2b, men, sale-\($0 % 30)", "b2b, eu-only, men") }),
    ]

    static func corrections(_ count: Int) -> [CorrectionRow] {
        (0..<count).map { index in
            let (field, values) = fields[index % fields.count]
            let (source, old, new) = values(index)
            return CorrectionRow(
                sku: "NOR-\(10_000_000 + index / fields.count)-XS",
                product: "Señorial Lamp & Shade \(index / 20)",
                field: field,
                source: source,
                old: old,
                new: new,
                verdict: index % 3 == 0 ? .sourceChanged : .destinationDrifted,
                outcome: "applied",
                reason: "",
                rate: field.isMoney ? "1 USD = 0.9250 EUR, 2026-11-20, ecb" : "",
                rule: field.isMoney ? "1" : "",
                productID: 8_000_000_000_032 + Int64(index / 20),
                variantID: 45_000_000_000_032 + Int64(index / fields.count)
            )
        }
    }

    static func destination() throws -> ShopDomain { try made(ShopDomain("lumen-home.myshopify.com")) }
    static func source() throws -> ShopDomain { try made(ShopDomain("northwind-supply.myshopify.com")) }
    static func team() throws -> TeamID { try made(TeamID("SP-TEAM-7KQ2MX")) }
    static let time = Timestamp(seconds: 1_795_000_000)

    /// A run's report with these rows and nothing else.
    static func report(_ corrections: [CorrectionRow]) throws -> RunReport {
        RunReport(
            run: "0123456789abcdef0123456789abcdef",
            team: try team(),
            source: try source(),
            command: "run",
            startedAt: time,
            endedAt: time,
            status: "OK",
            detail: "",
            destinations: [
                DestinationReport(
                    shop: try destination(),
                    status: "OK",
                    detail: "",
                    plan: nil,
                    brakes: [],
                    rate: "",
                    summary: DestinationSummary(),
                    corrections: corrections,
                    findings: []
                )
            ]
        )
    }

    private static func made<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw BenchmarkFailure("a sample value is refused") }
        return value
    }
}
