import Catalog
import Foundation
import PostgresLedger
import Reconciliation
import Reporting
import Runs
import Settings
import SimulatedShopify

/// What the demo shows, step by step.
struct DemoScript {
    let stage: DemoStage
    let output: Output

    func play() async throws {
        let settings = stage.settings
        try say(
            "1. Three pretend Shopify stores run on this machine: the supplier \(DemoStage.source) (USD),",
            "   and the resellers \(DemoStage.destinations[0]) (EUR) and \(DemoStage.destinations[1]) (JPY).",
            "   Both joined team \(settings.team), and drifted: prices, stock, titles and more were changed by hand."
        )
        try await Session.with(settings, output) { session in
            try say("", "2. synctec run. The first run on a store only plans:")
            let first = try await execute(.run, session)
            try Console.out(first.text)
            for destination in first.destinations {
                guard let hash = destination.plan else { continue }
                let plan = try await StoredPlans(session: session, team: settings.team).plan(hash)
                try say("   The plan of \(destination.shop) begins:")
                try Console.out(try plan.text(brakes: destination.brakes, limit: 8))
                try say("   synctec approve \(hash.short) --held")
                do throws(LedgerError) {
                    try await session.ledger.approve(
                        hash,
                        of: settings.team,
                        held: true,
                        by: Holder.actor,
                        at: .now
                    )
                } catch {
                    throw CommandFailure(error)
                }
            }
            try say("", "3. synctec run, now approved: writes, and reads every write back.")
            let second = try await execute(.run, session)
            try Console.out(second.text)
            try say("", "4. synctec run once more: nothing has changed, so nothing is written.")
            let before = mutations()
            let third = try await execute(.run, session)
            try Console.out(third.text)
            try say("   Mutations the stores received in this run: \(mutations() - before)")
            try await meddle(session)
        }
        try say(
            "",
            "The reports, for a spreadsheet: \(settings.reports)",
            "The settings this was done with: \(stage.settingsFile)",
            "The simulated stores are gone now; the private database is below \(settings.state).",
            "Next: README.md, \"First run on your own stores\"."
        )
    }

    /// A reseller changes a price, and the next run sets it back.
    private func meddle(_ session: Session) async throws {
        let store = stage.stores[1]
        let found = try await firstCorrectedSKU(session)
        guard let sku = found else { return }
        do {
            try store.edit(sku: sku, set: ["title": "Changed by the reseller"])
        } catch {
            throw CommandFailure(.internal, "the demo could not change \(sku): \(error)")
        }
        try say("", "5. The reseller renames the product of SKU \(sku). synctec run sets it back:")
        let report = try await execute(.run, session)
        try Console.out(report.text)
        for row in report.destinations.flatMap(\.corrections) where row.sku == sku {
            try say(
                "   \(row.sku) \(row.field?.rawValue ?? ""): \"\(HarmlessText.line(row.old, limit: 40))\" -> "
                    + "\"\(HarmlessText.line(row.new, limit: 40))\" (\(row.verdict.rawValue), \(row.outcome))"
            )
        }
    }

    private func firstCorrectedSKU(_ session: Session) async throws -> String? {
        do {
            for run in try await session.ledger.runs(of: stage.settings.team, limit: 5) {
                for part in run.destinations where part.shop.text == DemoStage.destinations[0] {
                    let rows = try await session.ledger.rows(
                        of: run.id,
                        destination: part.shop,
                        in: stage.settings.team
                    )
                    if let row = rows.corrections.first(where: { $0.outcome == "applied" }) { return row.sku }
                }
            }
            return nil
        } catch {
            throw CommandFailure(error)
        }
    }

    private func execute(_ mode: RunMode, _ session: Session) async throws -> RunReport {
        try await RunRunner(session: session, settings: stage.settings).run(mode, only: [])
    }

    private func mutations() -> Int {
        stage.stores.reduce(0) { $0 + $1.counters.writeCount }
    }

    private func say(_ lines: String...) throws {
        for line in lines { try Console.out(line) }
    }
}
