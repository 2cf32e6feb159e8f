import Catalog
import Reconciliation
import ReportPage
import Reporting
import Testing

/// Made-up runs, each of a kind that a page has to tell apart.
enum SampleRun: String, CaseIterable, Sendable {
    case quiet, findings, busy, braked, first, plan, failed, interrupted, ten, large, hostile

    /// All but the one that takes its time.
    static let small = allCases.filter { $0 != .large }

    static let run = "0193a5c2-7d4e-7b1f-9c3a-5e8d2f6a4b10"
    static let start = Timestamp(seconds: 1_795_424_400)

    static func shop(_ name: String) throws -> ShopDomain { try #require(ShopDomain("\(name).myshopify.com")) }
    static func source() throws -> ShopDomain { try shop("northwind-supply") }

    func report() throws -> RunReport {
        let lumen = try Self.shop("lumen-home")
        let kobe = try Self.shop("kobe-lights")
        switch self {
        case .quiet: return try Self.report("OK", [SamplePart(lumen).inStep, SamplePart(kobe).inStep])
        case .findings: return try Self.report("ATTENTION", [SamplePart(lumen).unmatched, SamplePart(kobe).inStep])
        case .busy: return try Self.report("ATTENTION", [SamplePart(lumen).busy(1), SamplePart(kobe).busy(2)])
        case .braked:
            return try Self.report("BRAKE", [SamplePart(lumen).braked(.stockToZero), SamplePart(kobe).inStep])
        case .first: return try Self.report("BRAKE", [SamplePart(lumen).braked(.firstRun)])
        case .plan: return try Self.report("ATTENTION", [SamplePart(lumen).planned], command: "plan")
        case .failed: return try Self.report("STORE", [SamplePart(lumen).busy(3), SamplePart(kobe).unreachable])
        case .interrupted:
            return try Self.report("INTERRUPTED", [], detail: "stopped by a signal; the rest waits for the next run")
        case .ten:
            let names = [
                "lumen-home", "kobe-lights", "atelier-nord", "casa-lucida", "die-lampe", "bright-ideas-uk",
                "hygge-og-lys",
                "maison-claire", "tokyo-andon", "verlichting-online-nederland",
            ]
            let shops = try names.map { try Self.shop($0) }
            return try Self.report(
                "STORE",
                shops.enumerated().map { index, shop in
                    switch index {
                    case 1: SamplePart(shop).unreachable
                    case 4: SamplePart(shop).braked(.priceChanges)
                    case 0, 2, 7: SamplePart(shop).busy(index)
                    default: SamplePart(shop).inStep
                    }
                }
            )
        case .large: return try Self.report("OK", [SamplePart(lumen).large(60_000), SamplePart(kobe).large(40_000)])
        case .hostile: return try Self.report("ATTENTION", [SamplePart(lumen).hostile])
        }
    }

    /// Thirty hourly runs, of which a few came to no comparison.
    func history() throws -> RunHistory? {
        switch self {
        case .first: return RunHistory(parts: [], repeats: [])
        case .interrupted: return nil
        default: break
        }
        let report = try report()
        var parts: [PastPart] = []
        for back in (1...29).reversed() {
            let startedAt = Timestamp(seconds: Self.start.seconds - Int64(back) * 3600)
            for (place, part) in report.destinations.enumerated() {
                let isGap = (back + place * 3).isMultiple(of: 11)
                let count = self == .quiet ? (back == 20 ? 3 : 0) : (back * (7 + place) + place * 5) % 23
                parts.append(
                    PastPart(
                        run: "run-\(back)",
                        startedAt: startedAt,
                        shop: part.shop,
                        status: isGap ? "SNAPSHOT" : "OK",
                        drift: isGap ? nil : DriftCount(fields: count, stock: count * 4)
                    )
                )
            }
        }
        return RunHistory(parts: parts, repeats: self == .quiet ? [] : try repeats())
    }

    private func repeats() throws -> [RepeatedDrift] {
        let shop = try #require(try report().destinations.first?.shop)
        let rows: [(String, String, CatalogField, Int, String)] = [
            ("LAMP-014", "Desk lamp, brass", .tags, 27, "desk, SALE"),
            ("LAMP-014", "Desk lamp, brass", .price, 11, "1899.00"),
            ("SHADE-002", "Shade “Nordic”, linen", .title, 4, "Shade NORDIC – best price!!"),
            ("BULB-E27", "Bulb E27", .compareAtPrice, 2, ""),
        ]
        return rows.map { sku, product, field, times, found in
            RepeatedDrift(
                shop: shop,
                sku: sku,
                product: product,
                field: field,
                times: times,
                first: Timestamp(seconds: Self.start.seconds - 3600 * 29),
                last: Self.start,
                found: self == .hostile ? SamplePart.hostileText : found,
                productID: 8_210_001,
                variantID: 44_100_011
            )
        }
    }

    private static func report(
        _ status: String,
        _ parts: [DestinationReport],
        command: String = "run",
        detail: String = ""
    ) throws -> RunReport {
        RunReport(
            run: run,
            team: try #require(TeamID("SP-TEAM-7KQ2MX")),
            source: try source(),
            command: command,
            startedAt: start,
            endedAt: Timestamp(seconds: start.seconds + 97),
            status: status,
            detail: detail,
            destinations: parts
        )
    }
}
