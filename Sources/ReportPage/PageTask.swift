import Catalog
import Reconciliation
import Reporting

/// Something a person has to do, or may leave to the next run.
struct PageTask: Sendable, Hashable {
    /// The store it is about; `nil` for the run as a whole.
    let shop: ShopDomain?
    /// What is the matter: a store's words may be in it.
    let matter: String
    /// What to do; empty where the matter says it.
    let advice: String
    /// The command that does it; empty where there is none.
    let command: String

    init(_ shop: ShopDomain?, _ matter: String, advice: String = "", command: String = "") {
        self.shop = shop
        self.matter = matter
        self.advice = advice
        self.command = command
    }

    /// What this report asks of its reader, the most urgent store first.
    static func all(of report: RunReport, for audience: PageAudience) -> [PageTask] {
        let ranked = report.destinations.enumerated().sorted { left, right in
            (PartOutcome(left.element), left.offset) < (PartOutcome(right.element), right.offset)
        }
        let run = report.detail.isEmpty ? [] : [PageTask(nil, report.detail)]
        return run + ranked.flatMap { tasks(of: $0.element, command: report.command, isTeam: audience == .team) }
    }

    private static func tasks(of part: DestinationReport, command: String, isTeam: Bool) -> [PageTask] {
        switch PartOutcome(part) {
        case .stopped:
            let why = part.detail.isEmpty ? "ended with \(part.status)" : part.detail
            return [PageTask(part.shop, why, advice: isTeam ? "" : supplier)]
        case .braked: return braked(part, isTeam) + items(of: part, isTeam)
        case .planned where isTeam && command == "plan":
            let count = PageText.count(part.summary.planned, "correction is", "corrections are")
            guard let plan = part.plan else { return [] }
            return [
                PageTask(
                    part.shop,
                    "\(count) planned",
                    advice: "Read the plan. The next run makes the corrections; to make them now:",
                    command: "synctec apply \(plan.short)"
                )
            ] + items(of: part, isTeam)
        default: return items(of: part, isTeam)
        }
    }

    private static func matter(of hit: BrakeHit) -> String {
        PageText.sentence("\(hit.brake.title.capitalizedFirst): \(hit.detail)") + " Held back: \(hit.extent.text)"
    }

    private static let supplier = "Your supplier has this report too and looks into it."

    private static func braked(_ part: DestinationReport, _ isTeam: Bool) -> [PageTask] {
        if !part.brakes.isEmpty {
            guard isTeam else { return part.brakes.map { PageTask(part.shop, matter(of: $0), advice: supplier) } }
            // One approval releases all that can be released: one thing to do.
            let released = part.plan == nil ? [] : part.brakes.filter(\.isReleasable)
            var tasks = part.brakes.filter { !released.contains($0) }.map {
                PageTask(part.shop, matter(of: $0), advice: $0.advice(hash: part.plan).capitalizedFirst)
            }
            if let plan = part.plan, !released.isEmpty {
                tasks.append(
                    PageTask(
                        part.shop,
                        released.map(matter).joined(separator: ". "),
                        advice: "Read the plan, then:",
                        command: "synctec approve \(plan.short)"
                    )
                )
            }
            return tasks
        }
        let findings = part.findings.filter { $0.kind == .brake }
        if findings.isEmpty { return [PageTask(part.shop, part.detail, advice: isTeam ? "" : supplier)] }
        return findings.map {
            PageTask(
                part.shop,
                $0.detail.capitalizedFirst,
                advice: isTeam ? $0.suggestion.capitalizedFirst : supplier
            )
        }
    }

    /// What is held, refused or failed, by reason, with what is done about each.
    private static func items(of part: DestinationReport, _ isTeam: Bool) -> [PageTask] {
        var counts: [String: Int] = [:]
        var failures: [String: Int] = [:]
        for row in part.corrections {
            switch row.outcome {
            case CorrectionRow.held, CorrectionRow.refused: counts[row.reason, default: 0] += 1
            case "failed", "did not hold": failures["\(row.outcome): \(row.reason)", default: 0] += 1
            default: break
            }
        }
        var tasks = failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map { reason, count in
            PageTask(
                part.shop,
                "\(PageText.count(count, "correction", "corrections")) \(reason)",
                advice: "The next run tries again; after three times the field is left alone"
            )
        }
        for reason in HoldReason.allCases {
            guard let count = counts.removeValue(forKey: reason.rawValue) else { continue }
            let matter = "\(PageText.count(count, "value", "values")) held back: \(reason.rawValue)"
            if reason.isReleasable, isTeam, let plan = part.plan {
                tasks.append(
                    PageTask(
                        part.shop,
                        matter,
                        advice: "\(reason.advice):",
                        command: "synctec approve \(plan.short) --held"
                    )
                )
            } else {
                tasks.append(PageTask(part.shop, matter, advice: reason.advice))
            }
        }
        // A later version of the ledger may know further reasons.
        for (reason, count) in counts.sorted(by: { $0.key < $1.key }) {
            tasks.append(PageTask(part.shop, "\(PageText.count(count, "value", "values")) held back: \(reason)"))
        }
        if part.summary.left > 0, part.status != "BRAKE" {
            let left = PageText.count(part.summary.left, "correction was", "corrections were")
            tasks.append(PageTask(part.shop, "\(left) not made", advice: "The next run takes them up by itself"))
        }
        return tasks
    }
}

extension BrakeHit {
    /// Whether an approval releases it.
    fileprivate var isReleasable: Bool {
        switch brake {
        case .exchangeRate, .currency, .planStale: false
        case .priceChanges, .stockToZero, .snapshotShrinks, .allOfOneField, .heldItems, .firstRun, .rulesChanged: true
        }
    }
}

extension HoldReason {
    /// What a person can do about it.
    var advice: String {
        switch self {
        case .duplicateAtSource, .duplicateAtDestination: "Leave the SKU on one variant"
        case .moved: "The SKU is on another variant than before. If that is right, it can be approved"
        case .priceStep: "The price would move further than one step may. If that is right, it can be approved"
        case .mixedProduct: "Split the product, or do not lock that field for it"
        case .contested: "Another app or person sets it again each time: find who does, or do not lock the field"
        case .parked: "The store refused the same write three times: cure what it says"
        case .underLastPrice: "Check source price, rate and rule"
        case .noPrice: "Check source price and rule"
        case .unreadableAmount: "Correct the amount in the source"
        case .noRate: "Bring in a current exchange rate"
        case .overLimit: "Shorten the value in the source"
        case .unknownValue: "Look at the value in the source"
        }
    }
}
