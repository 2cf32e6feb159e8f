import Catalog
import Foundation
import Testing

@testable import PostgresLedger

struct SQLValueTests {
    @Test(arguments: ["", "A-1", "'; DROP TABLE x; --", "é", "e\u{301}", "a\tb\nc\\d", "\u{1F4A1}", "\u{FEFF}x"])
    func `HI-5 text comes back byte for byte, whatever it holds`(text: String) async throws {
        let session = try await TestServer.shared.database().superuser
        let back = try await session.perform { connection throws(DatabaseError) in
            try connection.first(
                SQLStatement("test", Array("SELECT $1 AS v, $2 AS l".utf8)),
                [.text(text), .texts([text, "x"])]
            ) {
                row throws(DatabaseError) in (try row.text("v"), try row.texts("l"))
            }
        }
        let found = try #require(back)
        #expect(Array(found.0.utf8) == Array(text.utf8))
        #expect(found.1.map { Array($0.utf8) } == [Array(text.utf8), Array("x".utf8)])
    }

    @Test func `a NUL, which Postgres has not, is written as its printable sign`() async throws {
        let session = try await TestServer.shared.database().superuser
        let back = try await session.perform { connection throws(DatabaseError) in
            try connection.first(SQLStatement("test", Array("SELECT $1 AS v".utf8)), [.text("a\0b")]) {
                row throws(DatabaseError) in try row.text("v")
            }
        }
        #expect(back == "a\u{2400}b")
    }

    @Test func `every other type comes back as it was`() async throws {
        let session = try await TestServer.shared.database().superuser
        let id = UUID()
        let time = Timestamp(microseconds: 1_795_000_000_123_456)
        let statement = SQLStatement(
            "test",
            Array(
                "SELECT $1 AS i, $2 AS b, $3 AS y, $4 AS t, $5 AS u, $6 AS j, $7::text AS n, $8::text[] AS e, $9 AS l"
                    .utf8
            )
        )
        let parameters: [SQLValue] = [
            .integer(Int64.min), .boolean(true), .bytes([0, 255, 1]), .timestamp(time), .uuid(id), .json("{\"a\": 1}"),
            .null,
            .texts([]), .integers([3, -4]),
        ]
        try await session.perform { connection throws(DatabaseError) in
            _ = try connection.first(statement, parameters) { row throws(DatabaseError) in
                #expect(try row.integer("i") == Int64.min)
                #expect(try row.boolean("b"))
                #expect(try row.bytes("y") == [0, 255, 1])
                #expect(try row.timestamp("t") == time)
                #expect(try row.uuid("u") == id)
                #expect(try row.text("j") == "{\"a\": 1}")
                #expect(try row.optionalText("n") == nil)
                #expect(try row.texts("e") == [])
            }
        }
    }

    @Test func `a column that is missing, NULL or of another type is named`() async throws {
        let session = try await TestServer.shared.database().superuser
        let statement = SQLStatement("Some", Array("SELECT 1.5::numeric AS n, NULL::text AS t".utf8))
        let errors = try await session.perform { connection throws(DatabaseError) in
            try connection.first(statement) { row throws(DatabaseError) in
                var errors: [String] = []
                do throws(DatabaseError) { _ = try row.integer("gone") } catch { errors.append("\(error)") }
                do throws(DatabaseError) { _ = try row.integer("n") } catch { errors.append("\(error)") }
                do throws(DatabaseError) { _ = try row.text("t") } catch { errors.append("\(error)") }
                return errors
            }
        }
        #expect(
            errors == [
                "the ledger's answer to Some cannot be read: there is no column gone",
                "the ledger's answer to Some cannot be read: n has the unexpected type 1700",
                "the ledger's answer to Some cannot be read: t is NULL",
            ]
        )
    }

    @Test func `COPY writes many rows in chunks, and none of a stream that the server refuses`() async throws {
        let session = try await TestServer.shared.database().superuser
        try await session.run("CREATE TABLE public.many (n bigint PRIMARY KEY, t text, o uuid)")
        let copy = SQLStatement("CopyMany", Array("COPY public.many FROM STDIN (FORMAT binary)".utf8))
        @Sendable func write(_ number: Int, _ buffer: inout CopyBuffer) {
            buffer.row(columns: 3)
            buffer.integer(Int64(number))
            buffer.text("row \(number) \t\\N")
            buffer.null()
        }
        try await session.perform { connection throws(DatabaseError) in
            try connection.copy(copy, rows: 40_000, write)
        }
        #expect(try await session.text("SELECT count(DISTINCT t) FROM public.many WHERE o IS NULL") == "40000")
        await #expect(throws: DatabaseError.self) {
            try await session.perform { connection throws(DatabaseError) in try connection.copy(copy, rows: 3, write) }
        }
        #expect(try await session.text("SELECT count(*) FROM public.many") == "40000")
    }

    @Test(arguments: ["", "a", "é", "e\u{301}", "👩‍🚀", "a\u{0}b", "\u{0}", String(repeating: "ä", count: 300_000)])
    func `a text comes through COPY exactly, a NUL as its picture`(text: String) async throws {
        let session = try await TestServer.shared.database().superuser
        try await session.run("CREATE TABLE public.one (n bigint, t text)")
        let copy = SQLStatement("CopyOne", Array("COPY public.one FROM STDIN (FORMAT binary)".utf8))
        try await session.perform { connection throws(DatabaseError) in
            try connection.copy(copy, rows: 2) { number, buffer in
                buffer.row(columns: 2)
                buffer.integer(.min + Int64(number))
                buffer.text(number == 0 ? text : nil)
            }
        }
        let found = try await session.text("SELECT t FROM public.one WHERE n = (-9223372036854775808)::bigint")
        #expect(found.map { Array($0.utf8) } == Array(text.replacing("\u{0}", with: "␀").utf8))
        #expect(try await session.text("SELECT count(*) FROM public.one WHERE t IS NULL AND n < 0") == "1")
    }
}
