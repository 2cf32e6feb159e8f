import Catalog
import Mail
import Foundation
import Pricing
import Reconciliation
import Runs
import Testing

@testable import PostgresLedger

/// DB-5: the server itself keeps teams apart.
struct TeamIsolationTests {
    /// The names of all statements in the folder.
    static let statements: [String] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/PostgresLedger/SQL").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
    }()

    private static func text(of name: String) throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/PostgresLedger/SQL/\(name).sql")
        return try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Statements that touch no team's table.
    private static let outside: Set<String> = [
        "BackendProcess", "CreateDatabase", "CreateServiceRole", "CurrentTransaction", "DatabaseExists",
        "GrantServiceRole",
        "HoldsLock", "InsertSchemaVersion", "LockMigrations", "LockSessionLimits", "NewIdentifier", "SchemaShape",
        "SchemaState", "SchemaVersions", "ServiceRoleState", "SessionLimits", "SetActor", "SetServiceRole", "SetTeam",
        "SetSourceShop", "SetTeamAddress", "StageCorrections", "StageFindings", "CopyCorrections", "CopyFindings",
        "TransactionStatus",
        "TryLock", "Unlock", "FingerprintSecret",
    ]

    @Test func `DB-5 every statement that touches a team's table is tried`() {
        #expect(Self.statements.count > 70)
        #expect(Self.outside.isSubset(of: Self.statements))
    }

    @Test(arguments: [nil, "11111111-2222-3333-4444-555555555555"])
    func `DB-5 without a team, or under another one, no statement sees or writes a row`(foreign: String?) async throws {
        let address = try await TestServer.shared.database()
        let key = try await Self.fill(address)
        let before = try await Self.digest(address)
        let session = PostgresSession(to: address, setup: .serviceRole)
        for name in Self.statements where !Self.outside.contains(name) {
            let found = try await Self.run(name, on: session, as: foreign, key: key)
            #expect(found == 0, "\(name) touched \(found) rows")
        }
        #expect(try await Self.digest(address) == before)
    }

    @Test func `DB-5 under its own team the same statements do find rows`() async throws {
        let address = try await TestServer.shared.database()
        let key = try await Self.fill(address)
        let session = PostgresSession(to: address, setup: .serviceRole)
        for name in ["SelectTeam", "SelectMemberships", "SelectRuns", "SelectOpenIntents", "SelectFenceHolder"] {
            let found = try await Self.run(name, on: session, as: key, key: key)
            #expect(found > 0, "\(name) found nothing")
        }
    }

    @Test func `DB-5 every table with a team has forced row level security`() async throws {
        let session = try await TestServer.shared.database().superuser
        let open = try await session.text(
            """
            SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_class AS c
            WHERE c.relnamespace = 'synctec'::regnamespace AND c.relkind IN ('r', 'p')
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """
        )
        #expect(open == "installation schema_versions")
        let keys = try await session.text(
            """
            SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_class AS c
            JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE c.relnamespace = 'synctec'::regnamespace AND a.attname <> 'team_id'
            """
        )
        #expect(keys == "installation missed_lookups schema_versions")
    }

    @Test func `DB-5 the program works as a role that is weak and owns nothing`() async throws {
        let address = try await TestServer.shared.database()
        let session = PostgresSession(to: address, setup: .serviceRole)
        #expect(try await session.text("current_user") == "synctec_service")
        let attributes = try await session.text(
            """
            SELECT concat_ws(' ', rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
                (SELECT count(*) FROM pg_class WHERE relowner = r.oid)) FROM pg_roles AS r WHERE rolname = current_user
            """
        )
        #expect(attributes == "f f f f f 0")
        await #expect(throws: DatabaseError.self) {
            try await session.run("ALTER TABLE synctec.runs DISABLE ROW LEVEL SECURITY")
        }
        await #expect(throws: DatabaseError.self) {
            try await session.run("UPDATE synctec.installation SET installation_id = NULL")
        }
    }

    @Test func `DB-5 two teams that share shops and SKUs never see each other's rows`() async throws {
        let address = try await TestServer.shared.database()
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let other = try Sample.team("SP-TEAM-222222")
        try await ledger.createTeam(other, source: try Sample.store("northwind", 1, .usd), by: "bob", at: Sample.time)
        try await ledger.requestMembership(
            try Sample.team(),
            store: try Sample.store("lumen", 2),
            by: "x",
            at: Sample.time
        )
        try await ledger.begin(try Sample.run("a"), lock: lock)
        #expect(try await ledger.memberships(of: other).isEmpty)
        #expect(try await ledger.runs(of: other, limit: 10).isEmpty)
        #expect(try await ledger.runs(of: try Sample.team(), limit: 10).count == 1)
        try await ledger.close()
    }

    /// Makes a team with a row in many tables and gives its inner key.
    private static func fill(_ address: DatabaseAddress) async throws -> String {
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let run = try Sample.run("a")
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        try await ledger.requestMembership(team, store: try Sample.store("lumen", 2), by: "x", at: Sample.time)
        try await ledger.begin(run, lock: lock)
        try await ledger.intend(try Sample.intent("k", by: run), lock: lock)
        try await ledger.save(try Sample.plan("b", by: run), lock: lock)
        try await ledger.approve(try Sample.hash("b"), of: team, held: false, by: "ann", at: Sample.time)
        try await ledger.record(
            DestinationRecord(
                run: run,
                team: team,
                destination: shop,
                status: "OK",
                detail: "",
                plan: nil,
                summary: .init(),
                corrections: [Sample.correction("A-1")],
                findings: []
            ),
            lock: lock
        )
        _ = try await ledger.post([.sample("m", to: ["a@b.example"])], of: team)
        try await ledger.close()
        return try #require(await address.superuser.text("SELECT team_id FROM synctec.teams"))
    }

    /// A digest over all rows of all tables.
    private static func digest(_ address: DatabaseAddress) async throws -> String? {
        let session = address.superuser
        let tables = try await session.text(
            "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'synctec'::regnamespace AND relkind = 'r'"
        )
        var digests = ""
        for table in (tables ?? "").split(separator: " ") where table != "missed_lookups" {
            digests +=
                try await session.text(
                    "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM synctec.\(table) AS t"
                ) ?? "-"
        }
        return digests
    }

    /// Runs a statement with made-up parameters of the right types, and tells how many rows it returned or touched.
    ///
    /// A refusal by the server counts as none: that is what keeps foreign writes out.
    private static func run(
        _ name: String,
        on session: PostgresSession,
        as team: String?,
        key: String
    ) async throws -> Int {
        var text = try text(of: name)
        // These answer in one row in any case: what counts is what it says.
        if name.hasSuffix("Exists") { text = "SELECT FROM (\(text)) AS t WHERE t.found" }
        if name.hasPrefix("Count") { text = "SELECT FROM (\(text)) AS t WHERE t.misses > 0" }
        var scripts = ["BEGIN"]
        if let team { scripts.append("SET LOCAL synctec.team = '\(team)'") }
        if name.hasPrefix("InsertStaged") {
            let stage = name.replacing("InsertStaged", with: "Stage")
            scripts.append(try Self.text(of: stage))
            scripts.append("INSERT INTO pg_temp.staged_\(stage.dropFirst(5).lowercased()) (number) VALUES (1)")
        }
        scripts.append("PREPARE tried AS \(text)")
        for script in scripts { try await session.run(script) }
        let types = try await parameterTypes(on: session)
        let values = types.enumerated().map { index, type in
            switch type {
            case "uuid": index == 0 ? "'\(key)'" : "'\(String(repeating: "a", count: 32))'"
            case "bigint": name == "SelectRuns" ? "10" : "1"
            case "boolean": "true"
            case "timestamp with time zone": "'2020-01-01'"
            case "bytea": "'\\x00'"
            case "json", "jsonb", "text[]", "uuid[]", "bigint[]": "'{}'"
            default: sample(name, index)
            }
        }
        let call = values.isEmpty ? "EXECUTE tried" : "EXECUTE tried(\(values.joined(separator: ", ")))"
        let touched = try await touchedRows(of: SQLStatement(name, Array(call.utf8)), on: session)
        try await session.run("ROLLBACK; DEALLOCATE ALL")
        return touched
    }

    private static func parameterTypes(on session: PostgresSession) async throws -> [String] {
        let text = "SELECT parameter_types::text[] AS t FROM pg_prepared_statements WHERE name = 'tried'"
        let statement = SQLStatement("types", Array(text.utf8))
        let types = try await session.perform { connection throws(DatabaseError) in
            try connection.first(statement) { row throws(DatabaseError) in try row.texts("t") }
        }
        return types ?? []
    }

    private static func touchedRows(of statement: SQLStatement, on session: PostgresSession) async throws -> Int {
        do throws(DatabaseError) {
            return try await session.perform { connection throws(DatabaseError) in try connection.execute(statement) }
        } catch {
            guard case .refused(_, let sqlState, _) = error, ["42501", "23503"].contains(sqlState) else { throw error }
            return 0
        }
    }

    /// A text that fits the statement's place.
    private static func sample(_ name: String, _ index: Int) -> String {
        switch (name, index) {
        case ("SelectFenceHolder", 1): "'team'"
        case ("SelectRuns", 1), ("SelectPlans", 1): "''"
        case ("InsertIntent", 5), ("InsertRunDestination", 20...): "'{}'"
        case ("InsertTeam", _), ("FindTeam", _): "'SP-TEAM-7KQ2MX'"
        default: "'lumen.myshopify.com'"
        }
    }
}
