/// One HTTP request, complete before it is sent.
public struct HTTPRequest: Sendable {
    /// The verbs the program uses.
    public enum Method: String, Sendable {
        /// Reads.
        case get = "GET"
        /// Queries and mutations of an API.
        case post = "POST"
        /// Uploads.
        case put = "PUT"
    }

    /// What a request carries.
    public enum Body: Sendable {
        /// Nothing.
        case none
        /// What is in memory.
        case bytes([UInt8])
        /// A file on local disk, streamed while it is sent.
        case file(path: String)
    }

    /// The verb.
    public var method: Method
    /// An absolute `https` URL, or `http` where ``reach`` allows it.
    public var url: String
    /// Header lines in order; a name may occur once.
    public var headers: [HTTPHeader]
    /// What is sent after the headers.
    public var body: Body
    /// When to give up, and how much to take.
    public var limits: HTTPLimits
    /// Which addresses the request may go to.
    public var reach: HTTPReach

    /// Makes a request; by default a `GET` without body under the ordinary limits, to public `https` addresses only.
    public init(
        _ method: Method = .get,
        url: String,
        headers: [HTTPHeader] = [],
        body: Body = .none,
        limits: HTTPLimits = .ordinary,
        reach: HTTPReach = .publicHTTPS
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.reach = reach
    }
}

/// One header line.
public struct HTTPHeader: Sendable, Equatable {
    /// The name as it is sent; compared without case.
    public var name: String
    /// The value; may be a secret, so a request is never logged whole.
    public var value: String

    /// Makes a header line.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Which addresses a request may go to.
///
/// Redirects are never followed, whatever this says.
public enum HTTPReach: Sendable, Equatable {
    /// `https` to addresses of the public internet.
    ///
    /// Loopback, private and link-local addresses are refused after the name was resolved (FAULTS HI-1).
    case publicHTTPS
    /// As ``publicHTTPS``, and also `http` or `https` to loopback addresses: stores with `allow_insecure_endpoint`.
    case publicHTTPSOrLoopback
}

/// When an exchange is given up.
public struct HTTPLimits: Sendable {
    /// Until the connection stands, TLS included.
    public var connect: Duration
    /// Without a single byte in either direction.
    public var idle: Duration
    /// For the whole exchange.
    public var total: Duration
    /// Most bytes of the body, after decompression.
    public var bodyBytes: Int

    /// Makes limits; `bodyBytes` counts decompressed bytes.
    public init(connect: Duration, idle: Duration, total: Duration, bodyBytes: Int) {
        self.connect = connect
        self.idle = idle
        self.total = total
        self.bodyBytes = bodyBytes
    }

    /// An API call: 10 s to connect, 60 s of silence, 120 s in all, 64 MiB.
    public static let ordinary = HTTPLimits(
        connect: .seconds(10),
        idle: .seconds(60),
        total: .seconds(120),
        bodyBytes: 64 << 20
    )
    /// A result file: 10 s to connect, 60 s of silence, 6 h in all, 64 GiB.
    public static let download = HTTPLimits(
        connect: .seconds(10),
        idle: .seconds(60),
        total: .seconds(6 * 3600),
        bodyBytes: 64 << 30
    )
}
