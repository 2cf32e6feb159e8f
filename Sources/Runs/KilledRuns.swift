import Catalog
import FoundationEssentials
import Pricing
import Reconciliation
import Reporting

/// Writes the records that killed runs of a destination could not write themselves (FAULTS AP-3, invariant 3).
///
/// Their journal says what they had begun; what they did not prove is looked up in the store. Works under the destination's lock,
/// so that nobody else is still writing, and before the next plan is kept or applied. Doing it twice is as good as once.
struct KilledRuns: Sendable {
    let ports: RunPorts
    let team: TeamID
    let store: any Store
    let equality: ValueEquality
    /// The run that looks.
    let run: RunID
    let lock: RunLock

    /// Records every killed run, then settles what is open in the journal.
    func settle() async throws(RunError) {
        let entries = try await ledgered { ledger throws(LedgerError) in
            try await ledger.unreportedIntents(team, destination: store.shop)
        }
        try await endBulkWrites(entries.map(\.intent))
        if !entries.isEmpty { try await record(entries) }
        try await ledgered { ledger throws(LedgerError) in
            for intent in try await ledger.openIntents(team, destination: store.shop) {
                // This run's snapshot is newer than whatever became of it, so its plan takes it into account.
                try await ledger.settle(
                    intent.key,
                    as: .unknown,
                    detail: "found open; the snapshot of run \(run.short) decided",
                    lock: lock,
                    at: ports.clock.now()
                )
            }
        }
    }

    /// A bulk operation outlives the run that started it: it must not write any more when this run looks and writes.
    private func endBulkWrites(_ intents: [WriteIntent]) async throws(RunError) {
        guard let bulk = store.bulk, intents.contains(where: { $0.call.hasPrefix(BulkShare.callPrefix) }) else {
            return
        }
        do throws(StoreError) {
            try await bulk.endWrites(of: team)
        } catch {
            throw .store(error)
        }
    }

    private func record(_ entries: [UnreportedIntent]) async throws(RunError) {
        let newest = try await ledgered { ledger throws(LedgerError) in
            try await ledger.newestPlan(team, destination: store.shop)
        }
        var killed: [RunID] = []
        for entry in entries where !killed.contains(entry.intent.run) { killed.append(entry.intent.run) }
        for killed in killed {
            let journal = Journal(of: entries.filter { $0.intent.run == killed })
            let live: LiveValues
            do throws(StoreError) {
                live = try await LiveValues(
                    of: journal.unproven,
                    in: store,
                    folder: try? ports.folder(run, store.shop)
                )
            } catch {
                throw .store(error)
            }
            let record = try record(of: killed, journal, live, newest?.run == killed ? newest : nil)
            try await ledgered { ledger throws(LedgerError) in try await ledger.record(record, lock: lock) }
        }
    }

    private func ledgered<Value: Sendable>(
        _ body: (any Ledger) async throws(LedgerError) -> Value
    ) async throws(RunError) -> Value {
        do {
            return try await body(ports.ledger)
        } catch {
            throw .ledger(error)
        }
    }

    private func record(
        of killed: RunID,
        _ journal: Journal,
        _ live: LiveValues,
        _ plan: StoredPlan?
    ) throws(RunError) -> DestinationRecord {
        // Where the plan does not read, the rows go without the rate.
        let rate = plan.flatMap { try? CorrectionPlan(document: $0.document) }?.rate
        var summary = DestinationSummary()
        var isWhole: [SKU: Bool] = [:]
        var rows: [CorrectionRow] = []
        for correction in journal.proven.union(journal.unproven).sorted() {
            var row = CorrectionRow(correction, outcome: .applied, rate: rate)
            var isApplied = true
            if !journal.proven.contains(correction) {
                let found = live.value(for: correction)
                isApplied = found.map { equality.same($0, correction.new, field: correction.field) } ?? false
                if isApplied {
                    row = row.saying("found by run \(run.short) after this run was killed")
                } else {
                    let seen = found.map { "the store had \"\($0.displayText)\"" } ?? "it was gone from the store"
                    let reason = "\(seen) when run \(run.short) looked, after this run was killed"
                    row = CorrectionRow(correction, outcome: .left(reason: reason), rate: rate)
                }
            }
            rows.append(row)
            summary.corrections[correction.field, default: 0] += 1
            if isApplied { summary.applied += 1 } else { summary.left += 1 }
            isWhole[correction.sku] = isApplied && isWhole[correction.sku, default: true]
        }
        summary.matched = isWhole.count
        summary.skus = Dictionary(grouping: isWhole.values) { $0 ? .corrected : .left }.mapValues(\.count)
        let contradictions = summary.contradictions
        guard contradictions.isEmpty else { throw .contradiction(contradictions.joined(separator: "; ")) }
        return DestinationRecord(
            run: killed,
            team: team,
            destination: store.shop,
            status: ExitStatus.interrupted.rawValue,
            detail: "killed while it wrote: of \(rows.count) corrections it had begun \(summary.applied) were made, "
                + "as run \(run.short) found; what it had not begun is not listed"
                + (journal.unreadable == 0 ? "" : "; \(journal.unreadable) batches of its journal do not read"),
            plan: plan?.hash,
            summary: summary,
            corrections: rows,
            findings: []
        )
    }
}

