import Catalog
import Pricing

/// Whether a store is the one it should be, before anything of it is read.
public struct StoreCheck: Sendable {
    /// Most difference between a store's clock and ours (FAULTS SC-2).
    static let mostSkew = Duration.seconds(300)

    let ledger: any Ledger
    let team: TeamID
    let clock: RunClock

    /// A store that is who it should be.
    struct Checked: Sendable {
        let identity: StoreIdentity
        /// Why none of its amounts may be trusted or written: its currency is not what the team knows (FAULTS MO-8).
        let moneyRefusal: String?
    }

    /// Asks the store who it is and holds it against what the ledger has pinned.
    func identify(_ store: any Store, role: StoreRole) async throws(RunError) -> Checked {
        let identity: StoreIdentity
        do {
            identity = try await store.identify()
        } catch {
            throw .store(error)
        }
        if let theirs = identity.clock {
            let skew = theirs - clock.now()
            guard skew <= Self.mostSkew, .zero - skew <= Self.mostSkew else {
                throw .untrusted(
                    shop: store.shop,
                    reason: "its clock says \(theirs), ours \(clock.now()): set this machine's clock right"
                )
            }
        }
        let missing = RequiredScopes.missing(from: identity.scopes, role: role)
        guard missing.isEmpty else {
            throw .untrusted(
                shop: store.shop,
                reason: "the token lacks \(missing.joined(separator: ", ")): grant them to the app and install it again"
            )
        }
        let record = StoreRecord(shop: store.shop, id: identity.id, currency: identity.currency)
        let pinned: PinResult
        do {
            pinned = try await ledger.pin(record, role: role, in: team, at: clock.now())
        } catch {
            throw .ledger(error)
        }
        switch pinned {
        case .agrees: return Checked(identity: identity, moneyRefusal: nil)
        case .otherShop(let number):
            throw .untrusted(
                shop: store.shop,
                reason:
                    "it answers as shop \(identity.id.number), the team knows it as shop \(number): is the token another shop's?"
            )
        case .otherRole(let role):
            throw .settings("\(store.shop) is a \(role.rawValue) of team \(team) already; a store has one role")
        case .otherCurrency(let pinned):
            return Checked(
                identity: identity,
                moneyRefusal:
                    "the currency of \(store.shop) is \(identity.currency.code) now and was \(pinned.code): all its "
                    + "amounts mean something else; have the store leave the team and join again"
            )
        }
    }
}

/// The rights a token needs, per role (Admin API, "Access scopes"; write implies read).
public enum RequiredScopes {
    /// What the source's token needs.
    public static let source = ["read_products", "read_inventory", "read_locations"]
    /// What a destination's token needs.
    public static let destination = ["write_products", "write_inventory", "read_locations"]

    /// The scopes that are needed and not granted.
    public static func missing(from granted: Set<String>, role: StoreRole) -> [String] {
        needed(role).filter { scope in
            !granted.contains(scope)
                && !(scope.hasPrefix("read_") && granted.contains("write_" + scope.dropFirst("read_".count)))
        }
    }

    /// Granted scopes that no stage uses.
    public static func superfluous(in granted: Set<String>, role: StoreRole) -> [String] {
        let used = Set(needed(role).flatMap { [$0, "read_" + $0.drop { $0 != "_" }.dropFirst()] })
        return granted.subtracting(used).sorted()
    }

    private static func needed(_ role: StoreRole) -> [String] {
        role == .source ? source : destination
    }
}
