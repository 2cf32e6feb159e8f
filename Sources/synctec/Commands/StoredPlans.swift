import Catalog
import PostgresLedger
import Reconciliation
import Reporting
import Runs

/// Finds stored plans by the beginning of their hash.
struct StoredPlans {
    let session: Session
    let team: TeamID

    func stored(_ prefix: String) async throws -> StoredPlan {
        let wanted = prefix.lowercased()
        guard wanted.utf8.count >= 6, PlanHash.isHexadecimal(wanted) else {
            throw CommandFailure(
                .usage,
                "\(HarmlessText.line(prefix)) is no plan hash: give at least 6 of its signs, 0-9 and a-f"
            )
        }
        let found: [StoredPlan]
        do {
            found = try await session.ledger.plans(team, hashPrefix: wanted)
        } catch {
            throw CommandFailure(error)
        }
        guard let plan = found.first else {
            throw CommandFailure(.usage, "no plan \(wanted) in team \(team): synctec plan makes one and names its hash")
        }
        guard Set(found.map(\.hash)).count == 1 else {
            throw CommandFailure(
                .usage,
                "\(wanted) is the beginning of \(found.count) plans: \(found.map { $0.hash.short }.joined(separator: ", "))"
            )
        }
        return plan
    }

    func plan(_ hash: PlanHash) async throws -> CorrectionPlan {
        try CorrectionPlan(document: try await stored(hash.text).document)
    }
}
