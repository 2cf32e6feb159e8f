import Catalog
import Foundation
import Pricing
import Reconciliation
import Reporting
import Runs
import Testing

@testable import PostgresLedger

/// Values that tests need over and over.
enum Sample {
    static let time = Timestamp(seconds: 1_795_000_000)

    static func team(_ text: String = "SP-TEAM-7KQ2MX") throws -> TeamID { try #require(TeamID(text)) }

    static func shop(_ name: String) throws -> ShopDomain { try #require(ShopDomain("\(name).myshopify.com")) }

    static func store(_ name: String, _ number: Int64, _ currency: Currency = .eur) throws -> StoreRecord {
        StoreRecord(shop: try shop(name), id: ResourceID(.shop, number), currency: currency)
    }

    static func run(_ sign: Character) throws -> RunID { try #require(RunID(String(repeating: sign, count: 32))) }

    static func hash(_ sign: Character) throws -> PlanHash {
        try #require(PlanHash(String(repeating: sign, count: 64)))
    }

    static func plan(_ sign: Character, by run: RunID, minute: Int64 = 0) throws -> StoredPlan {
        StoredPlan(
            hash: try hash(sign),
            team: try team(),
            destination: try shop("lumen"),
            run: run,
            createdAt: Timestamp(seconds: time.seconds + minute * 60),
            document: Data("{\"plan\":\"\(sign)\"}".utf8),
            rules: "rules",
            brakes: [.firstRun, .priceChanges]
        )
    }

    static func intent(_ key: String, by run: RunID, corrections: String = "[{\"sku\":\"A-1\"}]") throws -> WriteIntent
    {
        WriteIntent(
            key: key,
            run: run,
            team: try team(),
            destination: try shop("lumen"),
            call: "update variants",
            corrections: Data(corrections.utf8),
            at: time
        )
    }

    static func correction(_ sku: String, field: CatalogField? = .price, new: String = "12.00") -> CorrectionRow {
        CorrectionRow(
            sku: sku,
            product: "Lamp",
            field: field,
            source: "10.00",
            old: "11.00",
            new: new,
            verdict: .destinationDrifted,
            outcome: "applied",
            reason: "",
            rate: "",
            rule: "1",
            productID: 4,
            variantID: 5
        )
    }
}

extension DatabaseLedger {
    /// A ledger with one team whose source is `northwind`, and its lock.
    static func withTeam(_ address: DatabaseAddress) async throws -> (ledger: DatabaseLedger, lock: RunLock) {
        let ledger = address.ledger()
        try await ledger.createTeam(
            try Sample.team(),
            source: try Sample.store("northwind", 1, .usd),
            by: "ann",
            at: Sample.time
        )
        let lock = try await ledger.lock(.team(try Sample.team()), holder: "host 42", at: Sample.time)
        return (ledger, lock)
    }

    /// Opens a run under a lock.
    func begin(_ run: RunID, lock: RunLock, at time: Timestamp = Sample.time) async throws {
        try await begin(
            RunStart(
                id: run,
                team: try Sample.team(),
                command: "run",
                startedAt: time,
                version: "1",
                holder: "host 42"
            ),
            lock: lock
        )
    }
}
