import Catalog
import Foundation
import Glibc
import Mail
import Runs
import Testing

@testable import PostgresLedger

struct LockTests {
    @Test func `SC-1 a second run ends at once and is told who holds the lock`() async throws {
        let address = try await TestServer.shared.database()
        let (first, lock) = try await DatabaseLedger.withTeam(address)
        let second = address.ledger()
        let scope = LockScope.team(try Sample.team())
        await #expect(throws: LedgerError.locked(scope: scope, holder: "host 42 since \(Sample.time)")) {
            _ = try await second.lock(scope, holder: "other 7", at: Sample.time)
        }
        await first.unlock(lock)
        let next = try await second.lock(scope, holder: "other 7", at: Sample.time)
        #expect(next.fence == lock.fence + 1)
        try await first.close()
        try await second.close()
    }

    @Test func `a team's lock and those of its destinations are different ones`() async throws {
        let (ledger, _) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        _ = try await ledger.lock(.destination(team, try Sample.shop("a")), holder: "x", at: Sample.time)
        _ = try await ledger.lock(.destination(team, try Sample.shop("b")), holder: "x", at: Sample.time)
        await #expect(throws: LedgerError.self) {
            _ = try await ledger.lock(.destination(team, try Sample.shop("b")), holder: "y", at: Sample.time)
        }
        try await ledger.close()
    }

    @Test func `SC-1 the lock of a process that was killed is free, with no file to delete`() async throws {
        let address = try await TestServer.shared.database()
        let ledger = address.ledger()
        let team = try Sample.team()
        try await ledger.createTeam(team, source: try Sample.store("northwind", 1), by: "ann", at: Sample.time)
        let key = try await ledger.key(of: team)
        let dying = try PsqlProcess(address)
        let answer = try dying.ask(
            "SELECT pg_try_advisory_lock(hashtextextended('synctec \(key.uuidString.lowercased()) team', 0));"
        )
        #expect(answer == "t")
        await #expect(throws: LedgerError.self) { _ = try await ledger.lock(.team(team), holder: "b", at: Sample.time) }
        dying.killHard()
        let lock = try await ledger.lock(.team(team), holder: "c", at: Sample.time)
        #expect(lock.fence == 1)
        try await ledger.close()
    }

    @Test func `DB-3 a run whose lock session was dropped commits nothing more`() async throws {
        let address = try await TestServer.shared.database()
        let (first, lock) = try await DatabaseLedger.withTeam(address)
        let run = try Sample.run("a")
        try await first.begin(run, lock: lock)
        try await first.intend(try Sample.intent("one", by: run), lock: lock)
        try await address.superuser.run(
            """
            SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND d.datname = current_database()
            """
        )
        let second = address.ledger()
        let newer = try await second.lock(.team(try Sample.team()), holder: "other", at: Sample.time)
        await #expect(throws: LedgerError.lockLost(scope: lock.scope)) {
            try await first.intend(try Sample.intent("two", by: run), lock: lock)
        }
        try await second.begin(try Sample.run("b"), lock: newer)
        #expect(try await address.superuser.text("SELECT string_agg(intent_key, ' ') FROM synctec.intents") == "one")
        try await first.close()
        try await second.close()
    }

    @Test func `DB-3 a commit under an older number is refused although its session still stands`() async throws {
        let address = try await TestServer.shared.database()
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let run = try Sample.run("a")
        try await ledger.begin(run, lock: lock)
        try await address.superuser.run("UPDATE synctec.fences SET number = number + 1")
        await #expect(throws: LedgerError.lockLost(scope: lock.scope)) {
            try await ledger.save(try Sample.plan("b", by: run), lock: lock)
        }
        await #expect(throws: LedgerError.lockLost(scope: lock.scope)) {
            try await ledger.finish(run, status: "OK", detail: "", at: Sample.time, post: .init(), lock: lock)
        }
        #expect(try await address.superuser.text("SELECT count(*) FROM synctec.plans") == "0")
        try await ledger.close()
    }

    @Test func `DB-3 a pooler between the program and the server is refused`() async throws {
        let address = try await TestServer.shared.database()
        let direct = address.ledger()
        try await direct.createTeam(try Sample.team(), source: try Sample.store("n", 1), by: "ann", at: Sample.time)
        let proxy = try CuttingProxy(before: address, harm: .announceOtherProcess, times: 1)
        defer { proxy.stop() }
        let pooled = proxy.address(like: address).ledger()
        do {
            _ = try await pooled.lock(.team(try Sample.team()), holder: "x", at: Sample.time)
            Issue.record("the lock was taken")
        } catch let error as LedgerError {
            #expect(error.description.contains("pooler"))
        }
        _ = try await direct.lock(.team(try Sample.team()), holder: "x", at: Sample.time)
        try await pooled.close()
        try await direct.close()
    }

    @Test func `DB-3 a pooler that lends one session to many in turn is refused, whatever it announces`() async throws {
        let address = try await TestServer.shared.database()
        let direct = address.ledger()
        try await direct.createTeam(
            try Sample.team(),
            source: try Sample.store("n", 1),
            by: "ann",
            at: Sample.time
        )
        let pooler = try SharingPooler(before: address)
        defer { pooler.stop() }
        let pooled = pooler.address(like: address).ledger()
        do {
            _ = try await pooled.lock(.team(try Sample.team()), holder: "x", at: Sample.time)
            Issue.record("the lock was taken")
        } catch let error as LedgerError {
            #expect(error.description.contains("pooler"))
        }
        try await pooled.close()
        try await direct.close()
    }

    @Test func `a lock does not cover another team`() async throws {
        let address = try await TestServer.shared.database()
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let other = try Sample.team("SP-TEAM-222222")
        try await ledger.createTeam(other, source: try Sample.store("elsewhere", 9), by: "bob", at: Sample.time)
        await #expect(throws: LedgerError.self) {
            try await ledger.save(nil, team: other, shop: try Sample.shop("elsewhere"), lock: lock)
        }
        try await ledger.close()
    }

    @Test func `a lock that was given back lets nothing through`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        await ledger.unlock(lock)
        await #expect(throws: LedgerError.lockLost(scope: lock.scope)) {
            try await ledger.begin(try Sample.run("a"), lock: lock)
        }
        try await ledger.close()
    }
}

/// Another process with a session of its own.
private final class PsqlProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ address: DatabaseAddress) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/psql")
        let words = address.connectionString.replacing(
            /dbname='[^']*'/,
            with: "dbname='\(address.otherDatabase ?? "")'"
        )
        process.arguments = ["-X", "-q", "-A", "-t", words]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    func ask(_ statement: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data("\(statement)\n".utf8))
        let answer = output.fileHandleForReading.availableData
        return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func killHard() {
        kill(process.processIdentifier, SIGKILL)
    }
}
