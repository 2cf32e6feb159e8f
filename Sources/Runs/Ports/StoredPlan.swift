public import Catalog
public import FoundationEssentials
public import Reconciliation

/// A plan as it is kept.
public struct StoredPlan: Sendable, Hashable {
    public let hash: PlanHash
    public let team: TeamID
    public let destination: ShopDomain
    public let run: RunID
    public let createdAt: Timestamp
    /// ``CorrectionPlan/document()``, kept compressed.
    public let document: Data
    /// The rules' hash it was made by.
    public let rules: String
    /// The brakes that stopped it, by name.
    public let brakes: [Brake]

    public init(
        hash: PlanHash,
        team: TeamID,
        destination: ShopDomain,
        run: RunID,
        createdAt: Timestamp,
        document: Data,
        rules: String,
        brakes: [Brake]
    ) {
        self.hash = hash
        self.team = team
        self.destination = destination
        self.run = run
        self.createdAt = createdAt
        self.document = document
        self.rules = rules
        self.brakes = brakes
    }
}
