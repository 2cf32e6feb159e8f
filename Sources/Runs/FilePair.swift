import Catalog
import Pricing
import Reconciliation
import Reporting
import Settings
import Snapshots

/// One destination's file beside the source's: rules, comparison, plan, brakes, rows.
struct FilePair: Sendable {
    let source: ComparedFile
    let destination: ComparedFile
    let rules: FileRules
    let key: FingerprintKey
    let watch: WatchList?
    let rates: FileRates
    let team: TeamID
    let releasesHeld: Bool

    private static let money = FieldSet(CatalogField.allCases.filter(\.isMoney))

    /// What a comparison goes by.
    private struct Terms {
        let rules: ComparisonRules
        let rate: RunRate
        /// The locked fields that both files have.
        let locked: FieldSet
        /// Fields that were not compared, each with why.
        let gaps: [(field: CatalogField, reason: String)]
    }

    /// Compares the source with the destination in a file, past which it is read if it can be.
    func found(_ left: SKUIndex, in file: CatalogueFile) async throws(RunError) -> FileComparison.Found {
        // What its beginning lets one expect of a file refuses nothing: that is for what all of it has.
        if let facts = file.likelyFacts, let terms = try? terms(left.snapshot, facts),
            let comparison = try await passing(file, left, terms)
        {
            return try await found(comparison, left, terms)
        }
        let whole = try self.whole(file)
        let terms = try terms(left.snapshot, CatalogueFile.Facts(whole))
        let comparison = await CatalogComparison.inParts(source: left, destination: whole, rules: terms.rules)
        return try await found(comparison, left, terms)
    }

    private func passing(
        _ file: CatalogueFile,
        _ left: SKUIndex,
        _ terms: Terms
    ) async throws(RunError) -> CatalogComparison? {
        do {
            return try await file.comparison(with: left, rules: terms.rules)
        } catch {
            throw Self.failure(error, of: destination)
        }
    }

    private func whole(_ file: CatalogueFile) throws(RunError) -> PackedSnapshot {
        do {
            return try file.whole()
        } catch {
            throw Self.failure(error, of: destination)
        }
    }

    private func found(
        _ unsettled: CatalogComparison,
        _ left: SKUIndex,
        _ terms: Terms
    ) async throws(RunError) -> FileComparison.Found {
        do throws(SnapshotError) {
            let comparison = try await DescriptionCheck.settled(unsettled)
            let stores = StoreFindings(comparison: comparison, source: source.shop, destination: destination.shop)
            async let storeRows = Result { () throws(SnapshotError) in try stores.rows() }
            var (plan, facts) = try await plan(comparison, released: [])
            if releasesHeld {
                let released = plan.held.filter(\.reason.isReleasable).map {
                    ReleasedItem(sku: $0.sku, reason: $0.reason, wanted: $0.wanted)
                }
                if !released.isEmpty { (plan, facts) = try await self.plan(comparison, released: Set(released)) }
            }
            let hits = brakes(plan, facts, left, comparison, terms)
            let outcomes = Self.outcomes(of: plan, hits)
            let compared = terms.locked.subtracting(FieldSet(terms.gaps.map(\.field)))
            let gaps = notCompared(left.snapshot.fields, comparison.destination.fields) + terms.gaps
            let isUnpriced = terms.rate.rate == nil && !terms.locked.isDisjoint(with: Self.money)
            async let counts = ComparisonCounts(comparison, of: compared)
            async let summary = OutcomeTally.summary(
                of: comparison,
                plan: plan,
                outcomes: outcomes,
                pricesUnjudged: isUnpriced
            )
            let findings = findings(try await storeRows.get(), plan, outcomes, hits)
            return FileComparison.Found(
                counts: await counts,
                plan: plan,
                outcomes: outcomes,
                brakes: hits,
                summary: await summary,
                corrections: CorrectionRows(of: plan, outcomes: outcomes, hasIDs: destination.hasShopIDs),
                findings: findings,
                rate: terms.rate.text,
                compared: compared,
                notCompared: gaps,
                isWhole: !compared.isEmpty && comparison.matched > 0 && (gaps.isEmpty || !rules.areRequired)
            )
        } catch {
            throw Self.failure(error, of: destination)
        }
    }

