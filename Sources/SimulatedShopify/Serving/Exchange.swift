/// A request as the store sees it.
struct IncomingCall: Sendable {
    var method: String
    /// Percent-encoded, without the query.
    var path: String
    /// Names in lowercase.
    var headers: [String: String] = [:]
    var body: [UInt8] = []
}

/// What goes back.
struct Answer: Sendable {
    /// How the answer is sent.
    enum Delivery: Sendable, Equatable {
        case whole
        /// The connection closes without a byte.
        case dropped
        /// Only so many bytes are sent of those that the header says.
        case cut(after: Int)
    }

    var status = 200
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var delivery = Delivery.whole

    static func json(_ value: JSONValue, status: Int = 200) -> Answer {
        json(Array(value.jsonText.utf8), status: status)
    }

    static func json(_ bytes: [UInt8], status: Int = 200) -> Answer {
        Answer(status: status, headers: [("Content-Type", "application/json; charset=utf-8")], body: bytes)
    }
}
