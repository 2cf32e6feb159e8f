import Foundation
import Glibc
import PostgresLedger

/// A private Postgres for the length of a benchmark, with the durability of a real one.
struct ThrowAwayServer {
    private let server: PrivateServer
    private let folder: String

    /// Where the server is.
    var address: DatabaseAddress { server.address }
    /// The variables by which libpq's programs find it.
    var environment: [String: String] { server.environment }

    static func start() async throws -> ThrowAwayServer {
        // Below /tmp and not where TMPDIR says: as root the server runs under another account.
        let folder = "/tmp/synctec-benchmark-\(getpid())"
        return ThrowAwayServer(server: try await PrivateServer.start(in: folder), folder: folder)
    }

    func stop() async {
        do {
            try await server.leave()
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            Console.tell("benchmark: \(folder) is left behind: \(error)")
        }
    }
}
