import CSimdjson

/// Reads the same block by templates and by the full parser alone, and says where they differ.
final class LineAgreement {
    private let predicting = csj_create()
    private let full = csj_create()
    /// Lines read, and how many of them by a template.
    private(set) var lines = 0
    var predicted: Int { csj_predicted(predicting) }

    init() { csj_predict(full, 0) }

    deinit {
        csj_destroy(predicting)
        csj_destroy(full)
    }

    /// The first difference, or nil where both agree on every line up to the first that is refused.
    func difference(in block: [UInt8]) -> String? {
        // Behind the block stands what would go on with an unfinished string or number.
        let memory = block + [UInt8](repeating: 0x31, count: Int(CSJ_PADDING))
        return memory.withUnsafeBufferPointer { bytes in
            csj_begin(predicting, bytes.baseAddress, block.count)
            csj_begin(full, bytes.baseAddress, block.count)
            while true {
                let (result, expected) = (csj_next(predicting), csj_next(full))
                if result != expected { return "\(expected) became \(result)" }
                if result == CSJ_END { return nil }
                guard let line = csj_current(predicting), let wanted = csj_current(full) else { return "no line" }
                lines += 1
                if line.pointee.begin != wanted.pointee.begin || line.pointee.length != wanted.pointee.length {
                    return "the line's place differs"
                }
                guard result == CSJ_OK else { return failureDifference(result) }
                if let difference = Self.difference(line.pointee, wanted.pointee) { return difference }
            }
        }
    }

    private func failureDifference(_ result: Int32) -> String? {
        if result == CSJ_UNEXPECTED, csj_field(predicting) != csj_field(full) { return "another field is named" }
        let reasons = (String(cString: csj_reason(predicting)), String(cString: csj_reason(full)))
        return result == CSJ_MALFORMED && reasons.0 != reasons.1 ? "\(reasons.1) became \(reasons.0)" : nil
    }

    private static func difference(_ line: csj_line, _ wanted: csj_line) -> String? {
        if line.seen != wanted.seen { return "seen differs by \(line.seen ^ wanted.seen)" }
        if line.nulls != wanted.nulls { return "nulls differ by \(line.nulls ^ wanted.nulls)" }
        for (id, other) in [
            (line.id, wanted.id), (line.parent, wanted.parent), (line.item, wanted.item),
            (line.location, wanted.location),
        ] where id.number != other.number || id.kind != other.kind || !equal(id.text, other.text) {
            return "id \(id.kind) \(id.number) instead of \(other.kind) \(other.number)"
        }
        if line.taxable != wanted.taxable || line.tracked != wanted.tracked { return "a flag differs" }
        if line.requires_shipping != wanted.requires_shipping { return "a flag differs" }
        if line.available != wanted.available { return "available differs" }
        let texts = withUnsafeBytes(of: line.texts) { Array($0.bindMemory(to: csj_text.self)) }
        let wantedTexts = withUnsafeBytes(of: wanted.texts) { Array($0.bindMemory(to: csj_text.self)) }
        for place in texts.indices where !equal(texts[place], wantedTexts[place]) { return "text \(place) differs" }
        guard line.tag_count == wanted.tag_count else { return "the number of tags differs" }
        for place in 0..<Int(line.tag_count) where !equal(line.tags[place], wanted.tags[place]) {
            return "tag \(place) differs"
        }
        return nil
    }

    private static func equal(_ text: csj_text, _ other: csj_text) -> Bool {
        text.length == other.length
            && UnsafeBufferPointer(start: text.bytes, count: Int(text.length))
                .elementsEqual(UnsafeBufferPointer(start: other.bytes, count: Int(other.length)))
    }
}