/// What a killed run had begun, each correction once however often it was sent.
private struct Journal: Sendable {
    /// Read back as meant by the run itself.
    private(set) var proven: Set<Correction> = []
    /// Whatever else may have been sent.
    private(set) var unproven: Set<Correction> = []
    /// Batches that do not decode.
    private(set) var unreadable = 0

    init(of entries: [UnreportedIntent]) {
        for entry in entries {
            guard let corrections = try? JSONDecoder().decode([Correction].self, from: entry.intent.corrections) else {
                unreadable += 1
                continue
            }
            if entry.state == .done { proven.formUnion(corrections) } else { unproven.formUnion(corrections) }
        }
        unproven.subtract(proven)
    }
}

/// What a store has now in the fields of some corrections.
private struct LiveValues: Sendable {
    private var variants: [Int64: LiveVariant] = [:]
    private var products: [Int64: ProductRecord] = [:]
    private var stock: [Int64: [Int64: StockState]] = [:]

    /// Reads them by number, or by bulk queries where they are so many that this ends sooner; what is gone has none.
    init(of corrections: Set<Correction>, in store: any Store, folder: String?) async throws(StoreError) {
        var ofVariants: Set<Int64> = []
        var ofProducts: Set<Int64> = []
        var items: [Int64: Set<Int64>] = [:]
        for correction in corrections {
            let target = correction.target
            if correction.field == .inventory {
                if let location = target.location { items[location, default: []].insert(target.inventoryItem) }
            } else if correction.field.owner == .product {
                ofProducts.insert(target.product)
            } else {
                ofVariants.insert(target.variant)
            }
        }
        let fields = FieldSet(corrections.map(\.field).filter { $0.owner != .product && $0 != .inventory })
        if let bulk = store.bulk, let folder,
            CallPlanner(pace: await bulk.pace()).surveys(variants: ofVariants.count, products: ofProducts.count)
        {
            let survey = try await bulk.survey(variants: ofVariants, products: ofProducts, fields: fields, in: folder)
            (variants, products) = (survey.variants, survey.products)
        } else {
            if !ofVariants.isEmpty { variants = try await store.variants(ofVariants.sorted(), fields: fields) }
            if !ofProducts.isEmpty { products = try await store.products(ofProducts.sorted()) }
        }
        for (location, items) in items {
            stock[location] = try await store.stock(items: items.sorted(), location: location)
        }
    }

    func value(for correction: Correction) -> FieldValue? {
        let target = correction.target
        if correction.field == .inventory {
            return target.location.flatMap { stock[$0]?[target.inventoryItem] }
                .map { $0.available.map(FieldValue.quantity) ?? .absent }
        }
        return correction.field.owner == .product
            ? products[target.product]?[correction.field] : variants[target.variant]?.values[correction.field]
    }
}

extension CorrectionRow {
    /// The same row with a reason.
    fileprivate func saying(_ reason: String) -> CorrectionRow {
        CorrectionRow(
            sku: sku,
            product: product,
            field: field,
            source: source,
            old: old,
            new: new,
            verdict: verdict,
            outcome: outcome,
            reason: reason,
            rate: rate,
            rule: rule,
            productID: productID,
            variantID: variantID
        )
    }
}
