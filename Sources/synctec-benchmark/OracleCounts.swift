import Foundation

/// The counts that any correct comparison of two generated catalogues finds, as the generator's oracle and every program of the
/// benchmark write them.
struct OracleCounts: Decodable, Equatable {
    struct Side: Decodable, Equatable {
        let blank_sku_rows: Int
        let duplicate_skus: Int
        let duplicate_rows: Int
    }

    let source: Side
    let destination: Side
    let missing: Int
    let extra: Int
    let compared: Int
    let drift: [String: Int]
    let drift_rows: Int
    let drifted_skus: Int

    /// Reads the counts from the last line of a program's output that is a JSON object, or from the output as a whole.
    static func read(_ path: String) throws -> OracleCounts {
        let data = try Data(contentsOf: URL(filePath: path))
        if let counts = try? JSONDecoder().decode(OracleCounts.self, from: data) { return counts }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        guard let line = lines.last(where: { $0.hasPrefix("{") }) else {
            throw BenchmarkFailure("\(path): no counts in it")
        }
        return try JSONDecoder().decode(OracleCounts.self, from: Data(line.utf8))
    }

    /// The same counts with other names of fields.
    func renamingFields(_ name: (String) -> String) -> OracleCounts {
        OracleCounts(
            source: source,
            destination: destination,
            missing: missing,
            extra: extra,
            compared: compared,
            drift: Dictionary(uniqueKeysWithValues: drift.map { (name($0.key), $0.value) }),
            drift_rows: drift_rows,
            drifted_skus: drifted_skus
        )
    }

    /// Each count that is not the oracle's, in words.
    func differences(from oracle: OracleCounts) -> [String] {
        let found = flat
        return oracle.flat.sorted { $0.key < $1.key }.compactMap { name, count in
            found[name] == count ? nil : "\(name): found \(found[name].map(String.init) ?? "nothing"), oracle \(count)"
        }
    }

    private var flat: [String: Int] {
        var counts = [
            "missing": missing, "extra": extra, "compared": compared, "drift_rows": drift_rows,
            "drifted_skus": drifted_skus,
        ]
        for (name, side) in [("source", source), ("destination", destination)] {
            counts["\(name).blank_sku_rows"] = side.blank_sku_rows
            counts["\(name).duplicate_skus"] = side.duplicate_skus
            counts["\(name).duplicate_rows"] = side.duplicate_rows
        }
        for (field, count) in drift { counts["drift.\(field)"] = count }
        return counts
    }
}

/// The document that `synctec compare --json` prints: the same counts for each destination, with the fields' own names.
enum ComparisonOutput {
    private struct Document: Decodable {
        struct Part: Decodable {
            let counts: OracleCounts
        }
        let destinations: [Part]
    }

    /// The oracle's names of fields that differ from the command's.
    private static let names = [
        "description": "descriptionHtml", "product_type": "productType", "compare_at_price": "compareAtPrice",
    ]

    static func read(_ path: String) throws -> [OracleCounts] {
        try JSONDecoder().decode(Document.self, from: Data(contentsOf: URL(filePath: path))).destinations.map { part in
            part.counts.renamingFields { names[$0] ?? $0 }
        }
    }
}

/// What the oracle knows of a file as such, which is all that ``Contender/simdjson`` can find.
struct FileCounts: Decodable, Equatable {
    struct Side: Decodable, Equatable {
        let products: Int
        let variants: Int
        let inventory_levels: Int
        let blank_sku_rows: Int
    }

    let source: Side
    let destination: Side

    static func read(_ path: String) throws -> FileCounts {
        try JSONDecoder().decode(FileCounts.self, from: Data(contentsOf: URL(filePath: path)))
    }
}
