import Catalog
import Reconciliation

/// Writes content and prices by bulk operations: surveys the whole store, journals, sends files of inputs, judges the answers.
///
/// What could not be sent so gets no outcome, and is left for single calls. What the answers don't tell is looked up.
struct BulkWriter: Sendable {
    let applier: CorrectionApplier
    let bulk: any BulkWriting
    let terms: BulkTerms

    /// Most corrections without an answer that are still looked up one by one; more are left for the next run.
    private static let mostLookups = 5_000
    private static let callOff = "the run was stopped while the store carried it out"

    func write(_ items: [Numbered]) async -> BatchResult {
        var result = BatchResult()
        let whole = ProductBatch(of: items)
        do throws(StoreError) {
            let found = try await bulk.survey(
                variants: Set(whole.targets),
                products: Set(whole.products.filter { !$0.ofProduct.isEmpty }.map(\.id)),
                fields: whole.variantFields,
                in: terms.folder
            )
            let live = LiveProducts(variants: found.variants, products: found.products)
            for item in items { result.outcomes[item.index] = applier.objection(to: item, live) }
        } catch {
            // Nothing was written yet. A store that answers nobody will say so to the single calls as well.
            switch error {
            case .unavailable, .incomplete, .file, .refused: return BatchResult()
            default:
                applier.gate.note(error)
                result.leave(items, error.description)
                return result
            }
        }
        let due = whole.keeping { result.outcomes[$0.index] == nil }
        guard !due.products.isEmpty else { return result }
        let planner = CallPlanner(pace: await bulk.pace())
        let shares = BulkShare.shares(of: due.calls, by: planner)
        await withTaskGroup(of: BatchResult.self) { group in
            var waiting = shares.enumerated().makeIterator()
            var running = 0
            func fill() {
                while running < max(planner.pace.bulkInFlight, 1), let (number, share) = waiting.next() {
                    group.addTask { await write(share, number: number) }
                    running += 1
                }
            }
            fill()
            while let part = await group.next() {
                running -= 1
                result.outcomes.merge(part.outcomes) { _, new in new }
                fill()
            }
        }
        return result
    }

    /// One operation between two commits of the journal; no outcomes where it was not started.
    private func write(_ share: BulkShare, number: Int) async -> BatchResult {
        var result = BatchResult()
        if let refusal = applier.gate.refusal() {
            for item in share.items { result.outcomes[item.index] = refusal }
            return result
        }
        let key: String
        do {
            key = try await applier.journal.intend(
                "\(BulkShare.callPrefix)\(share.title)",
                batch: "b\(number)",
                corrections: share.items.map(\.correction)
            )
        } catch {
            applier.gate.shut(error)
            result.leave(share.items, error.description)
            return result
        }
        var state: WriteIntent.State
        do throws(StoreError) {
            let gate = applier.gate
            let answer = try await bulk.write(
                share.lines,
                name: BulkName(team: applier.journal.team, key: key),
                in: terms.folder,
                isStopping: { gate.callsOff }
            )
            state = await judge(share, answer, &result) ? .done : .unknown
        } catch {
            // No line can have been carried out, so single calls may send them all.
            state = .refused
            if error.disposition != .skip, !error.isPassing {
                applier.gate.note(error)
                result.leave(share.items, error.description)
            }
        }
        let applied = share.items.count { result.outcomes[$0.index]?.kind == .applied }
        if state == .done, applied < share.items.count { state = .refused }
        do {
            try await applier.journal.settle(key, state, "\(applied) of \(share.items.count) applied")
        } catch {
            applier.gate.shut(error)
            result.leave(share.items, error.description)
        }
        return result
    }

    /// Holds what the answers show against what was to be; `false` where something stays unknown.
    private func judge(_ share: BulkShare, _ answer: BulkAnswer, _ result: inout BatchResult) async -> Bool {
        let shown = LiveProducts(
            variants: answer.variants.mapValues { LiveVariant($0, fields: share.variantFields) },
            products: answer.products
        )
        var unknown: [Numbered] = []
        for (line, call) in share.calls.enumerated() {
            let refusals = answer.refusals[line]
            var told: [Int: CorrectionOutcome] = [:]
            if let refusals { call.note(refusals, &told) }
            for item in call.items {
                if let found = shown.value(of: item) {
                    result.outcomes[item.index] = verdict(on: item, found, told[item.index])
                } else if let outcome = told[item.index] {
                    result.outcomes[item.index] = outcome
                } else {
                    unknown.append(item)
                }
            }
        }
        guard !unknown.isEmpty else { return true }
        let reason = answer.shortfall.isEmpty ? "the store's answer to it is missing" : answer.shortfall
        if applier.gate.callsOff || unknown.count > Self.mostLookups {
            result.leave(unknown, applier.gate.callsOff ? Self.callOff : "\(reason); the next run looks")
            return false
        }
        return await lookUp(unknown, reason, &result)
    }

    /// Reads what the answers left open.
    ///
    /// What still has its old value gets no outcome where the operation has ended, so that single calls send it.
    private func lookUp(_ items: [Numbered], _ reason: String, _ result: inout BatchResult) async -> Bool {
        let batch = ProductBatch(of: items)
        do throws(StoreError) {
            let products = batch.products.filter { !$0.ofProduct.isEmpty }.map(\.id)
            let live = LiveProducts(
                variants: try await applier.store.variants(batch.targets, fields: batch.variantFields),
                products: products.isEmpty ? [:] : try await applier.store.products(products)
            )
            for item in items {
                let correction = item.correction
                guard let found = live.value(of: item) else {
                    result.outcomes[item.index] = .left(reason: "it is gone from the store")
                    continue
                }
                if applier.equality.same(found, correction.new, field: correction.field) {
                    result.outcomes[item.index] = .applied
                } else if applier.equality.same(found, correction.old, field: correction.field) {
                    result.outcomes[item.index] = .left(reason: "\(reason), and the old value still stands")
                } else {
                    result.outcomes[item.index] = .unheld(found: found.displayText)
                }
            }
            return true
        } catch {
            applier.gate.note(error)
            result.leave(items, "\(reason), and could not be read back: \(error)")
            return false
        }
    }

    private func verdict(on item: Numbered, _ found: FieldValue, _ told: CorrectionOutcome?) -> CorrectionOutcome {
        if applier.equality.same(found, item.correction.new, field: item.correction.field) { return .applied }
        return told ?? .unheld(found: found.displayText)
    }
}

extension StoreError {
    /// Whether single calls may still get through where a bulk operation could not be started.
    fileprivate var isPassing: Bool {
        switch self {
        case .unavailable, .incomplete, .file: true
        default: false
        }
    }
}
