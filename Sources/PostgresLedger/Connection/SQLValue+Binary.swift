import FoundationEssentials

extension SQLValue {
    /// The number of the value's type.
    var type: UInt32 {
        switch self {
        case .null: SQLType.unspecified
        case .text: SQLType.text
        case .integer: SQLType.bigint
        case .boolean: SQLType.boolean
        case .bytes: SQLType.bytes
        case .timestamp: SQLType.timestamp
        case .uuid: SQLType.uuid
        case .json: SQLType.jsonb
        case .texts: SQLType.texts
        case .integers: SQLType.bigints
        }
    }

    /// Appends the value's binary form without its length; NULL has none.
    func append(to buffer: inout [UInt8]) {
        switch self {
        case .null: break
        case .text(let text): buffer.append(text: text)
        case .integer(let number): buffer.append(bigEndian: number)
        case .boolean(let flag): buffer.append(flag ? 1 : 0)
        case .bytes(let bytes): buffer.append(contentsOf: bytes)
        case .timestamp(let microseconds): buffer.append(bigEndian: microseconds - postgresEpochMicroseconds)
        case .uuid(let uuid): withUnsafeBytes(of: uuid.uuid) { buffer.append(contentsOf: $0) }
        case .json(let text):
            buffer.append(1)  // the version of jsonb's binary form
            buffer.append(text: text)
        case .texts(let texts):
            buffer.append(arrayOf: SQLType.text, count: texts.count)
            for text in texts { buffer.appendCounted { $0.append(text: text) } }
        case .integers(let numbers):
            buffer.append(arrayOf: SQLType.bigint, count: numbers.count)
            for number in numbers { buffer.appendCounted { $0.append(bigEndian: number) } }
        }
    }
}

extension [UInt8] {
    /// Appends a number in network order.
    mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(text: String) {
        var text = text
        text.withUTF8 { utf8 in
            guard utf8.contains(0) else { return append(contentsOf: utf8) }
            for byte in utf8 {
                if byte == 0 { append(contentsOf: "\u{2400}".utf8) } else { append(byte) }
            }
        }
    }

    /// Appends what `body` writes, behind its length.
    fileprivate mutating func appendCounted(_ body: (inout [UInt8]) -> Void) {
        let start = count
        append(bigEndian: Int32(0))
        body(&self)
        let length = Int32(count - start - 4)
        Swift.withUnsafeBytes(of: length.bigEndian) { replaceSubrange(start..<start + 4, with: $0) }
    }

    /// The head of a one-dimensional array without NULLs.
    fileprivate mutating func append(arrayOf type: UInt32, count: Int) {
        append(bigEndian: Int32(count == 0 ? 0 : 1))
        append(bigEndian: Int32(0))
        append(bigEndian: type)
        guard count > 0 else { return }
        append(bigEndian: Int32(count))
        append(bigEndian: Int32(1))
    }
}
