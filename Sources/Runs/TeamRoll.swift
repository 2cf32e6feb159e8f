import Catalog
import Settings

/// Who is in the team, by the ledger: nothing is read from or written to a store without an approved place.
struct TeamRoll: Sendable {
    let states: [ShopDomain: MembershipState]

    func isApproved(_ shop: ShopDomain) -> Bool { states[shop] == .approved }

    /// Reads it; the team has to exist, with the source of the settings.
    static func read(
        _ settings: TeamSettings,
        from ledger: any Ledger,
        askedBy holder: String,
        at time: Timestamp
    ) async throws(RunError) -> TeamRoll {
        let record: TeamRecord?
        let memberships: [Membership]
        do throws(LedgerError) {
            record = try await ledger.team(settings.team, askedBy: holder, at: time)
            memberships = record == nil ? [] : try await ledger.memberships(of: settings.team)
        } catch {
            throw .ledger(error)
        }
        guard let record else {
            throw .settings("no team \(settings.team) in this database: found it with synctec team create")
        }
        guard record.source.shop == settings.source.store.shop else {
            throw .settings(
                "the source of team \(settings.team) is \(record.source.shop), not \(settings.source.store.shop)"
            )
        }
        return TeamRoll(
            states: Dictionary(memberships.map { ($0.store.shop, $0.state) }, uniquingKeysWith: { first, _ in first })
        )
    }
}
