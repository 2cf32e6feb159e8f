public import Catalog
public import Pricing
public import Reconciliation
public import Reporting
public import Snapshots

/// Two catalogues on local disk laid side by side, by the engine a run uses: no store, no ledger, nothing written but rows.
public struct FileComparison: Sendable {
    /// What was found.
    public struct Found: Sendable {
        /// The two catalogues side by side.
        public let comparison: CatalogComparison
        /// The counts, as the summary of a run has them.
        public let summary: DestinationSummary
        /// What a run would write, or holds back.
        public let corrections: [CorrectionRow]
        /// What a person has to look at.
        public let findings: [FindingRow]
    }

    private let team: TeamID
    private let key: FingerprintKey
    private let locked: FieldSet
    private let source: ShopDomain
    private let destination: ShopDomain

    /// - Parameters:
    ///   - team: whose plan it would be.
    ///   - key: makes the fingerprints of SKUs and values.
    ///   - locked: the fields that are compared; both files need them on every line.
    ///   - source: names the first catalogue in findings.
    ///   - destination: names the second catalogue in findings.
    public init(team: TeamID, key: FingerprintKey, locked: FieldSet, source: ShopDomain, destination: ShopDomain) {
        self.team = team
        self.key = key
        self.locked = locked
        self.source = source
        self.destination = destination
    }

    /// Reads both bulk JSONL files, side by side on two threads, and compares all of their variants; stock by its sums.
    ///
    /// - Throws: ``RunError/snapshot(shop:reason:)`` where a file is not whole or lacks a field.
    public func compare(
        _ left: String,
        in currency: Currency,
        with right: String,
        by book: PriceBook
    ) async throws(RunError) -> Found {
        async let first = index(left, currency, source)
        async let second = index(right, book.rate.to, destination)
        let (sourceIndex, destinationIndex) = (await first, await second)
        let rules = ComparisonRules(
            locked: locked,
            prices: book,
            priceMatches: book.rules.map { _ in .all },
            share: .everything,
            stock: [StockGroup(name: "all", source: .all, destination: .all, location: nil, buffer: 0)]
        )
        let comparison = CatalogComparison(
            source: try sourceIndex.get(),
            destination: try destinationIndex.get(),
            rules: rules
        )
        do throws(SnapshotError) {
            return try await found(comparison)
        } catch {
            throw .snapshot(shop: source, reason: error.description)
        }
    }

    private func index(_ path: String, _ currency: Currency, _ shop: ShopDomain) async -> Result<SKUIndex, RunError> {
        do {
            let reader = try SnapshotReader(key: key, currency: currency, required: locked)
            return .success(SKUIndex(try reader.read(file: path, expecting: nil)))
        } catch {
            return .failure(.snapshot(shop: shop, reason: "\(path): \(error)"))
        }
    }

    private func found(_ comparison: CatalogComparison) async throws(SnapshotError) -> Found {
        let planner = try await PlanBuilder.planner(for: comparison, memory: .none, limits: BrakeLimits())
        let plan = planner.finish(
            team: team,
            destination: destination,
            rules: "",
            snapshots: SnapshotDigests(source: "", destination: "")
        ).plan
        let outcomes = plan.corrections.map { _ in CorrectionOutcome.planned }
        let summary = OutcomeTally.summary(of: comparison, plan: plan, outcomes: outcomes, pricesUnjudged: false)
        let findings = try FindingCollector(
            comparison: comparison,
            plan: plan,
            outcomes: outcomes,
            hits: [],
            source: source,
            destination: destination
        ).findings()
        return Found(
            comparison: comparison,
            summary: summary,
            corrections: CorrectionRow.rows(of: plan, outcomes: outcomes),
            findings: findings
        )
    }
}
