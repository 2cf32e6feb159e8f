public import Catalog
public import FoundationEssentials
public import Reconciliation

/// A plan as it is kept.
public struct StoredPlan: Sendable, Hashable {
    /// The hash of the document, by which people name the plan.
    public let hash: PlanHash
    /// The team it was made for.
    public let team: TeamID
    /// The store it would write to.
    public let destination: ShopDomain
    /// The run that made it last.
    public let run: RunID
    /// When it was made, or made again with the same hash; its age counts from here.
    public let createdAt: Timestamp
    /// ``CorrectionPlan/document()``, kept compressed.
    public let document: Data
    /// The rules' hash it was made by.
    public let rules: String
    /// The brakes that stopped it, by name.
    public let brakes: [Brake]

    /// Puts the parts together.
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
