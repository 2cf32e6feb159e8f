import Catalog
public import Settings

/// Everything a run needs from outside.
public struct RunPorts: Sendable {
    /// The database.
    public let ledger: any Ledger
    /// Opens one store of the team.
    public let store: @Sendable (StoreAddress) throws -> any Store
    public let rates: any RateSource
    public let reports: any ReportWriting
    public let progress: any RunProgress
    public let clock: RunClock
    /// Makes a folder for this run's snapshot files, which is the run's own.
    public let workFolder: @Sendable (RunID) throws -> String
    /// Removes it.
    public let discard: @Sendable (String) -> Void

    public init(
        ledger: any Ledger, store: @escaping @Sendable (StoreAddress) throws -> any Store, rates: any RateSource,
        reports: any ReportWriting, progress: any RunProgress, clock: RunClock,
        workFolder: @escaping @Sendable (RunID) throws -> String, discard: @escaping @Sendable (String) -> Void
    ) {
        self.ledger = ledger
        self.store = store
        self.rates = rates
        self.reports = reports
        self.progress = progress
        self.clock = clock
        self.workFolder = workFolder
        self.discard = discard
    }
}
