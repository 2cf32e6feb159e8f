import CLibpq
import Catalog
import FoundationEssentials

/// One row of an answer, readable while the answer is being gone through.
///
/// Columns are read by name; a missing column, another type or an unexpected NULL is ``DatabaseError/unreadable(statement:detail:)``.
struct Row: ~Copyable {
    fileprivate let result: OpaquePointer
    fileprivate let index: Int32
    fileprivate let statement: String

    init(of result: OpaquePointer, at index: Int32, statement: String) {
        self.result = result
        self.index = index
        self.statement = statement
    }

    /// Text of `text`, `varchar`, `name`, `json` or `jsonb`.
    func text(_ column: String) throws(DatabaseError) -> String {
        try present(column, try optionalText(column))
    }

    /// Text or NULL.
    func optionalText(_ column: String) throws(DatabaseError) -> String? {
        let types = [SQLType.text, SQLType.varchar, SQLType.name, SQLType.json, SQLType.jsonb]
        guard let field = try field(column, oneOf: types) else { return nil }
        let bytes =
            field.type == SQLType.jsonb ? UnsafeRawBufferPointer(rebasing: field.bytes.dropFirst()) : field.bytes
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A whole number of `smallint`, `integer` or `bigint`.
    func integer(_ column: String) throws(DatabaseError) -> Int64 {
        try present(column, try optionalInteger(column))
    }

    /// A whole number that has to fit `Int`.
    func count(_ column: String) throws(DatabaseError) -> Int {
        Int(try integer(column))
    }

    /// A whole number or NULL.
    func optionalInteger(_ column: String) throws(DatabaseError) -> Int64? {
        guard let field = try field(column, oneOf: [SQLType.bigint, SQLType.integer, SQLType.smallint]) else {
            return nil
        }
        switch field.type {
        case SQLType.smallint: return Int64(field.bytes.bigEndian(Int16.self))
        case SQLType.integer: return Int64(field.bytes.bigEndian(Int32.self))
        default: return field.bytes.bigEndian(Int64.self)
        }
    }

    /// A truth value.
    func boolean(_ column: String) throws(DatabaseError) -> Bool {
        try present(column, try field(column, oneOf: [SQLType.boolean])).bytes.first == 1
    }

    /// Bytes of `bytea`.
    func bytes(_ column: String) throws(DatabaseError) -> [UInt8] {
        try present(column, try optionalBytes(column))
    }

    /// Bytes or NULL.
    func optionalBytes(_ column: String) throws(DatabaseError) -> [UInt8]? {
        guard let field = try field(column, oneOf: [SQLType.bytes]) else { return nil }
        return Array(field.bytes)
    }

    /// A moment of `timestamptz`.
    func timestamp(_ column: String) throws(DatabaseError) -> Timestamp {
        try present(column, try optionalTimestamp(column))
    }

    /// A moment or NULL.
    func optionalTimestamp(_ column: String) throws(DatabaseError) -> Timestamp? {
        guard let field = try field(column, oneOf: [SQLType.timestamp]) else { return nil }
        return Timestamp(microseconds: field.bytes.bigEndian(Int64.self) + postgresEpochMicroseconds)
    }

    /// A uuid.
    func uuid(_ column: String) throws(DatabaseError) -> UUID {
        try present(column, try optionalUUID(column))
    }

    /// A uuid or NULL.
    func optionalUUID(_ column: String) throws(DatabaseError) -> UUID? {
        guard let field = try field(column, oneOf: [SQLType.uuid]) else { return nil }
        return UUID(uuid: field.bytes.loadUnaligned(as: uuid_t.self))
    }

    /// The texts of a `text[]` without NULLs.
    func texts(_ column: String) throws(DatabaseError) -> [String] {
        let field = try present(column, try field(column, oneOf: [SQLType.texts]))
        guard field.bytes.bigEndian(Int32.self) > 0 else { return [] }
        let count = Int(field.bytes.bigEndian(Int32.self, at: 12))
        var texts: [String] = []
        var position = 20
        for _ in 0..<count {
            let length = Int(field.bytes.bigEndian(Int32.self, at: position))
            guard length >= 0 else { throw unreadable("\(column) holds NULL in its list") }
            let item = field.bytes[(position + 4)..<(position + 4 + length)]
            texts.append(String(decoding: item, as: UTF8.self))
            position += 4 + length
        }
        return texts
    }

    /// The failure to make sense of what a column holds.
    func unreadable(_ detail: String) -> DatabaseError {
        .unreadable(statement: statement, detail: detail)
    }

    private struct Field {
        let type: UInt32
        let bytes: UnsafeRawBufferPointer
    }

    private func present<Value>(_ column: String, _ value: Value?) throws(DatabaseError) -> Value {
        guard let value else { throw unreadable("\(column) is NULL") }
        return value
    }

    private func field(_ column: String, oneOf types: [UInt32]) throws(DatabaseError) -> Field? {
        let number = PQfnumber(result, column)
        guard number >= 0 else { throw unreadable("there is no column \(column)") }
        let type = PQftype(result, number)
        guard types.contains(type) else { throw unreadable("\(column) has the unexpected type \(type)") }
        guard PQgetisnull(result, index, number) == 0 else { return nil }
        let length = Int(PQgetlength(result, index, number))
        return Field(type: type, bytes: UnsafeRawBufferPointer(start: PQgetvalue(result, index, number), count: length))
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int = 0) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}
