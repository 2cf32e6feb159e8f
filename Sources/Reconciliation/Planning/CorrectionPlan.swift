public import Catalog
import FoundationEssentials
public import Pricing

/// All corrections of one destination: data that can be printed, stored, approved and applied.
///
/// The same stores and rules give the same plan, byte for byte: it holds no time and no random number.
public struct CorrectionPlan: Sendable, Hashable, Codable {
    /// The form of the stored document; raised when it changes.
    public static let currentForm = 1

    /// The form this plan was written in.
    public let form: Int
    /// The team.
    public let team: TeamID
    /// The destination store.
    public let destination: ShopDomain
    /// The digest of the rules it was made by (FAULTS PL-5).
    public let rules: String
    /// The digests of the two snapshots it was made from.
    public let snapshots: SnapshotDigests
    /// The rate of its prices; `nil` where no price could be made.
    public let rate: ExchangeRate?
    /// What is written, sorted.
    public let corrections: [Correction]
    /// What differs and is not written, sorted by SKU.
    public let held: [HeldItem]

    /// Sorts the parts, so that equal plans are equal bytes.
    public init(
        team: TeamID,
        destination: ShopDomain,
        rules: String,
        snapshots: SnapshotDigests,
        rate: ExchangeRate?,
        corrections: consuming [Correction],
        held: consuming [HeldItem]
    ) {
        var sorted = consume corrections
        Correction.sort(&sorted)
        var sortedHeld = consume held
        HeldItem.sort(&sortedHeld)
        self.init(
            team: team,
            destination: destination,
            rules: rules,
            snapshots: snapshots,
            rate: rate,
            sorted: sorted,
            sortedHeld: sortedHeld
        )
    }

    /// A plan whose parts are sorted already.
    init(
        team: TeamID,
        destination: ShopDomain,
        rules: String,
        snapshots: SnapshotDigests,
        rate: ExchangeRate?,
        sorted corrections: [Correction],
        sortedHeld held: [HeldItem]
    ) {
        form = Self.currentForm
        self.team = team
        self.destination = destination
        self.rules = rules
        self.snapshots = snapshots
        self.rate = rate
        self.corrections = corrections
        self.held = held
    }

    /// The corrections of one stage, in order.
    public func corrections(in stage: PlanStage) -> [Correction] {
        corrections.filter { $0.field.stage == stage }
    }
}

/// What identifies the two snapshots of a plan: digests over their rows.
public struct SnapshotDigests: Sendable, Hashable, Codable {
    /// The digest of the source's rows.
    public let source: String
    /// The digest of the destination's rows.
    public let destination: String

    /// Two digests.
    public init(source: String, destination: String) {
        self.source = source
        self.destination = destination
    }
}
