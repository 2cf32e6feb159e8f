import Reconciliation

/// One step of the schema.
///
/// Numbered from 1 without gaps, and never edited once released.
struct Migration: Sendable {
    let number: Int
    /// The file's name without its ending.
    let name: String
    let script: SQLStatement
    /// The SHA-256 of the script, kept with the version so that an edited one is noticed.
    let checksum: String

    init(_ number: Int, _ name: String, _ file: [UInt8]) {
        self.number = number
        self.name = name
        script = SQLStatement(name, file)
        checksum = SHA256Digest(of: file).hex
    }

    /// All steps this program knows, in order.
    static let all = [
        Migration(1, "0001_create_ledger", PackageResources._001_create_ledger_sql),
        Migration(2, "0002_record_rows_faster", PackageResources._002_record_rows_faster_sql),
        Migration(3, "0003_add_outbox", PackageResources._003_add_outbox_sql),
        Migration(4, "0004_find_teams_by_source", PackageResources._004_find_teams_by_source_sql),
        Migration(5, "0005_know_stages_of_runs", PackageResources._005_know_stages_of_runs_sql),
    ]
}

/// A version as the database has it.
struct SchemaVersion: Sendable, Equatable {
    let number: Int
    let name: String
    let checksum: String
    /// The digest of tables, columns, constraints and policies right after the migration.
    let shape: String
}

extension [Migration] {
    /// The steps that a database at these versions still lacks.
    ///
    /// - Throws: ``DatabaseError/schemaNewer(found:known:)``; ``DatabaseError/schemaForeign(detail:)`` unless the versions are
    ///   exactly the first ones of this program (FAULTS DB-1).
    func missing(after versions: [SchemaVersion]) throws(DatabaseError) -> ArraySlice<Migration> {
        let newest = versions.map(\.number).max() ?? 0
        guard newest <= count else { throw .schemaNewer(found: newest, known: count) }
        guard !versions.isEmpty else { throw .schemaForeign(detail: "its list of versions is empty") }
        for (version, migration) in zip(versions, self) {
            guard version.number == migration.number, version.name == migration.name else {
                throw .schemaForeign(
                    detail: "version \(migration.number) should be \(migration.name), "
                        + "the database has \(version.number) \(version.name)"
                )
            }
            guard version.checksum == migration.checksum else {
                throw .schemaForeign(detail: "migration \(migration.name) was another text when it ran")
            }
        }
        return self[versions.count...]
    }
}
