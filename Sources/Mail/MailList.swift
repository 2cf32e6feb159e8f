public import Catalog
public import Settings

/// Who gets what: the audiences of a team and their recipients.
///
/// All of it comes from the settings of the one team that the data is of (FAULTS ML-3).
public struct MailList: Sendable {
    /// The team.
    public let team: TeamID
    /// The team's own recipients.
    let ofTeam: [ReportRecipient]
    /// Each destination's recipients.
    let ofDestinations: [ShopDomain: [ReportRecipient]]

    /// Reads the recipients out of the settings.
    public init(_ settings: TeamSettings) {
        self.init(
            team: settings.team,
            ofTeam: settings.reportsTo,
            ofDestinations: Dictionary(
                settings.destinations.map { ($0.store.shop, $0.reportsTo) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    init(team: TeamID, ofTeam: [ReportRecipient], ofDestinations: [ShopDomain: [ReportRecipient]]) {
        self.team = team
        self.ofTeam = ofTeam
        self.ofDestinations = ofDestinations
    }

    /// Whether nobody gets any mail.
    public var isEmpty: Bool { audiences.isEmpty }

    /// The audiences with at least one recipient, the team first.
    var audiences: [MailAudience] {
        let shops = ofDestinations.filter { !$0.value.isEmpty }.keys.sorted()
        return (ofTeam.isEmpty ? [] : [.team]) + shops.map { .destination($0) }
    }

    /// All destinations of the team.
    var destinations: Set<ShopDomain> { Set(ofDestinations.keys) }

    /// The addresses of an audience for one of these occasions, each once.
    func addresses(_ audience: MailAudience, for occasions: Set<ReportRecipient.Occasion>) -> [String] {
        let all =
            switch audience {
            case .team: ofTeam
            case .destination(let shop): ofDestinations[shop] ?? []
            }
        var known: Set<String> = []
        return all.filter { occasions.contains($0.when) && known.insert($0.mail.lowercased()).inserted }.map(\.mail)
    }

    /// The audiences an address belongs to.
    func audiences(of address: String) -> [MailAudience] {
        audiences.filter { audience in
            addresses(audience, for: Set(ReportRecipient.Occasion.allCases)).contains {
                $0.lowercased() == address.lowercased()
            }
        }
    }
}
