import FlyingFox
import FlyingSocks
import Foundation
import Glibc

/// Serves pretend stores over HTTP/1.1 on the loopback address, each on a port of its own.
public final class SimulatedServer: Sendable {
    /// A store and where it is reached.
    public struct Endpoint: Sendable {
        /// The store.
        public let store: SimulatedStore
        /// Its port.
        public let port: UInt16

        /// `http://127.0.0.1:PORT`.
        public var baseURL: String { "http://127.0.0.1:\(port)" }
    }

    private let servers: [(server: HTTPServer, task: Task<Void, Never>)]
    /// In the order in which the stores were given.
    public let endpoints: [Endpoint]

    private init(servers: [(HTTPServer, Task<Void, Never>)], endpoints: [Endpoint]) {
        self.servers = servers
        self.endpoints = endpoints
    }

    /// Starts serving; every store answers when this returns.
    ///
    /// Waits while the process serves as many stores as it can; ``stop()`` makes room.
    ///
    /// - Throws: ``SimulatorError/cannotListen(shop:port:reason:)``; no store is served then.
    public static func start(_ stores: [SimulatedStore]) async throws(SimulatorError) -> SimulatedServer {
        await ServerSlots.ofProcess.take(stores.count)
        var servers: [(HTTPServer, Task<Void, Never>)] = []
        var endpoints: [Endpoint] = []
        for store in stores {
            do {
                let server = try await listen(store)
                servers.append(server.0)
                endpoints.append(Endpoint(store: store, port: server.1))
                store.listens(at: "http://127.0.0.1:\(server.1)")
            } catch {
                for (server, _) in servers { await server.stop() }
                await ServerSlots.ofProcess.giveBack(stores.count)
                throw .cannotListen(shop: store.shop, port: Int(store.port), reason: "\(error)")
            }
        }
        return SimulatedServer(servers: servers, endpoints: endpoints)
    }

    /// Closes all ports and waits until the servers have ended; called once.
    public func stop() async {
        for (server, task) in servers {
            await server.stop()
            task.cancel()
            await task.value
        }
        await ServerSlots.ofProcess.giveBack(servers.count)
    }

    /// Waits until every server has ended, which they do only when stopped or broken.
    public func wait() async {
        for (_, task) in servers { await task.value }
    }

    /// The address of a store.
    public func baseURL(of store: SimulatedStore) -> String? {
        endpoints.first { $0.store === store }?.baseURL
    }

    private static func listen(
        _ store: SimulatedStore
    ) async throws -> ((HTTPServer, Task<Void, Never>), UInt16) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = store.port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let configuration = HTTPServer.Configuration(address: address, timeout: 600, logger: .disabled)
        let server = HTTPServer(config: configuration, handler: StoreHandler(store: store))
        let failure = StartFailure()
        let task = Task {
            do {
                try await server.run()
            } catch {
                await failure.note("\(error)")
            }
        }
        while true {
            if let port = await listeningPort(server) {
                PromptSocket.prepare(port: port)
                return ((server, task), port)
            }
            if let reason = await failure.reason { throw SimulatorError.badControl(reason) }
            await Task.yield()
        }
    }

    private static func listeningPort(_ server: HTTPServer) async -> UInt16? {
        let address = await server.listeningAddress
        guard case .ip4(_, port: let port)? = address else { return nil }
        return port
    }
}

/// Why a server did not come up.
private actor StartFailure {
    private(set) var reason: String?

    func note(_ text: String) { reason = text }
}
