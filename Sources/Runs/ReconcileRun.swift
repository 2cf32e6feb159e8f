public import Catalog
import Mail
import Pricing
import Reconciliation
import ReportPage
public import Reporting
public import Settings
import Snapshots

/// One run over a team: the stages in order, every destination by itself.
public struct ReconcileRun: Sendable {
    /// How much a run does at once.
    public struct Width: Sendable {
        /// Destinations under way at once.
        public let destinations: Int
        /// Batches under way at once per destination.
        public let batches: Int

        /// A width.
        public init(destinations: Int = 4, batches: Int = 4) {
            self.destinations = destinations
            self.batches = batches
        }
    }

    private let ports: RunPorts
    private let settings: TeamSettings
    private let only: Set<ShopDomain>
    private let mode: RunMode
    private let run: RunID
    private let version: String
    private let holder: String
    private let width: Width

    /// Prepares a run; nothing is contacted.
    ///
    /// - Parameters:
    ///   - settings: the team's stores and rules.
    ///   - only: the destinations to run; empty means all of the settings.
    ///   - mode: whether it writes or only plans.
    ///   - run: names the run in the ledger and the reports.
    ///   - version: the program's version, for the reports.
    ///   - holder: who runs it, such as `user@host, process 123`, for others who find the lock taken.
    ///   - ports: everything it needs from outside.
    ///   - width: how much it does at once.
    public init(
        settings: TeamSettings,
        only: Set<ShopDomain>,
        mode: RunMode,
        run: RunID,
        version: String,
        holder: String,
        ports: RunPorts,
        width: Width = Width()
    ) {
        self.ports = ports
        self.settings = settings
        self.only = only
        self.mode = mode
        self.run = run
        self.version = version
        self.holder = holder
        self.width = width
    }

    /// Does the whole run and writes its reports.
    ///
    /// The report's status is the gravest of its parts (FAULTS, "Exit status"); its folder is `nil` where it could not be written.
    ///
    /// - Throws: ``RunError`` where the run could not begin, so that there is nothing to report.
    public func execute() async throws(RunError) -> (report: RunReport, folder: String?) {
        let unknown = only.filter { settings.destination($0) == nil }
        guard unknown.isEmpty else {
            throw .settings(
                "no destination \(unknown.sorted().map(\.text).joined(separator: ", ")) in the settings; there are: "
                    + settings.destinations.map(\.store.shop.text).joined(separator: ", ")
            )
        }
        let watch = try WatchList(settings)
        do {
            try ports.reports.rehearse()
        } catch {
            throw .delivery("no report could be written, so no store was contacted: \(error.description)")
        }
        let lock = try await ledgered { ledger throws(LedgerError) in
            try await ledger.lock(.team(settings.team), holder: holder, at: ports.clock.now())
        }
        let result: Result<Ending, RunError>
        do {
            result = .success(try await locked(lock, watch))
        } catch {
            result = .failure(error)
        }
        await ports.ledger.unlock(lock)
        let ending = try result.get()
        // Without the lock: a slow mail server keeps nobody else from running.
        return (await mailed(ending), ending.folder)
    }

    /// A run that is over and recorded.
    private struct Ending: Sendable {
        let report: RunReport
        let folder: String?
        /// Mails that no ledger could take.
        let unposted: [MailDraft]
    }

    private func locked(_ lock: RunLock, _ watch: WatchList) async throws(RunError) -> Ending {
        let startedAt = ports.clock.now()
        let roll = try await TeamRoll.read(settings, from: ports.ledger, askedBy: holder, at: startedAt)
        try await ledgered { ledger throws(LedgerError) in
            try await ledger.begin(
                RunStart(
                    id: run,
                    team: settings.team,
                    command: mode.command,
                    startedAt: startedAt,
                    version: version,
                    holder: holder,
                    stages: mode.runStages
                ),
                lock: lock
            )
        }
        let (destinations, failure) = await everyDestination(lock, watch, roll)
        let status =
            (destinations.map { ExitStatus(rawValue: $0.status) ?? .internal }
            + [failure?.statusInRun].compactMap(\.self))
            .max() ?? .ok
        let report = RunReport(
            run: run.text,
            team: settings.team,
            source: settings.source.store.shop,
            command: mode.command,
            startedAt: startedAt,
            endedAt: ports.clock.now(),
            status: status.rawValue,
            detail: failure?.description ?? "",
            destinations: destinations
        )
        return await uninterrupted { _ in await close(report, lock) }
    }

