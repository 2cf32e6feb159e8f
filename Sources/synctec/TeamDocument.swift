import Catalog
import Pricing
import Runs

/// The form of `team show --json`.
struct TeamDocument: Encodable {
    struct Member: Encodable {
        let shop: String
        let currency: String
        let state: String
        let history: [Event]
    }

    struct Event: Encodable {
        let state: String
        let at: String
        let actor: String
        let note: String
    }

    let team: String
    let source: String
    let createdAt: String
    let members: [Member]

    init(_ team: TeamRecord, _ members: [Membership]) {
        self.team = team.id.text
        source = team.source.shop.text
        createdAt = team.createdAt.description
        self.members = members.map { member in
            Member(
                shop: member.store.shop.text,
                currency: member.store.currency.code,
                state: member.state.rawValue,
                history: member.history.map {
                    Event(state: $0.state.rawValue, at: $0.at.description, actor: $0.actor, note: $0.note)
                }
            )
        }
    }
}
