import Catalog
import FoundationEssentials

/// A value bound to a statement or written by COPY, with the type the server sees.
///
/// Values travel in Postgres' binary form, so no text of a store is ever part of a statement (FAULTS HI-5).
enum SQLValue: Sendable, Equatable {
    /// NULL of the type that the statement asks for.
    case null
    /// `text`. Postgres has no NUL in text: U+0000 is written as U+2400, its printable sign.
    case text(String)
    /// `bigint`.
    case integer(Int64)
    /// `boolean`.
    case boolean(Bool)
    /// `bytea`.
    case bytes([UInt8])
    /// `timestamptz`, in microseconds since 1970.
    case timestamp(microseconds: Int64)
    /// `uuid`.
    case uuid(UUID)
    /// `jsonb`, given as JSON text.
    case json(String)
    /// `text[]` without NULLs.
    case texts([String])
    /// `bigint[]` without NULLs.
    case integers([Int64])

    /// Text, or NULL where there is none.
    static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    /// A whole number, or NULL where there is none.
    static func optional(_ integer: Int64?) -> SQLValue { integer.map { .integer($0) } ?? .null }

    /// A uuid, or NULL where there is none.
    static func optional(_ uuid: UUID?) -> SQLValue { uuid.map { .uuid($0) } ?? .null }

    /// The moment.
    static func timestamp(_ time: Timestamp) -> SQLValue { .timestamp(microseconds: time.microseconds) }
}

/// The types by their numbers in `pg_type`, which never change.
enum SQLType {
    static let unspecified: UInt32 = 0
    static let boolean: UInt32 = 16
    static let bytes: UInt32 = 17
    static let name: UInt32 = 19
    static let bigint: UInt32 = 20
    static let smallint: UInt32 = 21
    static let integer: UInt32 = 23
    static let text: UInt32 = 25
    static let json: UInt32 = 114
    static let texts: UInt32 = 1009
    static let bigints: UInt32 = 1016
    static let varchar: UInt32 = 1043
    static let timestamp: UInt32 = 1184
    static let uuid: UInt32 = 2950
    static let jsonb: UInt32 = 3802
}

/// Where Postgres starts to count time: 2000-01-01, in microseconds since 1970.
let postgresEpochMicroseconds: Int64 = 946_684_800_000_000
