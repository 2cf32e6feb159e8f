import Foundation

/// Small JSON documents for `--json`.
enum JSONText {
    /// The value with sorted keys, one document; names of several words as in the reports, such as `ended_at`.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
