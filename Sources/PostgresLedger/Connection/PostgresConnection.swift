import CLibpq
import Glibc

/// One session of the server, owned: it ends with the value.
///
/// Every call blocks; only ``PostgresSession`` holds one, on a thread of its own.
struct PostgresConnection: ~Copyable {
    let handle: OpaquePointer
    /// How long an answer may take until the server counts as lost.
    let answerLimit: Duration

    /// Opens the session; waits at most the address' `connect_timeout`.
    init(to address: DatabaseAddress, answerLimit: Duration = RetryPolicy().answerLimit) throws(DatabaseError) {
        let words = address.keywords
        let opened = withCStrings(words.map(\.keyword)) { keywords in
            withCStrings(words.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let opened else { throw .unreachable(address: "?", detail: "out of memory") }
        if let problem = Self.problem(of: opened) {
            PQfinish(opened)
            throw problem
        }
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
        handle = opened
        self.answerLimit = answerLimit
    }

    deinit {
        PQfinish(handle)
    }

    /// The server process' number as the server announced it at the start.
    var announcedProcess: Int64 { Int64(PQbackendPID(handle)) }

    /// Host, port and database, without user or password.
    var place: String { Self.place(of: handle) }

    /// Whether the server has not ended the session, as far as what it sent tells.
    ///
    /// Asks nothing of it, so it never waits.
    var isAlive: Bool {
        var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard socket.fd >= 0 else { return false }
        if poll(&socket, 1, 0) > 0 { _ = PQconsumeInput(handle) }
        return PQstatus(handle) == CONNECTION_OK
    }

    /// Runs a statement and tells how many rows it touched.
    @discardableResult
    func execute(_ statement: SQLStatement, _ parameters: [SQLValue] = []) throws(DatabaseError) -> Int {
        let answer = try answer(to: statement, parameters)
        return answer.touchedRows
    }

    /// Runs a statement and reads each row of its answer.
    ///
    /// Not specialized: the optimizer of Swift 6.3.1 aborts on generic methods of a lent value that cannot be copied
    /// ("Cannot initialize a nonCopyable type with a guaranteed value"). The server's round trip hides the cost.
    @_semantics("optimize.sil.specialize.generic.never")
    func rows<Value>(
        _ statement: SQLStatement,
        _ parameters: [SQLValue] = [],
        _ read: (borrowing Row) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> [Value] {
        let answer = try answer(to: statement, parameters)
        var values: [Value] = []
        values.reserveCapacity(Int(answer.rowCount))
        for index in 0..<answer.rowCount {
            values.append(try read(Row(of: answer.result, at: index, statement: statement.name)))
        }
        return values
    }

    /// Runs a statement and reads the first row of its answer, if there is one.
    ///
    /// Not specialized, as ``rows(_:_:_:)``.
    @_semantics("optimize.sil.specialize.generic.never")
    func first<Value>(
        _ statement: SQLStatement,
        _ parameters: [SQLValue] = [],
        _ read: (borrowing Row) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value? {
        let answer = try answer(to: statement, parameters)
        guard answer.rowCount > 0 else { return nil }
        return try read(Row(of: answer.result, at: 0, statement: statement.name))
    }

    /// Runs a statement and gives the command's tag, such as `COMMIT` or `ROLLBACK`.
    func commandTag(_ statement: SQLStatement) throws(DatabaseError) -> String {
        let answer = try answer(to: statement, [])
        return answer.tag
    }

    /// Runs a script of several statements without parameters, such as a migration.
    func runScript(_ script: SQLStatement) throws(DatabaseError) {
        _ = try answer(to: script) { PQsendQuery(handle, script.text) }
    }

    private func answer(to statement: SQLStatement, _ parameters: [SQLValue]) throws(DatabaseError) -> Answer {
        var buffer: [UInt8] = [0]  // never empty, so that an empty text has an address too
        var places: [Int?] = []
        var lengths: [Int32] = []
        for parameter in parameters {
            let start = buffer.count
            parameter.append(to: &buffer)
            places.append(parameter == .null ? nil : start)
            lengths.append(Int32(buffer.count - start))
        }
        let types = parameters.map(\.type)
        let formats = [Int32](repeating: 1, count: parameters.count)
        return try answer(to: statement) {
            buffer.withUnsafeBytes { bytes in
                let values = places.map { place in
                    place.flatMap { bytes.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
                }
                let count = Int32(parameters.count)
                return PQsendQueryParams(handle, statement.text, count, types, values, lengths, formats, 1)
            }
        }
    }

    private static func problem(of opened: OpaquePointer) -> DatabaseError? {
        guard PQstatus(opened) == CONNECTION_OK else {
            return .unreachable(address: place(of: opened), detail: message(of: opened))
        }
        let version = Int(PQserverVersion(opened)) / 10_000
        return version >= 15 ? nil : .serverTooOld(found: version, needed: 15)
    }

    static func message(of handle: OpaquePointer) -> String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    }

    private static func place(of handle: OpaquePointer) -> String {
        let host = PQhost(handle).map { String(cString: $0) } ?? "?"
        let port = PQport(handle).map { String(cString: $0) } ?? "?"
        let database = PQdb(handle).map { String(cString: $0) } ?? "?"
        return "\(host):\(port)/\(database)"
    }
}

/// Lends a NULL-ended list of C strings.
private func withCStrings<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result
{
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
        starts.append(bytes.count)
        bytes.append(contentsOf: text.utf8CString)
    }
    return bytes.withUnsafeBufferPointer { buffer in
        let pointers = starts.map { buffer.baseAddress?.advanced(by: $0) } + [nil]
        return pointers.withUnsafeBufferPointer { list in
            guard let base = list.baseAddress else { preconditionFailure("the list holds at least its end") }
            return body(base)
        }
    }
}
