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
        form = Self.currentForm
        self.team = team
        self.destination = destination
        self.rules = rules
        self.snapshots = snapshots
        self.rate = rate
        var sorted = consume corrections
        Self.sort(&sorted)
        self.corrections = sorted
        var sortedHeld = consume held
        Self.sort(&sortedHeld)
        self.held = sortedHeld
    }

    /// By SKU, field and target.
    static func sort(_ corrections: inout [Correction]) {
        SKUOrder.sort(&corrections, by: \.sku) { $0.stands(before: $1) }
    }

    /// By SKU, field, reason and location.
    static func sort(_ held: inout [HeldItem]) {
        SKUOrder.sort(&held, by: \.sku) { left, right in
            (left.field?.position ?? -1, left.reason.rawValue, left.target?.location ?? 0)
                < (right.field?.position ?? -1, right.reason.rawValue, right.target?.location ?? 0)
        }
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
