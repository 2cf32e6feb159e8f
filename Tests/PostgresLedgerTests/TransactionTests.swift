import Foundation
import Testing

@testable import PostgresLedger

struct TransactionTests {
    /// A table of numbers that was made for one test, and a session of the given address on it.
    private func table(_ address: DatabaseAddress) async throws -> PostgresSession {
        let session = address.superuser
        try await session.run("CREATE TABLE public.numbers (n bigint PRIMARY KEY)")
        return session
    }

    private static let insert = SQLStatement("InsertNumber", Array("INSERT INTO public.numbers VALUES ($1)".utf8))

    @Test func `a body that fails leaves nothing behind, and the session stays usable`() async throws {
        let session = try await table(try await TestServer.shared.database())
        await #expect(throws: DatabaseError.ruleBroken("no")) {
            try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                try connection.execute(Self.insert, [.integer(1)])
                throw DatabaseError.ruleBroken("no")
            }
        }
        #expect(try await session.text("SELECT count(*) FROM public.numbers") == "0")
    }

    @Test(arguments: ["40001", "40P01"])
    func `DB-6 after a deadlock or a serialisation failure the whole body is repeated`(sqlState: String) async throws {
        let session = try await table(try await TestServer.shared.database())
        // A sequence does not roll back: the trigger fails the first three times it is asked.
        try await session.run(
            """
            CREATE SEQUENCE public.tries;
            CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('public.tries') < 4 THEN
                    RAISE EXCEPTION 'made to fail' USING ERRCODE = '\(sqlState)';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER fail BEFORE INSERT ON public.numbers FOR EACH ROW EXECUTE FUNCTION public.fail();
            """
        )
        let calls = Counter()
        try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
            calls.add()
            try connection.execute(Self.insert, [.integer(7)])
        }
        #expect(calls.value == 4)
        #expect(try await session.text("SELECT count(*) FROM public.numbers") == "1")
    }

    @Test func `DB-6 repetition has an end`() async throws {
        let address = try await TestServer.shared.database()
        var retry = RetryPolicy.quick
        retry.repetitions = 2
        let session = PostgresSession(to: address, setup: .connectingUser, retry: retry)
        let calls = Counter()
        await #expect(throws: DatabaseError.self) {
            try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                calls.add()
                try connection.runScript(
                    SQLStatement("test", Array("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$".utf8))
                )
            }
        }
        #expect(calls.value == 3)
    }

    @Test(arguments: ["BEGIN", "INSERT INTO public.numbers", "pg_current_xact_id", "COMMIT"])
    func `DB-2 a connection cut before COMMIT arrives leaves one row, by a repetition`(message: String) async throws {
        let address = try await TestServer.shared.database()
        let direct = try await table(address)
        let proxy = try CuttingProxy(before: address, harm: .cutBefore(message), times: 1)
        defer { proxy.stop() }
        let session = PostgresSession(to: proxy.address(like: address), setup: .connectingUser, retry: .quick)
        let calls = Counter()
        try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
            calls.add()
            try connection.execute(Self.insert, [.integer(1)])
        }
        #expect(calls.value == (message == "BEGIN" ? 1 : 2))
        #expect(try await direct.text("SELECT count(*) FROM public.numbers") == "1")
    }

    @Test func `DB-2 a COMMIT whose answer is lost is looked up and not done twice`() async throws {
        let address = try await TestServer.shared.database()
        let direct = try await table(address)
        let proxy = try CuttingProxy(before: address, harm: .cutAfter("COMMIT"), times: 1)
        defer { proxy.stop() }
        let session = PostgresSession(to: proxy.address(like: address), setup: .connectingUser, retry: .quick)
        let calls = Counter()
        let value = try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
            calls.add()
            try connection.execute(Self.insert, [.integer(1)])
            return "done"
        }
        #expect(value == "done")
        #expect(calls.value == 1)
        #expect(try await direct.text("SELECT count(*) FROM public.numbers") == "1")
    }

    @Test(arguments: ["INSERT INTO public.numbers", "COMMIT"])
    func `DB-2 a server that falls silent is given up after the limit, and the work is done once`(message: String)
        async throws
    {
        let address = try await TestServer.shared.database()
        let direct = try await table(address)
        let proxy = try CuttingProxy(before: address, harm: .freezeAt(message), times: 1)
        defer { proxy.stop() }
        var retry = RetryPolicy.quick
        retry.answerLimit = .seconds(1)
        let session = PostgresSession(
            to: proxy.address(like: address),
            setup: .connectingUser,
            retry: retry
        )
        _ = try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
            try connection.execute(Self.insert, [.integer(1)])
        }
        #expect(try await direct.text("SELECT count(*) FROM public.numbers") == "1")
    }

    @Test func `DB-2 a COMMIT that nobody can tell about is an unknown outcome`() async throws {
        let address = try await TestServer.shared.database()
        _ = try await table(address)
        let proxy = try CuttingProxy(before: address, harm: .cutAfter("COMMIT"), times: 1)
        let session = PostgresSession(to: proxy.address(like: address), setup: .connectingUser, retry: .quick)
        do {
            try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                try connection.execute(Self.insert, [.integer(1)])
                proxy.stop()  // the session that is open goes on to COMMIT, no other can be opened
            }
            Issue.record("the transaction claims to be committed")
        } catch {
            guard case .outcomeUnknown = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test(arguments: [("53100", "free disk space"), ("25006", "read-only")])
    func `DB-2 a full disk and a read-only server end the transaction with advice`(sqlState: String, advice: String)
        async throws
    {
        let session = try await TestServer.shared.database().superuser
        do {
            try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                try connection.runScript(
                    SQLStatement(
                        "Write",
                        Array("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '\(sqlState)'; END $$".utf8)
                    )
                )
            }
            Issue.record("it went through")
        } catch {
            #expect(error.description.contains("refused Write (SQLSTATE \(sqlState))"))
            #expect(error.description.contains(advice))
        }
    }

    @Test func `a reading transaction cannot write`() async throws {
        let session = try await table(try await TestServer.shared.database())
        await #expect(throws: DatabaseError.self) {
            try await session.transaction(.reading(team: nil)) { connection throws(DatabaseError) in
                try connection.execute(Self.insert, [.integer(1)])
            }
        }
    }

    @Test func `a session that the server ended is opened again`() async throws {
        let address = try await TestServer.shared.database()
        let session = try await table(address)
        let process = try await session.text("pg_backend_pid()")
        try await address.superuser.run("SELECT pg_terminate_backend(\(process ?? "0"))")
        let next = try await session.transaction(.reading(team: nil)) { connection throws(DatabaseError) in
            try connection.first(SQLStatement("test", Array("SELECT pg_backend_pid()::text AS p".utf8))) {
                row throws(DatabaseError) in try row.text("p")
            }
        }
        #expect(next != process)
    }
}
