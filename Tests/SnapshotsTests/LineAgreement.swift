import CSimdjson

/// Reads the same block by templates, in each of the ways they know, and by the full parser alone, and says where they differ.
final class LineAgreement {
    /// Looking at many bytes at a time or at few, with descriptions unescaped or left as they are.
    private let predicting: [(reader: OpaquePointer?, way: String)]
    private let full = csj_create()
    /// Lines read, and how many of them by a template.
    private(set) var lines = 0
    var predicted: Int { predicting.reduce(0) { $0 + csj_predicted($1.reader) } }
    /// How many readers there are that predict.
    var ways: Int { predicting.count }

    init() {
        csj_predict(full, 0)
        predicting = [(UInt32(32), false), (32, true), (16, false), (16, true)].map { widest, leaves in
            let reader = csj_create()
            let width = csj_read_wide(reader, widest)
            precondition(width <= widest, "wider than was asked for")
            csj_leave_descriptions(reader, leaves ? 1 : 0)
            return (reader, "\(width) bytes at a time\(leaves ? ", descriptions left" : "")")
        }
    }

    deinit {
        for reader in predicting { csj_destroy(reader.reader) }
        csj_destroy(full)
    }

    /// The first difference, or nil where all agree on every line up to the first that is refused.
    func difference(in block: [UInt8]) -> String? {
        for (reader, way) in predicting {
            if let difference = difference(in: block, with: reader) { return "\(difference), \(way)" }
        }
        return nil
    }

    private func difference(in block: [UInt8], with reader: OpaquePointer?) -> String? {
        // Behind the block stands what would go on with an unfinished string or number.
        let memory = block + [UInt8](repeating: 0x31, count: Int(CSJ_PADDING))
        return memory.withUnsafeBufferPointer { bytes in
            csj_begin(reader, bytes.baseAddress, block.count)
            csj_begin(full, bytes.baseAddress, block.count)
            while true {
                let result = csj_next(reader)
                let expected = csj_next(full)
                if result != expected { return "\(expected) became \(result)" }
                if result == CSJ_END { return nil }
                guard let line = csj_current(reader), let wanted = csj_current(full) else { return "no line" }
                lines += 1
                if line.pointee.begin != wanted.pointee.begin || line.pointee.length != wanted.pointee.length {
                    return "the line's place differs"
                }
                guard result == CSJ_OK else { return failureDifference(result, reader) }
                if let difference = Self.difference(line.pointee, wanted.pointee) { return difference }
            }
        }
    }

    private func failureDifference(_ result: Int32, _ reader: OpaquePointer?) -> String? {
        if result == CSJ_UNEXPECTED, csj_field(reader) != csj_field(full) { return "another field is named" }
        let reasons = (String(cString: csj_reason(reader)), String(cString: csj_reason(full)))
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
        for place in texts.indices where !equal(texts[place], wantedTexts[place]) {
            // A description that is left as it stands has no text.
            if place != Int(CSJ_DESCRIPTION) || texts[place].bytes != nil || line.raw_description.bytes == nil {
                return "text \(place) differs"
            }
        }
        if !equal(line.raw_description, wanted.raw_description) { return "the description's bytes differ" }
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
