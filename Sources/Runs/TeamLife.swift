public import Catalog
public import Settings

/// How stores come into a team and leave it.
///
/// Every move is proven by the token of the store that makes it.
public struct TeamLife: Sendable {
    private let ledger: any Ledger
    private let store: @Sendable (StoreAddress) throws -> any Store
    private let clock: RunClock
    private let actor: String

    /// - Parameters:
    ///   - ledger: the database.
    ///   - store: opens a store.
    ///   - clock: the time of day, and the waiting.
    ///   - actor: who does it, such as `user@host`, as the team's history will say.
    public init(
        ledger: any Ledger,
        store: @escaping @Sendable (StoreAddress) throws -> any Store,
        clock: RunClock,
        actor: String
    ) {
        self.ledger = ledger
        self.store = store
        self.clock = clock
        self.actor = actor
    }

    /// Founds a team around a source store and returns its id, drawn from `generator`.
    ///
    /// A store that is the source of a team already founds a further one only where `another` says so: a second one by mistake
    /// would have its own members, plans and history.
    public func create(
        source: StoreAddress,
        another: Bool = false,
        using generator: inout some RandomNumberGenerator & Sendable
    ) async throws(RunError) -> TeamID {
        let identity = try await identify(source, role: .source)
        let team = TeamID.random(using: &generator)
        let record = StoreRecord(shop: source.shop, id: identity.id, currency: identity.currency)
        if !another { try await refuseSecondTeam(around: record) }
        do {
            try await ledger.createTeam(team, source: record, by: actor, at: clock.now())
        } catch {
            throw .ledger(error)
        }
        return team
    }

    private func refuseSecondTeam(around source: StoreRecord) async throws(RunError) {
        let known: [TeamID]
        do {
            known = try await ledger.teams(around: source)
        } catch {
            throw .ledger(error)
        }
        guard known.isEmpty else {
            throw .settings(
                "\(source.shop) is the source of \(known.map(\.text).joined(separator: ", ")) already: use that team, or found "
                    + "a further one with --another"
            )
        }
    }

    /// Asks for a place in a team, with the store proven by its own token.
    public func join(_ team: TeamID, destination: StoreAddress) async throws(RunError) -> StoreIdentity {
        let record = try await find(team)
        guard record.source.shop != destination.shop else {
            throw .settings("\(destination.shop) is the source of team \(team); a store has one role in a team")
        }
        let identity = try await identify(destination, role: .destination)
        guard record.source.id != identity.id else {
            throw .settings(
                "\(destination.shop) is the source of team \(team) under another name: it has shop id \(identity.id.number)"
            )
        }
        let store = StoreRecord(shop: destination.shop, id: identity.id, currency: identity.currency)
        do {
            try await ledger.requestMembership(team, store: store, by: actor, at: clock.now())
        } catch {
            throw .ledger(error)
        }
        return identity
    }

    /// Approves, rejects or suspends a destination; the source's token proves the right to.
    public func decide(
        _ state: MembershipState,
        on shop: ShopDomain,
        in team: TeamID,
        source: StoreAddress,
        note: String
    ) async throws(RunError) {
        guard [.approved, .rejected, .suspended].contains(state) else {
            throw .settings("a source approves, rejects or suspends; \(shop) itself asks to join and leaves")
        }
        let record = try await find(team)
        guard record.source.shop == source.shop else {
            throw .settings("the source of team \(team) is \(record.source.shop), not \(source.shop)")
        }
        let identity = try await identify(source, role: .source)
        guard identity.id == record.source.id else {
            throw .untrusted(
                shop: source.shop,
                reason:
                    "it answers as shop \(identity.id.number), team \(team) was founded by shop \(record.source.id.number)"
            )
        }
        try await move(shop, in: team, to: state, note: note)
    }

    /// Takes a destination out of a team; its own token proves the right to.
    public func leave(_ team: TeamID, destination: StoreAddress, note: String) async throws(RunError) {
        _ = try await find(team)
        let identity = try await identify(destination, role: .destination)
        let known = try await members(of: team).first { $0.store.shop == destination.shop }
        guard known == nil || known?.store.id == identity.id else {
            throw .untrusted(
                shop: destination.shop,
                reason: "it answers as shop \(identity.id.number), the team knows another one"
            )
        }
        try await move(destination.shop, in: team, to: .left, note: note)
    }

    /// The team and its members with their history.
    public func show(_ team: TeamID) async throws(RunError) -> (team: TeamRecord, members: [Membership]) {
        (try await find(team), try await members(of: team))
    }

    private func members(of team: TeamID) async throws(RunError) -> [Membership] {
        do {
            return try await ledger.memberships(of: team)
        } catch {
            throw .ledger(error)
        }
    }

    private func find(_ team: TeamID) async throws(RunError) -> TeamRecord {
        let record: TeamRecord?
        do {
            record = try await ledger.team(team, askedBy: actor, at: clock.now())
        } catch {
            throw .ledger(error)
        }
        guard let record else {
            throw .settings(
                "there is no team \(team) in this ledger: ask the supplier for the Team ID, and let `database` or `state` "
                    + "lead to the ledger it was founded in"
            )
        }
        return record
    }

    private func move(
        _ shop: ShopDomain,
        in team: TeamID,
        to state: MembershipState,
        note: String
    ) async throws(RunError) {
        do {
            try await ledger.changeMembership(team, shop: shop, to: state, by: actor, at: clock.now(), note: note)
        } catch {
            throw .ledger(error)
        }
    }

    private func identify(_ address: StoreAddress, role: StoreRole) async throws(RunError) -> StoreIdentity {
        let opened: any Store
        do {
            opened = try store(address)
        } catch {
            throw .settings(String(describing: error))
        }
        let identity: StoreIdentity
        do {
            identity = try await opened.identify()
        } catch {
            throw .store(error)
        }
        let missing = RequiredScopes.missing(from: identity.scopes, role: role)
        guard missing.isEmpty else {
            throw .untrusted(
                shop: address.shop,
                reason: "the token lacks \(missing.joined(separator: ", ")): grant them to the app and install it again"
            )
        }
        return identity
    }
}
