import Foundation
import Glibc

@testable import PostgresLedger

/// One throw-away server for the whole test process, on a folder of its own; stopped and removed when the process ends.
actor TestServer {
    static let shared = TestServer()

    private var starting: Task<PrivateServer, any Error>?
    private var number = 0

    /// Where the server keeps its files.
    ///
    /// A path that a process of any user may pass through.
    static let folder = "/tmp/synctec-test-\(getpid())"

    private func server() async throws -> PrivateServer {
        if let starting { return try await starting.value }
        let task = Task {
            Self.removeAbandoned()
            atexit { TestServer.removeServer(of: getpid()) }
            let server = try await PrivateServer.start(in: Self.folder, durability: .throwAway)
            let session = PostgresSession(to: server.address.database("postgres"), setup: .connectingUser)
            try await session.run("CREATE DATABASE template_ledger")
            let migrating = PostgresSession(to: server.address.database("template_ledger"), setup: .connectingUser)
            try await SchemaMigrator().run(on: migrating)
            await migrating.close()
            await session.close()
            return server
        }
        starting = task
        return try await task.value
    }

    /// A new database: with the schema, or empty.
    func database(migrated: Bool = true) async throws -> DatabaseAddress {
        let server = try await server()
        number += 1
        let name = "test_\(number)"
        let session = PostgresSession(to: server.address.database("postgres"), setup: .connectingUser)
        try await session.run("CREATE DATABASE \(name) TEMPLATE \(migrated ? "template_ledger" : "template0")")
        await session.close()
        return server.address.database(name)
    }

    private static func removeServer(of process: pid_t) {
        let folder = "/tmp/synctec-test-\(process)"
        let pid = (try? String(contentsOfFile: "\(folder)/postgres/data/postmaster.pid", encoding: .utf8))
            .flatMap { $0.split(separator: "\n").first }.flatMap { pid_t($0) }
        if let pid {
            kill(pid, SIGQUIT)  // the server's immediate stop
            for _ in 0..<200 where kill(pid, 0) == 0 { usleep(10_000) }
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Servers of test processes that were killed.
    private static func removeAbandoned() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where name.hasPrefix("synctec-test-") {
            guard let process = pid_t(name.dropFirst("synctec-test-".count)), kill(process, 0) != 0, errno == ESRCH
            else { continue }
            removeServer(of: process)
        }
    }
}

extension PostgresSession {
    /// Runs one statement as a test's author would type it.
    func run(_ text: String) throws(DatabaseError) {
        try perform { connection throws(DatabaseError) in
            try connection.runScript(SQLStatement("test", Array(text.utf8)))
        }
    }

    /// The first column of the first row as text.
    func text(_ expression: String) throws(DatabaseError) -> String? {
        try perform { connection throws(DatabaseError) in
            let statement = SQLStatement("test", Array("SELECT (\(expression))::text AS answer".utf8))
            return try connection.first(statement) { row throws(DatabaseError) in try row.optionalText("answer") }
                ?? nil
        }
    }
}

extension DatabaseAddress {
    /// A session as the superuser, to look behind the ledger's back.
    var superuser: PostgresSession { PostgresSession(to: self, setup: .connectingUser) }

    /// A ledger with short waits.
    func ledger() -> DatabaseLedger { DatabaseLedger(at: self, server: nil, retry: .quick) }
}

extension RetryPolicy {
    static var quick: RetryPolicy {
        var policy = RetryPolicy()
        policy.reconnectWaits = [.milliseconds(5), .milliseconds(20)]
        policy.repetitionWait = .microseconds(100)
        return policy
    }
}
