/// Brings the schema to this program's version, or refuses it.
///
/// Everything happens in one transaction under a lock, as the connecting user: it either ends at the newest version or where
/// it began (FAULTS DB-1).
struct SchemaMigrator: Sendable {
    let migrations: [Migration]

    init(_ migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Migrates what is missing and checks the rest.
    func run(on session: PostgresSession) async throws(DatabaseError) {
        let migrations = migrations
        try await session.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
            try connection.execute(.lockMigrations)
            let state = try connection.schemaState()
            try connection.prepareServiceRole(state)
            let missing: ArraySlice<Migration>
            if !state.schemaExists {
                missing = migrations[...]
            } else {
                let versions = try connection.schemaVersions(state)
                missing = try migrations.missing(after: versions)
                let shape = try connection.schemaShape()
                guard shape == versions.last?.shape else {
                    throw .schemaForeign(
                        detail: "its tables, columns or policies are not those of version \(versions.count): "
                            + "half migrated, or edited by hand"
                    )
                }
            }
            for migration in missing { try connection.apply(migration, state) }
        }
    }
}

/// What is in the database before anything is done.
private struct SchemaState {
    let schemaExists: Bool
    let versionsExist: Bool
    let user: String
    let database: String
}

extension PostgresConnection {
    fileprivate func schemaState() throws(DatabaseError) -> SchemaState {
        let state = try first(.schemaState) { row throws(DatabaseError) in
            SchemaState(
                schemaExists: try row.boolean("schema_exists"),
                versionsExist: try row.boolean("versions_exist"),
                user: try row.text("connecting_user"),
                database: try row.text("database")
            )
        }
        guard let state else { throw .unreadable(statement: "SchemaState", detail: "no row") }
        return state
    }

    fileprivate func schemaVersions(_ state: SchemaState) throws(DatabaseError) -> [SchemaVersion] {
        guard state.versionsExist else {
            throw .schemaForeign(detail: "it has no table schema_versions")
        }
        do {
            return try rows(.schemaVersions) { row throws(DatabaseError) in
                SchemaVersion(
                    number: try row.count("number"),
                    name: try row.text("name"),
                    checksum: try row.text("checksum"),
                    shape: try row.text("shape")
                )
            }
        } catch {
            guard case .refused(_, let sqlState, let detail) = error else { throw error }
            if sqlState == "42501" {
                throw .administratorNeeded(
                    reason: "\(state.user) may not use the schema synctec",
                    sql: "GRANT synctec_service TO \(quoted(state.user));"
                )
            }
            throw .schemaForeign(detail: detail)
        }
    }

    fileprivate func schemaShape() throws(DatabaseError) -> String {
        try first(.schemaShape) { row throws(DatabaseError) in try row.text("shape") } ?? ""
    }

    fileprivate func apply(_ migration: Migration, _ state: SchemaState) throws(DatabaseError) {
        do {
            try runScript(migration.script)
        } catch {
            guard case .refused(_, "42501", let detail) = error else { throw error }
            throw .administratorNeeded(
                reason: "\(state.user) may not run the migration \(migration.name) (\(detail))",
                sql: state.schemaExists
                    ? "-- nothing: run synctec once as the user who owns the schema synctec"
                    : "GRANT CREATE ON DATABASE \(quoted(state.database)) TO \(quoted(state.user));"
            )
        }
        let shape = try schemaShape()
        try execute(
            .insertSchemaVersion,
            [.integer(Int64(migration.number)), .text(migration.name), .text(migration.checksum), .text(shape)]
        )
    }

    /// Makes sure of the role the program works under: that it exists, may be taken on, and is weak (FAULTS DB-5).
    fileprivate func prepareServiceRole(_ state: SchemaState) throws(DatabaseError) {
        var role = try serviceRole()
        if role?.mayBeTakenOn != true {
            do {
                if role == nil { try execute(.createServiceRole) }
                try execute(.grantServiceRole)
            } catch {
                guard case .refused(_, "42501", _) = error else { throw error }
                throw .administratorNeeded(
                    reason: "\(state.user) may not \(role == nil ? "make" : "take on") the role synctec_service",
                    sql: (role == nil ? "CREATE ROLE synctec_service NOLOGIN; " : "")
                        + "GRANT synctec_service TO \(quoted(state.user));"
                )
            }
            role = try serviceRole()
        }
        guard let role, role.mayBeTakenOn else {
            throw .unreadable(statement: "ServiceRoleState", detail: "the role synctec_service is not there")
        }
        guard !role.isTooStrong else {
            throw .administratorNeeded(
                reason: "the role synctec_service may do more than it should, so teams would not be kept apart",
                sql: "ALTER ROLE synctec_service NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;"
            )
        }
        guard !role.ownsSomething else {
            throw .administratorNeeded(
                reason: "the role synctec_service owns tables, so teams would not be kept apart",
                sql: "REASSIGN OWNED BY synctec_service TO \(quoted(state.user));"
            )
        }
    }

    private func serviceRole() throws(DatabaseError) -> ServiceRole? {
        try first(.serviceRoleState) { row throws(DatabaseError) in
            ServiceRole(
                isTooStrong: try row.boolean("is_too_strong"),
                ownsSomething: try row.boolean("owns_something"),
                mayBeTakenOn: try row.boolean("may_be_taken_on")
            )
        }
    }
}

private struct ServiceRole {
    let isTooStrong: Bool
    let ownsSomething: Bool
    let mayBeTakenOn: Bool
}

/// A name as SQL writes it, for an administrator to read; never run by the program.
private func quoted(_ name: String) -> String {
    "\"\(name.replacing("\"", with: "\"\""))\""
}

extension SQLStatement {
    fileprivate static let lockMigrations = SQLStatement("LockMigrations", PackageResources.LockMigrations_sql)
    fileprivate static let schemaState = SQLStatement("SchemaState", PackageResources.SchemaState_sql)
    fileprivate static let schemaVersions = SQLStatement("SchemaVersions", PackageResources.SchemaVersions_sql)
    fileprivate static let schemaShape = SQLStatement("SchemaShape", PackageResources.SchemaShape_sql)
    fileprivate static let insertSchemaVersion = SQLStatement(
        "InsertSchemaVersion",
        PackageResources.InsertSchemaVersion_sql
    )
    fileprivate static let serviceRoleState = SQLStatement("ServiceRoleState", PackageResources.ServiceRoleState_sql)
    fileprivate static let createServiceRole = SQLStatement("CreateServiceRole", PackageResources.CreateServiceRole_sql)
    fileprivate static let grantServiceRole = SQLStatement("GrantServiceRole", PackageResources.GrantServiceRole_sql)
}
