import Catalog
import Pricing
import Runs

/// Reads the answers of a bulk mutation, line by line; each names the line of inputs it is for, and their order means nothing.
struct BulkResults {
    let payload: String
    let lines: Int
    let currency: Currency

    /// Adds what a file says to an answer; a line that does not read stays unknown.
    func read(_ path: String, into answer: inout BulkAnswer) throws(StoreError) {
        var reader = try JSONLinesReader(path: path)
        var known: Set<Int> = []
        var trouble = ""
        while let line = try reader.next() {
            do throws(AnswerFault) {
                guard let value = try? JSONValue(reading: line) else {
                    throw AnswerFault(path: "a line of the result", reason: "is no JSON")
                }
                let field = AnswerField(value: value, path: "")
                let number = Int(clamping: try field.member("__lineNumber").integer())
                guard (0..<lines).contains(number), known.insert(number).inserted else {
                    throw AnswerFault(path: "__lineNumber", reason: "\(number) is another line's or nobody's")
                }
                try take(field, line: number, into: &answer)
            } catch {
                trouble = error.description
            }
        }
        if answer.shortfall.isEmpty, !trouble.isEmpty { answer.shortfall = "its answer does not read: \(trouble)" }
    }

    private func take(_ field: AnswerField, line: Int, into answer: inout BulkAnswer) throws(AnswerFault) {
        let errors = AnswerErrors(field.value)
        guard errors.isEmpty else {
            // What a failed line did is not known by its error.
            throw AnswerFault(path: "line \(line)", reason: "failed: \(errors.text)")
        }
        let said = try field.member("data").member(payload)
        let refusals = try UserError.list(in: said).map(\.refusal)
        switch payload {
        case "productUpdate":
            if let node = try said.nullable("product") {
                let record = try ProductRecord(node: node)
                answer.products[record.id.number] = record
            }
        default:
            for node in try said.nullable("productVariants")?.elements() ?? [] where !node.isNull {
                let record = try VariantRecord(node: node, currency: currency)
                answer.variants[record.id.number] = record
            }
        }
        answer.refusals[line] = refusals
    }
}
