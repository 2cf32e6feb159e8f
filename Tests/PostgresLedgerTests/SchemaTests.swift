import Foundation
import Runs
import Testing

@testable import PostgresLedger

struct SchemaTests {
    @Test func `an empty database gets the whole schema, and a second run changes nothing`() async throws {
        let address = try await TestServer.shared.database(migrated: false)
        let session = address.superuser
        try await SchemaMigrator().run(on: session)
        let before = try await session.text(
            "SELECT string_agg(number || name || applied_at, ',') FROM synctec.schema_versions"
        )
        try await SchemaMigrator().run(on: session)
        let after = try await session.text(
            "SELECT string_agg(number || name || applied_at, ',') FROM synctec.schema_versions"
        )
        #expect(before != nil && before == after)
    }

    @Test func `a schema of the first version is brought to the newest`() async throws {
        let session = try await TestServer.shared.database(migrated: false).superuser
        try await SchemaMigrator(Array(Migration.all.prefix(1))).run(on: session)
        try await SchemaMigrator().run(on: session)
        #expect(try await session.text("SELECT max(number) FROM synctec.schema_versions") == "\(Migration.all.count)")
        try await SchemaMigrator().run(on: session)
    }

    @Test func `several programs that start at once migrate once`() async throws {
        let address = try await TestServer.shared.database(migrated: false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await SchemaMigrator().run(on: address.superuser) } }
            try await group.waitForAll()
        }
        #expect(
            try await address.superuser.text("SELECT count(*) FROM synctec.schema_versions") == "\(Migration.all.count)"
        )
    }

    @Test func `DB-1 a schema that is newer than the program is refused`() async throws {
        let address = try await TestServer.shared.database()
        let session = address.superuser
        try await session.run(
            "INSERT INTO synctec.schema_versions (number, name, checksum, shape) VALUES (99, 'x', 'x', 'x')"
        )
        await #expect(throws: DatabaseError.schemaNewer(found: 99, known: Migration.all.count)) {
            try await SchemaMigrator().run(on: session)
        }
        await #expect(
            throws: LedgerError.foreignSchema(
                "the ledger's schema has number 99, this program knows up to \(Migration.all.count): install the newer synctec"
            )
        ) {
            _ = try await DatabaseLedger.open(.server(address))
        }
    }

    @Test(arguments: [
        "CREATE SCHEMA synctec",
        "CREATE SCHEMA synctec; CREATE TABLE synctec.schema_versions (number bigint, name text, checksum text, shape text)",
        "CREATE SCHEMA synctec; CREATE TABLE synctec.schema_versions (other int)",
    ])
    func `DB-1 a schema of another origin is refused`(script: String) async throws {
        let session = try await TestServer.shared.database(migrated: false).superuser
        try await session.run(script)
        await expectForeign(session)
    }

    @Test(arguments: [
        "DROP TABLE synctec.findings",
        "ALTER TABLE synctec.runs DROP COLUMN detail",
        "ALTER TABLE synctec.runs ADD COLUMN more text",
        "CREATE TABLE synctec.more (n int)",
        "ALTER TABLE synctec.plans DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE synctec.plans NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY own_team ON synctec.runs",
        "CREATE POLICY all_teams ON synctec.runs USING (true)",
        "ALTER TABLE synctec.teams DROP CONSTRAINT teams_address_key",
        "UPDATE synctec.schema_versions SET checksum = 'other'",
        "UPDATE synctec.schema_versions SET name = 'other' WHERE number = 1",
        "DELETE FROM synctec.schema_versions",
    ])
    func `DB-1 a schema that is half migrated or edited is refused`(edit: String) async throws {
        let session = try await TestServer.shared.database().superuser
        try await session.run(edit)
        await expectForeign(session)
    }

    @Test func `DB-1 a migration that fails leaves the schema as it was`() async throws {
        let session = try await TestServer.shared.database().superuser
        let broken = Migration(
            Migration.all.count + 1,
            "9999_broken",
            Array("CREATE TABLE synctec.second (n int); SELECT 1 / 0;".utf8)
        )
        await #expect(throws: DatabaseError.self) {
            try await SchemaMigrator(Migration.all + [broken]).run(on: session)
        }
        #expect(try await session.text("to_regclass('synctec.second') IS NULL") == "true")
        try await SchemaMigrator().run(on: session)
    }

    @Test func `DB-1 a server that is not there is DATABASE trouble that names the place`() async throws {
        do {
            _ = try await DatabaseLedger.open(.server(DatabaseAddress("host=/nowhere dbname=x user=y password=secret")))
            Issue.record("it opened")
        } catch {
            guard case .unavailable(let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.contains("/nowhere"))
            #expect(!reason.contains("secret"))
        }
    }

    @Test func `a user who may not make roles or schemas is told what an administrator has to run`() async throws {
        let address = try await TestServer.shared.database(migrated: false)
        let superuser = address.superuser
        try await superuser.run("DROP ROLE IF EXISTS weak; CREATE ROLE weak LOGIN")
        let weak = address.user("weak").superuser
        await #expect(
            throws: DatabaseError.administratorNeeded(
                reason: "weak may not take on the role synctec_service",
                sql: "GRANT synctec_service TO \"weak\";"
            )
        ) { try await SchemaMigrator().run(on: weak) }
        try await superuser.run("GRANT synctec_service TO weak")
        do {
            try await SchemaMigrator().run(on: weak)
            Issue.record("it migrated")
        } catch {
            #expect(error.description.contains("GRANT CREATE ON DATABASE"))
        }
        let database = try await superuser.text("current_database()")
        try await superuser.run("GRANT CREATE ON DATABASE \(database ?? "") TO weak")
        try await SchemaMigrator().run(on: weak)
        let ledger = address.user("weak").ledger()
        #expect(try await ledger.fingerprintSecret().count == 192)
        try await ledger.close()
    }

    @Test func `a member of the service role works on a schema that another user owns`() async throws {
        let address = try await TestServer.shared.database()
        try await address.superuser.run(
            "DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN; GRANT synctec_service TO plain"
        )
        let ledger = try await DatabaseLedger.open(.server(address.user("plain")))
        #expect(try await ledger.fingerprintSecret().count == 192)
        try await ledger.close()
    }

    private func expectForeign(_ session: PostgresSession) async {
        do throws(DatabaseError) {
            try await SchemaMigrator().run(on: session)
            Issue.record("the schema was taken")
        } catch {
            guard case .schemaForeign = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}

extension DatabaseAddress {
    /// The same place for another user.
    func user(_ name: String) -> DatabaseAddress {
        let plain = DatabaseAddress(connectionString.replacing("user='synctec'", with: "user='\(name)'"))
        return otherDatabase.map { plain.database($0) } ?? plain
    }
}
