import Catalog
import Reconciliation

extension ComparisonReport {
    /// The comparison in a few lines, for a terminal: what was found, and what to look at.
    public var text: String {
        let source = HarmlessText.line(source.name)
        var lines = ["\(source) against \(parts.count == 1 ? "one file" : "\(parts.count) files"): \(status)"]
        lines += self.source.textLines(parts.first?.counts.source)
        for part in parts {
            lines.append("")
            lines += part.textLines
        }
        lines += ["", "All files are in \(HarmlessText.line(folder))"]
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ComparisonReport.File {
    fileprivate func textLines(_ counts: ComparisonCounts.Side?) -> [String] {
        let kind = form + (compression.isEmpty ? "" : ", \(compression)")
        let size = counts.map { ", \($0.variants, of: "variant") in \($0.products, of: "product")" } ?? ""
        return ["  read as      \(kind), \(currency)\(size)"] + notes.map { "  note         \(HarmlessText.line($0))" }
    }
}

extension ComparisonReport.Part {
    fileprivate var textLines: [String] {
        var lines = ["\(HarmlessText.line(file.name)): \(status)"]
        lines += file.textLines(counts.destination)
        if !rate.isEmpty { lines.append("  rate         \(HarmlessText.line(rate))") }
        lines.append(
            "  SKUs         \(counts.compared) compared, \(counts.driftedSKUs) differing"
        )
        let apart = [
            (counts.missing, "missing here"), (counts.extra, "extra here"), (counts.unshared, "not shared"),
            (summary.count(.duplicate), "on several variants"),
        ].filter { $0.0 > 0 }
        if !apart.isEmpty {
            lines.append("  not matched  \(apart.map { "\($0.0) \($0.1)" }.joined(separator: ", "))")
        }
        if counts.source.blankSKURows + counts.destination.blankSKURows > 0 {
            lines.append(
                "  blank SKUs   \(counts.source.blankSKURows) at the source, \(counts.destination.blankSKURows) here"
            )
        }
        if counts.compared == 0 {
            lines.append(
                "  note         no SKU stands once on both sides and is shared, so nothing could be compared: variants are matched by their SKU"
            )
        }
        if compared.isEmpty {
            lines.append("  note         no field could be compared, so nothing is known of these SKUs")
        }
        let drift = counts.drift.keys.sorted().filter { counts.drift[$0] != 0 }
        if !drift.isEmpty {
            lines.append(
                "  differences  \(drift.map { "\($0.rawValue) \(counts.drift[$0] ?? 0)" }.joined(separator: ", "))"
            )
        }
        if summary.heldFields + summary.refusedFields > 0 {
            lines.append(
                "  not planned  \(summary.heldFields) held, \(summary.refusedFields) refused: see findings.csv"
            )
        }
        for hit in brakes {
            lines.append("  brake        \(HarmlessText.line(hit.brake.title)): \(HarmlessText.line(hit.detail))")
        }
        for (reason, gaps) in gaps {
            lines.append("  not compared \(gaps.joined(separator: ", ")): \(HarmlessText.line(reason))")
        }
        return lines + lookAt
    }

    /// Fields of one reason together, in the order of the first.
    private var gaps: [(String, [String])] {
        var gaps: [(String, [String])] = []
        for (field, reason) in notCompared {
            if let place = gaps.firstIndex(where: { $0.0 == reason }) {
                gaps[place].1.append(field.rawValue)
            } else {
                gaps.append((reason, [field.rawValue]))
            }
        }
        return gaps
    }

    private var lookAt: [String] {
        var lines: [String] = []
        let folder = HarmlessText.line(folder)
        if counts.driftRows + counts.undecided > 0 {
            lines.append("  look at      \(folder)/corrections.csv, one line per difference")
        }
        if findings > 0 {
            lines.append(
                "  \(lines.isEmpty ? "look at" : "       ")      \(folder)/findings.csv, \(findings, of: "thing") "
                    + "for a person to look at"
            )
        }
        switch importing {
        case .notAsked, .nothing: break
        case .refused(let reason): lines.append("  import       none: \(HarmlessText.line(reason))")
        case .written(let products, let rows, let bytes, let left):
            lines.append("  import       \(folder)/import.csv, \(rows, of: "row") of \(products, of: "product"):")
            lines.append(
                "               in the admin of that shop, Products > Import, with products of the same handle overwritten"
            )
            if left > 0 {
                lines.append("               \(left, of: "correction") cannot be imported: see findings.csv")
            }
            if bytes > 15_000_000 {
                lines.append("               it is over the 15 MB that the admin takes: import it in parts")
            }
        }
        return lines
    }
}
