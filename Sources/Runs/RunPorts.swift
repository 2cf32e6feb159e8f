public import Catalog
public import Settings
import Snapshots

/// Everything a run needs from outside.
public struct RunPorts: Sendable {
    /// The database.
    public let ledger: any Ledger
    /// Opens one store of the team.
    public let store: @Sendable (StoreAddress) throws -> any Store
    /// Where exchange rates come from.
    public let rates: any RateSource
    /// Where the reports of a run go.
    public let reports: any ReportWriting
    /// Hears how far the run is, for whoever waits.
    public let progress: any RunProgress
    /// The time of day, and the waiting.
    public let clock: RunClock
    /// Makes an empty folder for one store's snapshot files of this run.
    public let workFolder: @Sendable (RunID, ShopDomain) throws -> String
    /// Removes all folders of a run.
    public let discard: @Sendable (RunID) -> Void
    /// Everything that mails need; `nil` where nobody gets any.
    public let mail: MailPorts?
    /// What the page of a run tells of the runs before it; `nil` where none are remembered.
    public let history: (any RunHistoryReading)?
    /// Where numbers for monitoring go; `nil` where nobody asked for them.
    public let metrics: (any MetricsWriting)?

    /// All that a run reaches outside itself.
    public init(
        ledger: any Ledger,
        store: @escaping @Sendable (StoreAddress) throws -> any Store,
        rates: any RateSource,
        reports: any ReportWriting,
        progress: any RunProgress,
        clock: RunClock,
        workFolder: @escaping @Sendable (RunID, ShopDomain) throws -> String,
        discard: @escaping @Sendable (RunID) -> Void,
        mail: MailPorts? = nil,
        history: (any RunHistoryReading)? = nil,
        metrics: (any MetricsWriting)? = nil
    ) {
        self.ledger = ledger
        self.store = store
        self.rates = rates
        self.reports = reports
        self.progress = progress
        self.clock = clock
        self.workFolder = workFolder
        self.discard = discard
        self.mail = mail
        self.history = history
        self.metrics = metrics
    }

    /// The folder of one store in a run.
    func folder(_ run: RunID, _ shop: ShopDomain) throws(RunError) -> String {
        do {
            return try workFolder(run, shop)
        } catch {
            throw .delivery("no folder for the snapshots: \(error)")
        }
    }

    /// Opens a store of the team.
    func open(_ address: StoreAddress) throws(RunError) -> any Store {
        do {
            return try store(address)
        } catch {
            throw .settings(String(describing: error))
        }
    }

    /// The key of all fingerprints of this installation.
    func fingerprintKey() async throws(RunError) -> FingerprintKey {
        let secret: [UInt8]
        do {
            secret = try await ledger.fingerprintSecret()
        } catch {
            throw .ledger(error)
        }
        do {
            return try FingerprintKey(secret: secret)
        } catch {
            throw .contradiction(error.description)
        }
    }
}
