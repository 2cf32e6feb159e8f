import Catalog
import Reconciliation

/// All trouble that an audience knows of: every destination's, of every stage.
///
/// Stages and destinations have timers of their own, so that a run judges only a part: what it did not look at stays as it was.
struct KnownTrouble: Sendable, Equatable {
    /// What is known of one trouble.
    private struct Entry: Equatable {
        var shop: ShopDomain?
        /// Where it stands still; empty where a run of any stage judges it.
        var stages: Set<PlanStage>
        var toldAt: Timestamp
        /// What is over is known for a day, so that what comes and goes is not news each time.
        var isOpen: Bool
    }

    private var entries: [UInt64: Entry] = [:]

    /// What stands open, for telling whether anything changed.
    var open: Set<UInt64> { Set(entries.filter(\.value.isOpen).keys) }

    /// Takes a run's trouble, of the stages it wrote and the destinations that it judged.
    ///
    /// What is known of destinations that are not the team's any more is forgotten.
    mutating func take(
        _ troubles: [Trouble],
        of stages: Set<PlanStage>,
        judged: Set<ShopDomain>,
        team: Set<ShopDomain>,
        at time: Timestamp
    ) -> TroubleNews {
        func isRecent(_ told: Timestamp) -> Bool { time - told < TroubleMemory.reminder }
        let wasOpen = entries.contains(where: \.value.isOpen)
        let isNews = troubles.contains { trouble in entries[trouble.key].map { !isRecent($0.toldAt) } ?? true }
        let seen = Set(troubles.map(\.key))
        for (key, entry) in entries where entry.isOpen && !seen.contains(key) {
            guard entry.shop.map(judged.contains) ?? true else { continue }
            let left = entry.stages.subtracting(stages)
            entries[key]?.stages = left
            entries[key]?.isOpen = !left.isEmpty
        }
        for trouble in troubles {
            let known = entries[trouble.key]
            entries[trouble.key] = Entry(
                shop: trouble.shop,
                stages: known.map { $0.isOpen ? $0.stages.union(trouble.stages) : trouble.stages } ?? trouble.stages,
                toldAt: isNews ? time : known?.toldAt ?? time,
                isOpen: true
            )
        }
        entries = entries.filter { _, entry in
            (entry.shop.map(team.contains) ?? true) && (entry.isOpen || isRecent(entry.toldAt))
        }
        if isNews { return .trouble }
        guard wasOpen, open.isEmpty else { return .none }
        // From here on the same is news again.
        entries = [:]
        return .over
    }
}

extension KnownTrouble {
    /// Reads what ``text`` wrote; lines of another form are passed over, their trouble is news once more.
    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: " ")
            guard cells.count > 4, let told = Int64(cells[3]) else { continue }
            let shop = ShopDomain(String(cells[0]))
            guard shop != nil || cells[0] == "-" else { continue }
            let entry = Entry(
                shop: shop,
                stages: Set(cells[1].split(separator: ",").compactMap { PlanStage(rawValue: String($0)) }),
                toldAt: Timestamp(microseconds: told),
                isOpen: cells[2] == "open"
            )
            for cell in cells.dropFirst(4) {
                if let key = UInt64(cell, radix: 16) { entries[key] = entry }
            }
        }
    }

    /// One line for all that was told of a destination at one time: shop, stages, `open` or `over`, time, digests.
    var text: String {
        var lines: [String: [UInt64]] = [:]
        for (key, entry) in entries {
            let stages = entry.stages.map(\.rawValue).sorted().joined(separator: ",")
            let words = [
                entry.shop?.text ?? "-", stages.isEmpty ? "any" : stages, entry.isOpen ? "open" : "over",
                "\(entry.toldAt.microseconds)",
            ]
            lines[words.joined(separator: " "), default: []].append(key)
        }
        return lines.map { start, keys in
            ([start] + keys.sorted().map { String($0, radix: 16) }).joined(separator: " ")
        }.sorted().joined(separator: "\n")
    }
}
