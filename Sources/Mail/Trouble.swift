import Catalog
import Reconciliation
import Reporting

/// One thing that needs a person, as far as it tells whether it is the same as before.
struct Trouble: Sendable, Hashable {
    /// The destination it is about; `nil`: the run as a whole.
    let shop: ShopDomain?
    /// A digest of what it is, without numbers that change from run to run.
    let key: UInt64
    /// The stages that it stands in; empty where a run of any stage judges it.
    let stages: Set<PlanStage>

    init(_ what: String, at shop: ShopDomain?, stages: Set<PlanStage>) {
        self.shop = shop
        self.stages = stages
        let digest = SHA256Digest(of: Array("\(shop?.text ?? "") \(what)".utf8)).hex
        key = UInt64(digest.prefix(16), radix: 16) ?? 0
    }
}

extension RunReport {
    /// What of the report needs a person, by a run that wrote these stages.
    func troubles(of stages: Set<PlanStage>) -> [Trouble] {
        let own = destinations.flatMap { $0.troubles(of: stages) }
        if status == "OK" || destinations.contains(where: { $0.status == status }) { return own }
        return own + [Trouble("status \(status)", at: nil, stages: stages)]
    }

    /// The destinations that were compared to the end, so that trouble which is not told any more is over.
    var judged: Set<ShopDomain> {
        Set(destinations.filter { $0.status == "OK" || (!$0.isStopped && $0.summary != .init()) }.map(\.shop))
    }
}

extension DestinationReport {
    fileprivate func troubles(of stages: Set<PlanStage>) -> [Trouble] {
        var found = brakes.map { hit in
            let place = if case .field(let field) = hit.extent { " of \(field.rawValue)" } else { "" }
            return Trouble(
                "brake \(hit.brake.rawValue)\(place)",
                at: shop,
                stages: hit.extent.planStages.narrowed(to: stages)
            )
        }
        for row in findings {
            let concerned: Set<PlanStage>
            switch row.kind {
            // The brakes and the status tell them.
            case .brake, .store: continue
            // Only what was to be written can fail or be left; its field begins the detail.
            case .failed, .left:
                let field = CatalogField(rawValue: String(row.detail.prefix { $0 != ":" }))
                concerned = (field.map { [$0.stage] } ?? stages).narrowed(to: stages)
            default: concerned = []
            }
            found.append(
                Trouble("\(row.kind.rawValue) \(row.shop) \(row.variantID) \(row.sku)", at: shop, stages: concerned)
            )
        }
        // A run of one stage has ATTENTION also for what another one is to write: that is no trouble.
        let isOfOthers = summary != .init() && stages.count < PlanStage.allCases.count
        let isTold = ["OK", "ATTENTION", "BRAKE"].contains(status) && (isOfOthers || !found.isEmpty)
        if status != "OK", !isTold { found.append(Trouble("status \(status)", at: shop, stages: stages)) }
        return found
    }
}

extension BrakeHit.Extent {
    fileprivate var planStages: Set<PlanStage> {
        switch self {
        case .stages(let stages): stages
        case .field(let field): [field.stage]
        case .stockToZero: [.stock]
        }
    }
}

extension Set<PlanStage> {
    /// What of them a run of these stages can say something about.
    fileprivate func narrowed(to stages: Set<PlanStage>) -> Set<PlanStage> {
        let common = intersection(stages)
        return common.isEmpty ? self : common
    }
}
