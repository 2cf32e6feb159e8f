public import Runs

/// Where the ledger is.
public enum LedgerPlace: Sendable, Equatable {
    /// A server that somebody else keeps: the setting `database`.
    case server(DatabaseAddress)
    /// A server of our own below the state folder, an absolute path: the default.
    case privateServer(stateFolder: String)
}

extension DatabaseLedger {
    /// Opens the ledger: starts the private server where there is one to start, and brings the schema to this program's version.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``; ``LedgerError/foreignSchema(_:)``. Nothing is left running then.
    public static func open(_ place: LedgerPlace, retry: RetryPolicy = RetryPolicy()) async throws(LedgerError)
        -> DatabaseLedger
    {
        do throws(DatabaseError) {
            switch place {
            case .server(let address):
                return try await prepared(at: address, server: nil, retry: retry)
            case .privateServer(let stateFolder):
                let server = try await PrivateServer.start(in: stateFolder)
                do throws(DatabaseError) {
                    return try await prepared(at: server.address, server: server, retry: retry)
                } catch {
                    try await server.leave()
                    throw error
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }

    private static func prepared(
        at address: DatabaseAddress,
        server: PrivateServer?,
        retry: RetryPolicy
    ) async throws(DatabaseError) -> DatabaseLedger {
        let owner = PostgresSession(to: address, setup: .connectingUser, retry: retry)
        do throws(DatabaseError) {
            try await SchemaMigrator().run(on: owner)
        } catch {
            await owner.close()
            throw error
        }
        await owner.close()
        return DatabaseLedger(at: address, server: server, retry: retry)
    }
}

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    ///
    /// The secret was made together with the schema, by the server's strong random source.
    public func fingerprintSecret() async throws(LedgerError) -> [UInt8] {
        let secret: [UInt8]?
        do {
            secret = try await pool.transaction(.reading(team: nil)) { connection throws(DatabaseError) in
                try connection.first(.fingerprintSecret) { row throws(DatabaseError) in
                    try row.bytes("fingerprint_secret")
                }
            }
        } catch {
            throw LedgerError(error)
        }
        guard let secret else { throw .inconsistent("the ledger has no fingerprint secret: restore it from a backup") }
        return secret
    }
}

extension SQLStatement {
    fileprivate static let fingerprintSecret = SQLStatement("FingerprintSecret", PackageResources.FingerprintSecret_sql)
}