    private static func outcomes(of plan: CorrectionPlan, _ hits: [BrakeHit]) -> [CorrectionOutcome] {
        guard !hits.isEmpty else { return Array(repeating: .planned, count: plan.corrections.count) }
        return plan.corrections.map { correction in
            hits.first { $0.stops(correction) }.map { CorrectionOutcome.braked($0.brake) } ?? .planned
        }
    }

    /// A snapshot's error with the name a person knows the file by.
    static func failure(_ error: SnapshotError, of file: ComparedFile) -> RunError {
        if case .cancelled = error { return .stopped("\(file.name): stopped while it was read; nothing was written") }
        if case .otherCurrency(let line, let id, let found, let expected) = error {
            return .settings(
                "\(file.name): the cost of \(id) in line \(line) is in \(found), and the file was said to be in "
                    + "\(expected.code): say the right currency with --source-currency or --destination-currency"
            )
        }
        let reason = error.description
        return .file(
            reason.hasPrefix(file.path) ? file.name + reason.dropFirst(file.path.count) : "\(file.name): \(reason)"
        )
    }

    // MARK: Rules

    private func terms(_ left: PackedSnapshot, _ right: CatalogueFile.Facts) throws(RunError) -> Terms {
        let present = fields(left.fields, source).intersection(fields(right.fields, destination))
        let locked = rules.locked.intersection(present)
        let rate = try rate(isNeeded: !locked.isDisjoint(with: Self.money))
        let (comparisonRules, gaps) = try comparisonRules(rate, left, right, present)
        return Terms(rules: comparisonRules, rate: rate, locked: locked, gaps: gaps)
    }

    private func fields(_ read: FieldSet, _ file: ComparedFile) -> FieldSet {
        read.intersection(file.fields ?? .all)
    }

    private func rate(isNeeded: Bool) throws(RunError) -> RunRate {
        let (from, to) = (source.currency, destination.currency)
        guard from != to, isNeeded else {
            return .decide(
                from: from,
                to: from,
                rates: .failure(RateSourceError("")),
                limits: RateLimits(),
                now: rates.now,
                last: nil
            )
        }
        guard let table = rates.table else {
            throw .settings(
                "\(source.name) is in \(from) and \(destination.name) in \(to), and there is no rate: give --rate \(to)=… or "
                    + "--rates FILE, or leave amounts out with --ignore price,compare_at_price,cost"
            )
        }
        if let limits = rates.limits {
            return .decide(from: from, to: to, rates: .success(table), limits: limits, now: rates.now, last: nil)
        }
        do {
            return RunRate(given: try table.rate(from: from, to: to))
        } catch {
            throw .settings("\(error)")
        }
    }

    private func comparisonRules(
        _ rate: RunRate,
        _ left: PackedSnapshot,
        _ right: CatalogueFile.Facts,
        _ present: FieldSet
    ) throws(RunError) -> (ComparisonRules, [(field: CatalogField, reason: String)]) {
        let all = StockGroup(name: "all", source: .all, destination: .all, location: nil, buffer: 0)
        switch rules {
        case .plain(let locked, _, let prices):
            let book: PriceBook?
            do {
                book = try rate.rate.map { rate throws(PricingError) in try PriceBook(rules: prices, rate: rate) }
            } catch {
                throw .settings("--markup, --ending or --rounding: \(error)")
            }
            let rules = ComparisonRules(
                locked: locked.intersection(present),
                prices: book,
                priceMatches: prices.map { _ in .all },
                share: .everything,
                stock: [all]
            )
            return (rules, [])
        case .settings(let settings, let part):
            guard let watch else { throw .contradiction("settings without a list of what their rules look at") }
            // What an export says of its status where it has no such column is good enough for this.
            let missing = rules.lookedAt.subtracting(left.fields)
            guard missing.isEmpty else {
                throw .settings(
                    "\(source.name) has no \(missing.fields.map(\.rawValue).joined(separator: ", ")), by which the settings decide "
                        + "what is shared or how it is priced"
                )
            }
            guard watch.collections.isEmpty else {
                throw .settings(
                    "the settings speak of the collection \(watch.collections.joined(separator: ", ")), and files do not tell what "
                        + "is in it"
                )
            }
            let compiler = RulesCompiler(settings: settings, destination: part, key: key, watch: watch)
            let stock = compiler.isStockLocked ? group(part.locationGroups, left, right, all) : nil
            var compiled = try compiler.rules(rate: rate.rate, stock: stock.map { [$0] } ?? [], collections: [])
            var usable = present
            var gaps: [(field: CatalogField, reason: String)] = []
            if compiler.isStockLocked, stock == nil, present.contains(.inventory) {
                usable.remove(.inventory)
                gaps.append((.inventory, "the location groups name locations, and files hold only their ids"))
            }
            compiled.locked.formIntersection(usable)
            compiled.exceptions = compiled.exceptions.map {
                LockException(match: $0.match, lock: $0.lock.intersection(usable), unlock: $0.unlock)
            }
            return (compiled, gaps)
        }
    }

