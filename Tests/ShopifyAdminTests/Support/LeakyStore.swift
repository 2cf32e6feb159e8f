import Catalog
import Settings
import Synchronization
import Transport

@testable import ShopifyAdmin

/// A store that does nothing but throttle: every call is `nodes(ids:)` and finds nothing.
final class LeakyStore: HTTPExchanging {
    private struct State {
        var level: Double
        var at: Duration = .zero
        var requests = 0
        var answered = 0
    }

    private let clock: JumpingClock
    private let maximum: Double
    private let rate: Double
    private let cost: Double
    private let state: Mutex<State>

    init(clock: JumpingClock, maximum: Double, rate: Double, cost: Double) {
        self.clock = clock
        self.maximum = maximum
        self.rate = rate
        self.cost = cost
        state = Mutex(State(level: maximum))
    }

    var requests: Int { state.withLock { $0.requests } }
    var answered: Int { state.withLock { $0.answered } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard case .bytes(let bytes) = request.body, let body = try? JSONValue(reading: bytes) else {
            throw .interrupted(host: "leaky", reason: "no body")
        }
        let count = body["variables"]?["ids"]?.elements?.count ?? 0
        let text = state.withLock { state -> String in
            let now = clock.elapsed
            state.level = min(maximum, state.level + (now - state.at) / .seconds(1) * rate)
            state.at = now
            state.requests += 1
            let isEnough = state.level >= cost
            if isEnough {
                state.level -= cost
                state.answered += 1
            }
            let status =
                #"{"maximumAvailable":\#(maximum),"currentlyAvailable":\#(Int(state.level)),"restoreRate":\#(rate)}"#
            let extensions =
                #""extensions":{"cost":{"requestedQueryCost":\#(Int(cost)),"actualQueryCost":\#(isEnough ? "\(Int(cost))" : "null"),"throttleStatus":\#(status)}}"#
            guard isEnough else {
                return #"{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],\#(extensions)}"#
            }
            let nodes = Array(repeating: "null", count: count).joined(separator: ",")
            return #"{"data":{"nodes":[\#(nodes)]},\#(extensions)}"#
        }
        return HTTPResponse(
            status: 200,
            headers: HTTPHeaders([HTTPHeader("X-Shopify-API-Version", AdminVersion.handle)]),
            body: Array(text.utf8)
        )
    }

    func download(
        _ request: HTTPRequest,
        to path: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws(HTTPError) -> HTTPDownload {
        throw .notConnected(host: "leaky", reason: "serves no files")
    }
}

extension HTTPExchanging {
    /// A client over this exchange, as the adapter puts it together.
    func client(_ clock: JumpingClock, credential: StoreCredential = .token(Secret("t"))) -> GraphQLClient {
        guard let shop = ShopDomain("lumen-home.myshopify.com") else { preconditionFailure("a plain name") }
        let limits = AdminLimits()
        let endpoint = AdminEndpoint(StoreAddress(shop: shop))
        return GraphQLClient(
            endpoint: endpoint,
            token: AdminToken(
                endpoint: endpoint,
                credential: credential,
                transport: self,
                clock: clock.clock,
                limits: limits
            ),
            transport: self,
            clock: clock.clock,
            limits: limits,
            bucket: CostBucket(clock: clock.clock, requestsInFlight: limits.requestsInFlight),
            health: StoreHealth(shop: shop, limits: limits)
        )
    }
}
