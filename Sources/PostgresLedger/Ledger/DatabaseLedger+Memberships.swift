public import Catalog
import FoundationEssentials
import Pricing
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    public func requestMembership(_ team: TeamID, store: StoreRecord, by actor: String, at time: Timestamp)
        async throws(LedgerError)
    {
        try await write(team) { connection, key throws(DatabaseError) in
            try connection.execute(.lockTeam, [.uuid(key)])
            let known = try connection.knownStores(like: store, in: key)
            if let same = known.first(where: { $0.store.id.number == store.id.number }) {
                guard same.role == .destination else {
                    throw DatabaseError.ruleBroken(
                        "\(store.shop) is the source of team \(team): a store has one role in a team"
                    )
                }
                guard same.store.shop == store.shop else {
                    throw DatabaseError.ruleBroken(
                        "\(store.shop) is the shop that team \(team) knows as \(same.store.shop): use that address"
                    )
                }
            } else if known.contains(where: { $0.store.shop == store.shop }) {
                throw DatabaseError.ruleBroken(
                    "another shop than before answers under \(store.shop): ask the team's source"
                )
            }
            let state = try connection.membershipState(of: store.shop, in: key)
            if let state, !state.canBecome(.requested) {
                throw DatabaseError.ruleBroken(
                    "the membership of \(store.shop) in team \(team) is \(state.rawValue) already"
                )
            }
            if known.contains(where: { $0.store.shop == store.shop }) {
                try connection.execute(
                    .updateStoreCurrency,
                    [.uuid(key), .text(store.shop.text), .text(store.currency.code)]
                )
            } else {
                try connection.insert(store, as: .destination, in: key, at: time)
            }
            let event = MembershipEvent(state: .requested, at: time, actor: actor, note: "")
            try connection.move(store.shop, in: key, event)
        }
    }

    /// See ``Runs/Ledger``.
    public func changeMembership(
        _ team: TeamID,
        shop: ShopDomain,
        to state: MembershipState,
        by actor: String,
        at time: Timestamp,
        note: String
    ) async throws(LedgerError) {
        try await write(team) { connection, key throws(DatabaseError) in
            guard let current = try connection.membershipState(of: shop, in: key) else {
                throw DatabaseError.ruleBroken(
                    "\(shop) never asked to join team \(team): run `synctec team join` there first"
                )
            }
            guard current != state else {
                throw DatabaseError.ruleBroken("\(shop) is \(state.rawValue) in team \(team) already")
            }
            guard current.canBecome(state) else {
                throw DatabaseError.ruleBroken(
                    "the membership of \(shop) in team \(team) is \(current.rawValue), which cannot become \(state.rawValue): synctec team show tells its history"
                )
            }
            try connection.move(shop, in: key, MembershipEvent(state: state, at: time, actor: actor, note: note))
        }
    }

    /// See ``Runs/Ledger``.
    public func memberships(of team: TeamID) async throws(LedgerError) -> [Membership] {
        try await read(team) { connection, key throws(DatabaseError) in
            let events = try connection.rows(.selectMembershipEvents, [.uuid(key)]) { row throws(DatabaseError) in
                let event = MembershipEvent(
                    state: try row.word("state"),
                    at: try row.timestamp("at"),
                    actor: try row.text("actor"),
                    note: try row.text("note")
                )
                return (shop: try row.text("shop"), event: event)
            }
            let histories = Dictionary(grouping: events, by: \.shop)
            return try connection.rows(.selectMemberships, [.uuid(key)]) { row throws(DatabaseError) in
                let store = try row.store()
                let history = histories[store.shop.text, default: []].map(\.event)
                return Membership(store: store, state: try row.word("state"), history: history)
            }
        }
    }
}

extension PostgresConnection {
    fileprivate func membershipState(of shop: ShopDomain, in key: UUID) throws(DatabaseError) -> MembershipState? {
        try first(.selectMembershipState, [.uuid(key), .text(shop.text)]) { row throws(DatabaseError) in
            try row.word("state")
        }
    }

    fileprivate func move(_ shop: ShopDomain, in key: UUID, _ event: MembershipEvent) throws(DatabaseError) {
        try execute(.saveMembershipState, [.uuid(key), .text(shop.text), .text(event.state.rawValue)])
        try execute(
            .insertMembershipEvent,
            [
                .uuid(key), .text(shop.text), .text(event.state.rawValue), .timestamp(event.at), .text(event.actor),
                .text(event.note),
            ]
        )
    }
}

extension SQLStatement {
    /// Makes changes to one team wait for each other.
    static let lockTeam = SQLStatement("LockTeam", PackageResources.LockTeam_sql)
    fileprivate static let updateStoreCurrency = SQLStatement(
        "UpdateStoreCurrency",
        PackageResources.UpdateStoreCurrency_sql
    )
    fileprivate static let selectMembershipState = SQLStatement(
        "SelectMembershipState",
        PackageResources.SelectMembershipState_sql
    )
    fileprivate static let saveMembershipState = SQLStatement(
        "SaveMembershipState",
        PackageResources.SaveMembershipState_sql
    )
    fileprivate static let insertMembershipEvent = SQLStatement(
        "InsertMembershipEvent",
        PackageResources.InsertMembershipEvent_sql
    )
    fileprivate static let selectMemberships = SQLStatement("SelectMemberships", PackageResources.SelectMemberships_sql)
    fileprivate static let selectMembershipEvents = SQLStatement(
        "SelectMembershipEvents",
        PackageResources.SelectMembershipEvents_sql
    )
}