    /// The one group of locations that a file can stand for: all of its locations together.
    private func group(
        _ groups: [LocationGroup],
        _ left: PackedSnapshot,
        _ right: CatalogueFile.Facts,
        _ all: StockGroup
    ) -> StockGroup? {
        guard let only = groups.first else { return all }
        guard groups.count == 1, only.source.count >= left.locations.count, !right.hasSeveralLocations else {
            return nil
        }
        return StockGroup(name: only.name, source: .all, destination: .all, location: nil, buffer: Int64(only.buffer))
    }

    private func notCompared(_ left: FieldSet, _ right: FieldSet) -> [(field: CatalogField, reason: String)] {
        let (here, there) = (fields(left, source), fields(right, destination))
        return rules.locked.fields.compactMap { field in
            switch (here.contains(field), there.contains(field)) {
            case (true, true): nil
            case (true, false): (field, "not on every line of \(destination.name)")
            case (false, true): (field, "not on every line of \(source.name)")
            // Where nobody named fields, everything is meant that is there.
            case (false, false): rules.areRequired ? (field, "in neither file") : nil
            }
        }
    }

    // MARK: Plan and rows

    private func plan(
        _ comparison: CatalogComparison,
        released: Set<ReleasedItem>
    ) async throws(SnapshotError) -> (plan: CorrectionPlan, facts: PlanFacts) {
        let limits = if case .settings(_, let part) = rules { part.brakes } else { BrakeLimits() }
        let memory = PlanMemory(
            previousSource: nil,
            links: .empty,
            previousRate: nil,
            attempts: [:],
            released: released
        )
        var planner = try await PlanBuilder.planner(
            for: comparison,
            memory: memory,
            limits: limits,
            isCarriedOut: false
        )
        return planner.finish(
            team: team,
            destination: destination.shop,
            rules: "",
            snapshots: SnapshotDigests(source: "", destination: "")
        )
    }

    /// The brakes that need no earlier run to judge by.
    private func brakes(
        _ plan: CorrectionPlan,
        _ facts: PlanFacts,
        _ left: SKUIndex,
        _ comparison: CatalogComparison,
        _ terms: Terms
    ) -> [BrakeHit] {
        guard case .settings(_, let part) = rules else { return [] }
        let situation = Brakes.Situation(
            facts: facts,
            sizes: .init(source: left.distinctSKUs, destination: comparison.destinationSKUs),
            previousSizes: nil,
            acceptedRules: plan.rules,
            rateRefusal: terms.rate.refusal,
            pricesAreLocked: !terms.locked.isDisjoint(with: Self.money)
        )
        return Brakes(limits: part.brakes).judge(plan, in: situation)
    }

    private func findings(
        _ stores: [FindingRow],
        _ plan: CorrectionPlan,
        _ outcomes: [CorrectionOutcome],
        _ hits: [BrakeHit]
    ) -> [FindingRow] {
        FindingCollector(
            stores: stores,
            plan: plan,
            outcomes: outcomes,
            hits: hits,
            destination: destination.shop,
            advice: FindingCollector.Advice(
                held: "compare again with --held, if it is right",
                brake: "read corrections.csv; the brake's limit is in the settings"
            )
        ).findings().map { row in
            let file = row.shop == source.shop.text ? source : destination
            return row.of(file.label, isLinked: file.isShopKnown && file.hasShopIDs)
        }
    }
}

extension FindingRow {
    /// The same under the name that a person knows the file by.
    fileprivate func of(_ label: String, isLinked: Bool) -> FindingRow {
        var row = self
        row.shop = label
        if !isLinked { row.link = "" }
        return row
    }
}
