import Catalog
import CurlTransport
import Foundation
import Mail
import PostgresLedger
import ReportFiles
import Runs
import Settings
import ShopifyAdmin
import Transport

/// The concrete adapters of one command, built in one place.
struct Session {
    let ledger: DatabaseLedger
    let transport: any HTTPExchanging
    let clock = RunClock(now: { .now })
    /// What the command says beside its results.
    let output: Output
    private let credentials: CredentialStore
    private let opened = OpenedStores()

    /// Opens the ledger; nothing else is contacted.
    static func open(
        database: String?,
        state: String,
        credentials: String?,
        _ output: Output
    ) async throws -> Session {
        let place: LedgerPlace
        if let database {
            place = .server(DatabaseAddress(database))
        } else {
            place = .privateServer(stateFolder: state)
        }
        let transport: CurlClient
        do {
            transport = try CurlClient(
                userAgent: "synctec/\(Version.number)",
                environment: Console.environment,
                additionalCAFile: nil
            )
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        do {
            // The address of a database may hold a password, so it is not shown.
            let kind = database == nil ? "private server in \(state)" : "database of the settings"
            return Session(
                ledger: try await output.timed("ledger: \(kind), opened") { try await DatabaseLedger.open(place) },
                transport: transport,
                credentials: CredentialStore(folder: credentials, environment: .process),
                output: output
            )
        } catch let error as LedgerError {
            let failure = CommandFailure(error)
            // Which database of the settings it is, the settings say.
            guard database == nil else { throw failure }
            throw CommandFailure(failure.status, "the private server in \(state): \(failure.message)")
        }
    }

    private init(
        ledger: DatabaseLedger,
        transport: any HTTPExchanging,
        credentials: CredentialStore,
        output: Output
    ) {
        self.ledger = ledger
        self.transport = transport
        self.credentials = credentials
        self.output = output
    }

    /// Runs `body` with a session and closes it, whatever comes of it.
    static func with<Value>(
        _ settings: TeamSettings,
        _ output: Output,
        _ body: (Session) async throws -> Value
    ) async throws -> Value {
        try await with(
            database: settings.database,
            state: settings.state,
            credentials: settings.credentials,
            output,
            body
        )
    }

    /// Runs `body` with a session and closes it, whatever comes of it.
    static func with<Value>(
        database: String?,
        state: String,
        credentials: String?,
        _ output: Output,
        _ body: (Session) async throws -> Value
    ) async throws -> Value {
        let session = try await open(database: database, state: state, credentials: credentials, output)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(session))
        } catch {
            result = .failure(error)
        }
        await session.tellCalls()
        do {
            try await session.ledger.close()
        } catch {
            Console.error("synctec: the database did not close in order: \(error)")
        }
        return try result.get()
    }

    /// Opens one store with its credential.
    func store(_ address: StoreAddress) throws -> any Store {
        let store = ShopifyStore(
            address: address,
            credential: try credentials.credential(for: address.shop),
            transport: transport,
            clock: .machine
        )
        opened.add(store)
        return store
    }

    /// Says what the stores that were opened since it was last said were asked and what it cost, where that is wanted.
    func tellCalls() async {
        guard output.isVerbose else { return }
        for (shop, sum) in await opened.takeSums() {
            output.detail(
                "\(shop) asked queries=\(sum.queries) mutations=\(sum.mutations) throttled=\(sum.throttled) points=\(sum.points)",
                fields: ["SYNCTEC_SHOP": shop.text]
            )
        }
    }

    /// The destinations a run works on: those asked for that have an approved place in the team.
    ///
    /// Where the ledger can't tell there are none; the run meets the same trouble and tells it.
    func approved(_ settings: TeamSettings, only: Set<ShopDomain>) async -> Set<ShopDomain> {
        do {
            let members = try await ledger.memberships(of: settings.team).filter { $0.state == .approved }
            let wanted = settings.destinations.map(\.store.shop).filter { only.isEmpty || only.contains($0) }
            return Set(members.map(\.store.shop)).intersection(wanted)
        } catch {
            return []
        }
    }

    /// Reads the secret of the source and of these destinations, before any store is contacted.
    ///
    /// - Throws: ``CommandFailure`` with every file that can't be used.
    func checkCredentials(_ settings: TeamSettings, _ destinations: Set<ShopDomain>) throws {
        let problems = ([settings.source.store.shop] + destinations.sorted()).compactMap { shop in
            do throws(CredentialError) {
                _ = try credentials.credential(for: shop)
                return nil as String?
            } catch {
                return error.description
            }
        }
        let all = problems + [mailProblem(settings)].compactMap(\.self)
        guard all.isEmpty else { throw CommandFailure(.usage, all.joined(separator: "\n")) }
    }

    /// Why the mail server's password can't be read, where one is needed.
    func mailProblem(_ settings: TeamSettings) -> String? {
        guard settings.smtp?.user != nil else { return nil }
        do throws(CredentialError) {
            _ = try credentials.mailPassword()
            return nil
        } catch {
            return error.description
        }
    }

    /// Everything that mails need; `nil` where the settings have no mail server.
    func mail(_ settings: TeamSettings) -> MailPorts? {
        guard let server = settings.smtp else { return nil }
        return MailPorts(
            outbox: ledger,
            sender: MailSender(server, credentials: credentials),
            list: MailList(settings),
            from: server.from,
            reports: settings.reports,
            mostBytes: server.mostBytes,
            holder: Holder.process
        )
    }

    /// Everything a run needs.
    func ports(_ settings: TeamSettings, progress: any RunProgress) -> RunPorts {
        let work = WorkFolders(state: settings.state)
        let opened = self
        return RunPorts(
            ledger: ledger,
            store: { try opened.store($0) },
            rates: RateReader(settings: settings.rates, transport: transport, clock: clock),
            reports: ReportFolder(settings.reports, team: settings.team),
            progress: progress,
            clock: clock,
            workFolder: { try work.make($0, $1) },
            discard: { work.remove($0) },
            mail: mail(settings),
            history: ledger,
            metrics: settings.metrics.map { MetricsFile($0) }
        )
    }

    /// How stores come and go.
    func teamLife() -> TeamLife {
        let opened = self
        return TeamLife(ledger: ledger, store: { try opened.store($0) }, clock: clock, actor: Holder.actor)
    }
}

/// Who runs this process, for the ledger and for others who find a lock taken.
enum Holder {
    /// Such as `anna@shipping`.
    static var actor: String { "\(NSUserName())@\(ProcessInfo.processInfo.hostName)" }

    /// Such as `anna@shipping, process 4711`.
    static var process: String { "\(actor), process \(ProcessInfo.processInfo.processIdentifier)" }
}

extension Timestamp {
    /// The machine's wall clock.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

extension AdminClock {
    /// The machine's clocks and chance.
    static var machine: AdminClock {
        let start = ContinuousClock.now
        return AdminClock(
            now: { .now },
            elapsed: { ContinuousClock.now - start },
            sleep: { try await StoppableWait.sleep(for: $0) },
            random: { Double.random(in: 0..<1) }
        )
    }
}