    /// Writes the end of the run with its mails into the ledger, then its reports: those also where the ledger is gone (FAULTS DB-2).
    private func close(_ report: RunReport, _ lock: RunLock) async -> Ending {
        var report = report
        var unposted: [MailDraft] = []
        // Worth no failure: a page without the earlier runs says so.
        let history = try? await ports.history?.history(of: settings.team, until: report.startedAt)
        let post = await post(for: report, history)
        for refusal in post.refusals { report = report.ending(with: .internal, refusal.description) }
        do {
            try await ports.ledger.finish(
                run,
                status: report.status,
                detail: report.detail,
                at: report.endedAt,
                post: post,
                lock: lock
            )
        } catch {
            report = report.ending(with: RunError.ledger(error).status, error.description)
            unposted = await self.post(for: report, history).drafts
        }
        do {
            let folder = try ports.reports.write(report, page: RunPage(report, history: history))
            return Ending(report: report, folder: folder, unposted: unposted)
        } catch {
            return Ending(report: report.ending(with: .delivery, error.description), folder: nil, unposted: unposted)
        }
    }

    /// The mails of this run.
    private func post(for report: RunReport, _ history: RunHistory?) async -> ReportMail.Post {
        guard let mail = ports.mail, mode.writes else { return ReportMail.Post() }
        // Without a memory all is news: better told twice than not at all.
        let memory = (try? await mail.outbox.mailMemory(of: settings.team)) ?? []
        return ReportMail(
            report,
            list: mail.list,
            reports: mail.reports,
            mostBytes: mail.mostBytes,
            history: history,
            stages: mode.stages
        ).atEnd(memory: memory, at: ports.clock.now())
    }

    /// Sends what waits; the report then ends with DELIVERY, unless worse, where something could not be sent.
    private func mailed(_ ending: Ending) async -> RunReport {
        guard let mail = ports.mail, mode.writes else { return ending.report }
        if !ending.unposted.isEmpty {
            let result = await DirectMail(mail.sender, of: settings.team, from: mail.from).send(ending.unposted)
            return result.isGood ? ending.report : ending.report.ending(with: .delivery, result.text)
        }
        do throws(LedgerError) {
            let result = try await MailRound(mail, clock: ports.clock).send(.due)
            return result.isGood ? ending.report : ending.report.ending(with: .delivery, result.text)
        } catch {
            return ending.report.ending(with: .delivery, "mail waits in the outbox: \(error)")
        }
    }

    /// The destinations' reports, and what stopped the run as a whole, if anything did.
    private func everyDestination(
        _ lock: RunLock,
        _ watch: WatchList,
        _ roll: TeamRoll
    ) async -> (reports: [DestinationReport], failure: RunError?) {
        let wanted = settings.destinations.filter { only.isEmpty || only.contains($0.store.shop) }
        let approved = wanted.filter { roll.isApproved($0.store.shop) }
        let others = wanted.filter { !roll.isApproved($0.store.shop) }.map {
            DestinationReport(notApproved: $0.store.shop, of: settings.team, state: roll.states[$0.store.shop])
        }
        for report in others { await keep(report, lock) }
        guard !approved.isEmpty else { return (others, nil) }
        defer { ports.discard(run) }
        let sourceStore: any Store
        let key: FingerprintKey
        do throws(RunError) {
            sourceStore = try ports.open(settings.source.store)
            key = try await ports.fingerprintKey()
        } catch {
            return (approved.map { DestinationReport(failed: $0.store.shop, error) } + others, error)
        }
        let source = SharedSource()
        let reader = SourceReader(ports: ports, settings: settings, run: run, lock: lock, watch: watch, key: key)
        async let sourceIsRead = read(sourceStore, by: reader, into: source)
        // The destinations are exported and packed meanwhile; they wait for the source before they compare.
        let reports = await each(approved) { destination in
            await one(destination, source, key, watch, sourceStore, teamLock: lock)
        }
        var failure: RunError?
        if case .failure(let error) = await sourceIsRead { failure = error }
        return ((reports + others).sorted { $0.shop < $1.shop }, failure)
    }

