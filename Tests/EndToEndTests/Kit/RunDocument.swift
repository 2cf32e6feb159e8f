import Foundation

/// What `--json` of plan, run, apply and report prints, as a program that knows only `reports/README.md` would read it.
struct RunDocument: Decodable {
    let run: String
    let team: String
    let source: String
    let command: String
    let status: String
    let detail: String?
    let destinations: [Destination]

    struct Destination: Decodable {
        let destination: String
        let status: String
        let detail: String?
        let plan: String?
        let rate: String?
        let brakes: [Brake]
        let summary: [String: Int]?
        let corrections: [Correction]
        let findings: [Finding]
    }

    struct Brake: Decodable {
        let brake: String
        let detail: String
        let advice: String
    }

    struct Correction: Decodable, Equatable {
        let sku: String
        let field: String?
        let source_value: String?
        let old: String?
        let new: String?
        let verdict: String
        let outcome: String
        let reason: String?
    }

    struct Finding: Decodable, Equatable {
        let kind: String
        let shop: String
        let sku: String?
        let detail: String
        let suggestion: String?
    }

    subscript(shop: String) -> Destination? { destinations.first { $0.destination == shop } }
}

extension Child.Ended {
    /// The one JSON document on standard output.
    func document<Document: Decodable>(_ type: Document.Type = Document.self) throws -> Document {
        try JSONDecoder().decode(type, from: Data(output.utf8))
    }

    /// The last line on standard error: the name of the ending, and more.
    var lastLine: String { errors.split(separator: "\n").last.map(String.init) ?? "" }
}
