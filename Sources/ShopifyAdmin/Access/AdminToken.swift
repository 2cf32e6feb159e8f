import Catalog
import Runs
import Settings
import Transport

/// The token of one store: a fixed one, or one that is asked for and renewed (client-credentials grant).
///
/// Many calls share it; however many find it run out, one asks for the next.
actor AdminToken {
    /// A token and which one of its row it is.
    struct Lease: Sendable {
        let text: String
        fileprivate let generation: Int
    }

    private let endpoint: AdminEndpoint
    private let credential: StoreCredential
    private let transport: any HTTPExchanging
    private let clock: AdminClock
    private let limits: AdminLimits
    private let turn = Turnstile(places: 1)
    private var granted: (text: String, renewAt: Duration)?
    private var generation = 0

    init(
        endpoint: AdminEndpoint,
        credential: StoreCredential,
        transport: any HTTPExchanging,
        clock: AdminClock,
        limits: AdminLimits
    ) {
        self.endpoint = endpoint
        self.credential = credential
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// The token to send; a new one is asked for where the last is about to run out.
    func lease() async throws(StoreError) -> Lease {
        switch credential {
        case .token(let secret):
            return Lease(text: secret.reveal(), generation: 0)
        case .client(let id, let secret):
            await turn.enter()
            let result = await current(id: id, secret: secret)
            await turn.leave()
            return try result.get()
        }
    }

    /// Drops a token that the store refused, so that the next ``lease()`` asks for another; `false` where there is no other.
    func renew(after lease: Lease) -> Bool {
        guard case .client = credential else { return false }
        if lease.generation == generation { granted = nil }
        return true
    }

    private func current(id: String, secret: Secret) async -> Result<Lease, StoreError> {
        if let granted, clock.elapsed() < granted.renewAt {
            return .success(Lease(text: granted.text, generation: generation))
        }
        do throws(StoreError) {
            let asked = clock.elapsed()
            let (text, lifetime) = try await ask(id: id, secret: secret)
            // Renewed five minutes early, or after half the time of a short-lived one.
            granted = (text, asked + max(lifetime - .seconds(300), lifetime / 2))
            generation += 1
            return .success(Lease(text: text, generation: generation))
        } catch {
            return .failure(error)
        }
    }

    /// Asks for a token; asking twice does no harm, so it is repeated after any failure that may pass.
    private func ask(id: String, secret: Secret) async throws(StoreError) -> (text: String, lifetime: Duration) {
        let form =
            "grant_type=client_credentials&client_id=\(Self.escaped(id))&client_secret=\(Self.escaped(secret.reveal()))"
        let request = HTTPRequest(
            .post,
            url: endpoint.tokens,
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
                HTTPHeader("Accept", "application/json"),
            ],
            body: .bytes(Array(form.utf8)),
            reach: endpoint.reach
        )
        var attempt = 1
        while true {
            let reason: String
            switch await transport.exchange(request) {
            case .success(let response) where response.status == 200:
                guard let token = Self.token(in: response.body) else {
                    throw .untrusted(shop: endpoint.shop, reason: "the answer to the token request has no token")
                }
                return token
            case .success(let response):
                switch response.status {
                case 400, 401, 403: throw .unauthorized(shop: endpoint.shop)
                case 402, 404, 423, 430:
                    throw .closed(shop: endpoint.shop, status: response.status, reason: "the token request was refused")
                default: reason = "status \(response.status)"
                }
            case .failure(.cancelled): throw .cancelled(shop: endpoint.shop)
            case .failure(let error) where error.isUntrusted:
                throw .untrusted(shop: endpoint.shop, reason: error.description)
            case .failure(let error): reason = error.description
            }
            guard attempt < limits.attemptsPerCall else {
                throw .unavailable(shop: endpoint.shop, operation: "the token request", reason: reason)
            }
            do {
                try await clock.sleep(Backoff.wait(attempt: attempt, random: clock.random()))
            } catch {
                throw .cancelled(shop: endpoint.shop)
            }
            attempt += 1
        }
    }

    private static func token(in body: [UInt8]) -> (text: String, lifetime: Duration)? {
        guard let answer = try? JSONValue(reading: body), let text = answer["access_token"]?.text, !text.isEmpty,
            case .number(let digits) = answer["expires_in"], let seconds = Int64(digits), seconds > 0
        else { return nil }
        return (text, .seconds(seconds))
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986, 2.3).
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var output = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                output.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                output.append("%")
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            }
        }
        return output
    }
}