    /// Reads the source, tells those who wait, and says whether it was read.
    private func read(
        _ store: any Store,
        by reader: SourceReader,
        into source: SharedSource
    ) async -> Result<Void, RunError> {
        let result: Result<SourceSide, RunError>
        do {
            result = .success(try await reader.read(store))
        } catch {
            result = .failure(error)
        }
        await source.finish(result)
        return result.map { _ in }
    }

    private func one(
        _ destination: DestinationSettings,
        _ source: SharedSource,
        _ key: FingerprintKey,
        _ watch: WatchList,
        _ sourceStore: any Store,
        teamLock: RunLock
    ) async -> DestinationReport {
        let shop = destination.store.shop
        let lock: RunLock
        do throws(LedgerError) {
            lock = try await ports.ledger.lock(
                .destination(settings.team, shop),
                holder: holder,
                at: ports.clock.now()
            )
        } catch {
            let report = DestinationReport(failed: shop, RunError.ledger(error))
            await keep(report, teamLock)
            return report
        }
        let part = DestinationRun(
            ports: ports,
            settings: settings,
            destination: destination,
            source: source,
            key: key,
            watch: watch,
            sourceStore: sourceStore,
            run: run,
            mode: mode,
            lock: lock,
            batchesInFlight: width.batches
        )
        let report = await part.execute()
        await ports.ledger.unlock(lock)
        return report
    }

    /// Keeps the row of a destination whose part never began.
    ///
    /// Nothing rests on it: a ledger that fails here fails at the end of the run as well, which is judged.
    private func keep(_ report: DestinationReport, _ lock: RunLock) async {
        try? await ports.ledger.record(DestinationRecord(report, run: run, team: settings.team), lock: lock)
    }

    /// Runs a few at a time; the results are in the order of the input.
    private func each(
        _ destinations: [DestinationSettings],
        _ body: @escaping @Sendable (DestinationSettings) async -> DestinationReport
    ) async -> [DestinationReport] {
        await withTaskGroup(of: (Int, DestinationReport).self) { group in
            var results: [Int: DestinationReport] = [:]
            var waiting = destinations.enumerated().makeIterator()
            for _ in 0..<width.destinations {
                guard let (index, destination) = waiting.next() else { break }
                group.addTask { (index, await body(destination)) }
            }
            while let (index, report) = await group.next() {
                results[index] = report
                if let (next, destination) = waiting.next() {
                    group.addTask { (next, await body(destination)) }
                }
            }
            return results.sorted { $0.key < $1.key }.map(\.value)
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
}

extension DestinationReport {
    /// A destination that has no approved place in the team: nothing of it was read or written.
    init(notApproved shop: ShopDomain, of team: TeamID, state: MembershipState?) {
        let detail =
            switch state {
            case nil: "not in the team: the store asks with synctec team join \(team) --shop \(shop.name)"
            case .requested: "its request waits: synctec team approve \(shop)"
            case .some(let state): "its membership is \(state.rawValue): nothing was read or written"
            }
        self.init(
            shop: shop,
            status: ExitStatus.attention.rawValue,
            detail: detail,
            plan: nil,
            brakes: [],
            rate: "",
            summary: .init(),
            corrections: [],
            findings: [FindingRow(kind: .store, shop: shop.text, detail: detail)]
        )
    }

    /// A destination whose part failed.
    init(failed shop: ShopDomain, _ error: RunError) {
        self.init(
            shop: shop,
            status: error.statusInRun.rawValue,
            detail: error.description,
            plan: nil,
            brakes: [],
            rate: "",
            summary: .init(),
            corrections: [],
            findings: [FindingRow(kind: .store, shop: shop.text, detail: error.description)]
        )
    }
}

extension RunReport {
    /// The same report, ending with this status unless it ended worse (FAULTS, invariant 12).
    fileprivate func ending(with status: ExitStatus, _ reason: String) -> RunReport {
        let ended = ExitStatus(rawValue: self.status) ?? .internal
        let detail =
            self.detail.contains(reason)
            ? self.detail : [self.detail, reason].filter { !$0.isEmpty }.joined(separator: "; ")
        var report = self
        report.status = max(ended, status).rawValue
        report.detail = detail
        return report
    }
}
