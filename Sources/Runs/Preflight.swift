import Mail
import Reporting
public import Catalog
import Pricing
import Reconciliation
public import Settings
import Snapshots

/// Looks at everything a run needs, and goes on after what is wrong, so that all of it is told at once.
public struct Preflight: Sendable {
    /// One thing that was looked at.
    public struct Result: Sendable, Hashable, Encodable {
        /// How it is.
        public enum Verdict: String, Sendable, Hashable, Encodable {
            /// As it should be.
            case good
            /// A run goes on, yet a person should look.
            case warning
            /// A run would stop, or leave this part out.
            case bad
        }

        /// What it is about: a shop, the rates, the team.
        public let subject: String
        /// How it is.
        public let verdict: Verdict
        /// What was seen, and what to do about it.
        public let detail: String
        /// How a run would end by this alone.
        public let ending: ExitStatus

        init(subject: String, verdict: Verdict, detail: String, ending: ExitStatus = .store) {
            self.subject = subject
            self.verdict = verdict
            self.detail = detail
            self.ending =
                switch verdict {
                case .good: .ok
                case .warning: .attention
                case .bad: ending
                }
        }

        private enum CodingKeys: String, CodingKey {
            case subject, verdict, detail
        }

        /// The keys of `check --json`.
        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(subject, forKey: .subject)
            try values.encode(verdict, forKey: .verdict)
            try values.encode(detail, forKey: .detail)
        }
    }

    private let ports: RunPorts
    private let settings: TeamSettings
    private let only: Set<ShopDomain>
    private let run: RunID
    private let holder: String
    private let readsCatalogues: Bool

    /// Prepares the look at the destinations of `only`, or at all where it is empty; nothing is contacted.
    public init(
        settings: TeamSettings,
        only: Set<ShopDomain>,
        run: RunID,
        holder: String,
        ports: RunPorts,
        readsCatalogues: Bool
    ) {
        self.ports = ports
        self.settings = settings
        self.only = only
        self.run = run
        self.holder = holder
        self.readsCatalogues = readsCatalogues
    }

    /// Everything that was found, in the order it was looked at.
    public func results() async -> [Result] {
        var results = [Result(subject: "settings", verdict: .good, detail: "team \(settings.team), every key read")]
        do {
            try ports.reports.rehearse()
            results.append(Result(subject: "reports", verdict: .good, detail: "can be written to \(settings.reports)"))
        } catch {
            results.append(
                Result(subject: "reports", verdict: .bad, detail: error.description, ending: .delivery)
            )
        }
        metrics(&results)
        let memberships = await team(&results)
        await mail(&results)
        let source = await store(settings.source.store, role: .source, memberships: nil, &results)
        await rates(source, &results)
        var identities: [ShopDomain: StoreIdentity] = [:]
        for destination in settings.destinations where only.isEmpty || only.contains(destination.store.shop) {
            identities[destination.store.shop] = await store(
                destination.store,
                role: .destination,
                memberships: memberships,
                &results
            )
            if let source, let identity = identities[destination.store.shop] {
                fit(destination, source, identity, &results)
            }
        }
        if readsCatalogues, source != nil { await catalogues(Set(identities.keys), memberships, &results) }
        return results
    }

    private func team(_ results: inout [Result]) async -> [ShopDomain: MembershipState]? {
        do {
            guard let team = try await ports.ledger.team(settings.team, askedBy: holder, at: ports.clock.now()) else {
                results.append(
                    Result(
                        subject: "team",
                        verdict: .bad,
                        detail:
                            "there is no team \(settings.team) in this ledger: let `database` or `state` lead to the one it "
                            + "was founded in, or found it with synctec team create"
                    )
                )
                return nil
            }
            let verdict: Result.Verdict = team.source.shop == settings.source.store.shop ? .good : .bad
            results.append(
                Result(
                    subject: "team",
                    verdict: verdict,
                    detail: "the database answers; the team's source is \(team.source.shop)"
                )
            )
            let members = try await ports.ledger.memberships(of: settings.team)
            return Dictionary(members.map { ($0.store.shop, $0.state) }, uniquingKeysWith: { first, _ in first })
        } catch {
            results.append(Result(subject: "database", verdict: .bad, detail: error.description))
            return nil
        }
    }

    /// Whether the numbers for monitoring could be written; a run goes on without them.
    private func metrics(_ results: inout [Result]) {
        guard let metrics = ports.metrics, let path = settings.metrics else { return }
        do {
            try metrics.rehearse()
            results.append(Result(subject: "metrics", verdict: .good, detail: "can be written to \(path)"))
        } catch {
            results.append(
                Result(
                    subject: "metrics",
                    verdict: .warning,
                    detail: "\(error.description). Make its folder and let the account that runs synctec write there "
                        + "(reports/prometheus/README.md has the commands); until then runs leave no numbers"
                )
            )
        }
    }

    /// Whether the mail server would take a mail from here; none is sent.
    private func mail(_ results: inout [Result]) async {
        guard let mail = ports.mail else { return }
        do {
            let found = try await mail.sender.probe()
            let verdict: Result.Verdict = mail.list.isEmpty ? .warning : .good
            let nobody = mail.list.isEmpty ? "; nobody is in reports_to, so no mail is sent" : ""
            results.append(Result(subject: "mail", verdict: verdict, detail: found + nobody))
        } catch {
            results.append(Result(subject: "mail", verdict: .bad, detail: error.description, ending: .delivery))
        }
    }

    private func store(
        _ address: StoreAddress,
        role: StoreRole,
        memberships: [ShopDomain: MembershipState]?,
        _ results: inout [Result]
    ) async -> StoreIdentity? {
        let shop = address.shop
        if role == .destination, memberships?[shop] != .approved {
            let report = DestinationReport(notApproved: shop, of: settings.team, state: memberships?[shop])
            results.append(Result(subject: shop.text, verdict: .warning, detail: report.detail))
            return nil
        }
        do throws(RunError) {
            let store = try ports.open(address)
            let check = StoreCheck(ledger: ports.ledger, team: settings.team, clock: ports.clock)
            let checked = try await check.identify(store, role: role)
            let identity = checked.identity
            if let refusal = checked.moneyRefusal {
                results.append(Result(subject: shop.text, verdict: .bad, detail: refusal))
            }
            results.append(
                Result(
                    subject: shop.text,
                    verdict: .good,
                    detail: "\(identity.name), \(identity.currency.code), API \(identity.apiVersion), locations: "
                        + identity.locations.filter(\.isActive).map(\.name).joined(separator: ", ")
                )
            )
            let superfluous = RequiredScopes.superfluous(in: identity.scopes, role: role)
            if !superfluous.isEmpty {
                results.append(
                    Result(
                        subject: shop.text,
                        verdict: .warning,
                        detail: "the token may do more than is needed: \(superfluous.joined(separator: ", "))"
                    )
                )
            }
            return identity
        } catch {
            results.append(Result(subject: shop.text, verdict: .bad, detail: error.description))
            return nil
        }
    }

    private func rates(_ source: StoreIdentity?, _ results: inout [Result]) async {
        guard let source else { return }
        do {
            let table = try await ports.rates.rates(base: source.currency)
            results.append(Result(subject: "rates", verdict: .good, detail: "\(table.origin), \(table.date)"))
        } catch {
            results.append(Result(subject: "rates", verdict: .bad, detail: error.description))
        }
    }

    private func fit(
        _ destination: DestinationSettings,
        _ source: StoreIdentity,
        _ identity: StoreIdentity,
        _ results: inout [Result]
    ) {
        let shop = destination.store.shop.text
        let problems = destination.problems(sourceCurrency: source.currency, destinationCurrency: identity.currency)
        for problem in problems {
            results.append(Result(subject: shop, verdict: .bad, detail: "\(problem)"))
        }
        guard destination.fields[.inventory] == .locked else { return }
        do {
            let groups = try LocationPlan.groups(of: destination, source: source, destination: identity)
            results.append(
                Result(
                    subject: shop,
                    verdict: .good,
                    detail: "stock: \(groups.count) location group\(groups.count == 1 ? "" : "s")"
                )
            )
        } catch {
            results.append(Result(subject: shop, verdict: .bad, detail: error.description))
        }
    }

    /// Reads every catalogue and tells the state of its SKUs.
    private func catalogues(
        _ shops: Set<ShopDomain>,
        _ memberships: [ShopDomain: MembershipState]?,
        _ results: inout [Result]
    ) async {
        do throws(RunError) {
            let lock: RunLock
            do {
                lock = try await ports.ledger.lock(.team(settings.team), holder: holder, at: ports.clock.now())
            } catch {
                throw .ledger(error)
            }
            let read: Swift.Result<[Result], RunError>
            do {
                read = .success(try await hygiene(shops, lock))
            } catch {
                read = .failure(error)
            }
            ports.discard(run)
            await ports.ledger.unlock(lock)
            results += try read.get()
        } catch {
            results.append(Result(subject: "catalogues", verdict: .bad, detail: error.description))
        }
    }

    private func hygiene(_ shops: Set<ShopDomain>, _ lock: RunLock) async throws(RunError) -> [Result] {
        let key = try await ports.fingerprintKey()
        let watch = try WatchList(settings)
        let source = try await SourceReader(
            ports: ports,
            settings: settings,
            run: run,
            lock: lock,
            watch: watch,
            key: key
        ).read(try ports.open(settings.source.store))
        var results = [Self.skus(settings.source.store.shop, source.index)]
        for destination in settings.destinations where shops.contains(destination.store.shop) {
            let side = try await DestinationReader(
                ports: ports,
                settings: settings,
                destination: destination,
                source: SharedSource(source),
                key: key,
                watch: watch,
                run: run,
                lock: lock,
                isLeaving: false
            ).read()
            let comparison = side.comparison
            results.append(Self.skus(destination.store.shop, SKUIndex(comparison.destination)))
            results.append(
                Result(
                    subject: destination.store.shop.text,
                    verdict: .good,
                    detail: "\(comparison.matched, of: "SKU") matched, \(comparison.differences.count) differing, "
                        + "\(comparison.missing.count) missing here, \(comparison.extra.count) only here"
                )
            )
        }
        return results
    }

    private static func skus(_ shop: ShopDomain, _ index: SKUIndex) -> Result {
        let statistics = index.snapshot.statistics
        let isClean = statistics.blankSKUs == 0 && index.duplicates.isEmpty
        return Result(
            subject: shop.text,
            verdict: isClean ? .good : .warning,
            detail:
                "\(statistics.variants, of: "variant"), \(statistics.blankSKUs) without SKU, \(index.duplicates.count, of: "SKU") on several variants"
        )
    }
}
