import Catalog
import Pricing
import Pricing
public import Reconciliation

extension CorrectionPlan {
    /// The plan for a terminal: what it is, what stops it, then every change and every held item, sorted by SKU, then field.
    ///
    /// `limit` is the most lines of changes, and the most of held items. The same plan gives the same text.
    ///
    /// - Throws: only if the plan cannot be encoded for its hash.
    public func text(brakes: [BrakeHit] = [], limit: Int = .max) throws -> String {
        let hash = try hash()
        var lines = heading(hash)
        for (brake, advice) in brakes.withAdvice(hash: hash) {
            lines.append("  brake      \(HarmlessText.line(brake.text))")
            if let advice { lines.append("             \(advice)") }
        }
        lines += changeLines(limit: limit)
        lines += heldLines(hash: hash, limit: limit)
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ hash: PlanHash) -> [String] {
        var counts: [CatalogField: Int] = [:]
        for correction in corrections { counts[correction.field, default: 0] += 1 }
        let changes = counts.keys.sorted().map { "\($0.rawValue) \(counts[$0] ?? 0)" }.joined(separator: ", ")
        var lines = [
            "Plan \(hash.short) for \(destination), team \(team)",
            "  hash       \(hash)",
            "  snapshots  source \(HarmlessText.line(snapshots.source)), destination \(HarmlessText.line(snapshots.destination))",
        ]
        if let rate { lines.append("  rate       \(HarmlessText.line(rate.description))") }
        lines.append("  changes    \(corrections.count)\(changes.isEmpty ? "" : ": \(changes)")")
        let refused = held.count { $0.reason.isRefusal }
        lines.append("  held       \(held.count - refused)")
        lines.append("  refused    \(refused)")
        return lines
    }

    private func changeLines(limit: Int) -> [String] {
        guard !corrections.isEmpty else { return ["", "Nothing to change."] }
        var table = TextTable()
        for correction in corrections.prefix(limit) {
            table.add([
                correction.sku.text, correction.field.rawValue, correction.old.shown + " → " + correction.new.shown,
                correction.remark,
            ])
        }
        return ["", "Changes"] + table.lines(indent: "  ") + more(corrections.count - limit)
    }

    private func heldLines(hash: PlanHash, limit: Int) -> [String] {
        guard !held.isEmpty else { return [] }
        var table = TextTable()
        for item in held.prefix(limit) {
            table.add([
                item.sku.text, item.field?.rawValue ?? "all", item.values,
                (item.reason.isRefusal ? "refused: " : "held: ") + item.reason.rawValue,
            ])
        }
        var lines = ["", "Not written"] + table.lines(indent: "  ") + more(held.count - limit)
        if held.contains(where: \.reason.isReleasable) {
            lines.append("  To write the held prices and moved SKUs as shown: synctec approve \(hash.short) --held")
        }
        return lines
    }

    private func more(_ count: Int) -> [String] {
        count > 0 ? ["  … and \(count) more"] : []
    }
}

extension BrakeHit {
    /// The brake, its numbers and what it stops, for people.
    var text: String { "\(brake.title): \(detail); stops \(extent.text)" }
}

extension Correction {
    /// Who moved, and what else is to be known of it.
    fileprivate var remark: String {
        var remark = verdict.rawValue
        if let rule { remark += ", rule \(rule)" }
        if target.activates { remark += ", first stock at this location" }
        return remark
    }
}

extension HeldItem {
    /// From what to what; what it has alone, where there is no value to write.
    fileprivate var values: String {
        guard wanted.isEmpty, !reason.hasWantedValue || old.isEmpty else { return "\(old.shown) → \(wanted.shown)" }
        return old.isEmpty ? "" : old.shown
    }
}

extension FieldValue {
    /// The value, an absent one visibly so.
    fileprivate var shown: String { displayText.shown }
}

extension String {
    /// The text cut to a table's half cell, an empty one visibly so.
    fileprivate var shown: String { isEmpty ? "(none)" : HarmlessText.line(self, limit: 22) }
}
