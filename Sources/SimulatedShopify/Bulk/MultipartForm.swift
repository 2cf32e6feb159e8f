import Foundation

/// Reads a `multipart/form-data` body (RFC 7578) into its parts, in order.
struct MultipartForm {
    private(set) var parts: [(name: String, content: ArraySlice<UInt8>)] = []

    init?(_ body: [UInt8], contentType: String) {
        guard let range = contentType.range(of: "boundary=") else { return nil }
        let boundary = contentType[range.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        let mark = Array("--\(boundary)".utf8)
        var starts: [Int] = []
        var index = 0
        while let found = Self.find(mark, in: body[index...]) {
            starts.append(found)
            index = found + mark.count
        }
        guard starts.count >= 2 else { return nil }
        for (start, end) in zip(starts, starts.dropFirst()) {
            let part = body[(start + mark.count)..<end].dropFirst(2)
            guard let blank = Self.find(Array("\r\n\r\n".utf8), in: part) else { continue }
            let header = String(decoding: part[part.startIndex..<blank], as: UTF8.self)
            guard let name = header.range(of: "name=\"") else { continue }
            parts.append((String(header[name.upperBound...].prefix { $0 != "\"" }), part[(blank + 4)...].dropLast(2)))
        }
    }

    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        var index = bytes.startIndex
        let end = bytes.endIndex - needle.count
        while index <= end {
            if bytes[index] == first, bytes[index..<index + needle.count].elementsEqual(needle) { return index }
            index += 1
        }
        return nil
    }
}
