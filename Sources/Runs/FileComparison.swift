public import Catalog
public import Reconciliation
public import Reporting
import Settings
public import Snapshots

/// Catalogues on local disk laid side by side, by the engine a run uses: no store, no ledger, nothing written but rows.
public struct FileComparison: Sendable {
    /// What was found in one destination's file.
    public struct Found: Sendable {
        /// What was counted, row by row.
        public let counts: ComparisonCounts
        /// What a run would write, and what it holds back.
        public let plan: CorrectionPlan
        /// What would become of each correction: planned, or braked.
        public let outcomes: [CorrectionOutcome]
        /// The brakes that stop a part of it; only settings have any.
        public let brakes: [BrakeHit]
        /// The counts, as the summary of a run has them.
        public let summary: DestinationSummary
        /// The plan as rows.
        public let corrections: CorrectionRows
        /// What a person has to look at.
        public let findings: [FindingRow]
        /// The rate with date and origin, or why there is none; empty for one currency.
        public let rate: String
        /// The fields that were compared.
        public let compared: FieldSet
        /// Fields that should have been and were not, each with why.
        public let notCompared: [(field: CatalogField, reason: String)]
        /// Whether something was compared, and all of it that was asked for by name or by settings.
        public let isWhole: Bool

        /// How it ended: what a person has to do.
        public var status: ExitStatus {
            if !brakes.isEmpty { return .brake }
            return isWhole && findings.isEmpty && summary.skus.keys.allSatisfy { $0 == .inStep } ? .ok : .attention
        }
    }

    private let team: TeamID
    private let key: FingerprintKey
    private let rates: FileRates
    private let releasesHeld: Bool

    /// - Parameters:
    ///   - key: makes the fingerprints of SKUs and values.
    ///   - rates: for files of different currencies.
    ///   - releasesHeld: whether prices beyond one step are corrected as well, as an approval with `--held` does.
    ///   - team: whose plan it would be.
    public init(key: FingerprintKey, rates: FileRates, releasesHeld: Bool = false, team: TeamID) {
        self.key = key
        self.rates = rates
        self.releasesHeld = releasesHeld
        self.team = team
    }

    /// Reads the source once, and each destination past it.
    ///
    /// Stock is compared by its sums unless settings say more. `each` is told what was found, in the order of the destinations.
    ///
    /// - Throws: ``RunError/file(_:)`` where a file is not whole, ``RunError/settings(_:)`` where it does not fit the rules.
    public func compare(
        _ source: ComparedFile,
        with destinations: [(file: ComparedFile, rules: FileRules)],
        each: (Int, Found) async throws -> Void
    ) async throws {
        let settings = destinations.lazy.compactMap { pair in
            if case .settings(let settings, _) = pair.rules { settings } else { nil }
        }.first
        let watch = try settings.map { settings throws(RunError) in try WatchList(settings) }
        let firstFile = destinations.first?.file
        async let first = firstFile.map { open($0, watch, isDestination: true) }
        let sourceIndex = try await index(try open(source, watch, isDestination: false).get(), of: source)
        var opened = await first
        for (place, destination) in destinations.enumerated() {
            let file = try (opened ?? open(destination.file, watch, isDestination: true)).get()
            opened = nil
            let pair = FilePair(
                source: source,
                destination: destination.file,
                rules: destination.rules,
                key: key,
                watch: watch,
                rates: rates,
                team: team,
                releasesHeld: releasesHeld
            )
            let found = try await pair.found(sourceIndex, in: file)
            try await each(place, found)
            // A hundred thousand corrections take a while to give back: beside the next destination.
            Task.detached { withExtendedLifetime(found) {} }
        }
    }

    private func index(_ file: CatalogueFile, of source: ComparedFile) async throws(RunError) -> SKUIndex {
        do {
            return try await file.indexed()
        } catch {
            throw FilePair.failure(error, of: source)
        }
    }

    private func open(
        _ file: ComparedFile,
        _ watch: WatchList?,
        isDestination: Bool
    ) -> Result<CatalogueFile, RunError> {
        do {
            let reader = try SnapshotReader(
                key: key,
                currency: file.currency,
                required: FieldSet(),
                watchedTags: watch?.tags ?? [],
                descriptions: .asWritten
            )
            return .success(try CatalogueFile(file.path, reader: reader, isDestination: isDestination))
        } catch {
            return .failure(FilePair.failure(error, of: file))
        }
    }
}
