import CLibpq
import Glibc

extension PostgresConnection {
    /// Sends a statement and waits for its answer, at most ``answerLimit``.
    func answer(to statement: SQLStatement, send: () -> Int32) throws(DatabaseError) -> Answer {
        guard send() == 1 else { throw failure(at: statement) }
        return try checked(try awaitResult(of: statement), statement)
    }

    /// Waits for all results of what was sent and gives the last one; stops at one that begins a COPY.
    func awaitResult(of statement: SQLStatement) throws(DatabaseError) -> OpaquePointer? {
        let deadline = ContinuousClock.now + answerLimit
        var last: OpaquePointer?
        while true {
            while PQisBusy(handle) == 1 {
                guard waitForInput(until: deadline) else {
                    PQclear(last)
                    throw .connectionLost(statement: statement.name, detail: "no answer within \(answerLimit)")
                }
                if PQconsumeInput(handle) == 0 { break }  // the next result tells why
            }
            guard let result = PQgetResult(handle) else { return last }
            PQclear(last)
            last = result
            if PQresultStatus(result) == PGRES_COPY_IN || PQstatus(handle) == CONNECTION_BAD { return last }
        }
    }

    /// Whether the server sent something, or ended the session, before the deadline.
    private func waitForInput(until deadline: ContinuousClock.Instant) -> Bool {
        var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        while true {
            let left = (deadline - .now) / .milliseconds(1)
            guard left > 0 else { return false }
            let count = poll(&socket, 1, Int32(min(left.rounded(.up), 60_000)))
            if count > 0 || (count < 0 && errno != EINTR) { return true }
        }
    }

    /// Takes over an answer, or tells why there is none.
    func checked(_ result: OpaquePointer?, _ statement: SQLStatement) throws(DatabaseError) -> Answer {
        guard let result else { throw failure(at: statement) }
        let answer = Answer(result: result)
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_COPY_IN: return answer
        default: throw failure(at: statement, answer)
        }
    }

    /// The session's last failure.
    func failure(at statement: SQLStatement) -> DatabaseError {
        .connectionLost(statement: statement.name, detail: Self.message(of: handle))
    }

    private func failure(at statement: SQLStatement, _ answer: borrowing Answer) -> DatabaseError {
        let state = answer.field("C")
        if let state, PQstatus(handle) == CONNECTION_OK || state.hasPrefix("57P") {
            let parts = [answer.field("M"), answer.field("D"), answer.field("H")].compactMap { $0 }
            return .refused(statement: statement.name, sqlState: state, detail: parts.joined(separator: "; "))
        }
        return .connectionLost(statement: statement.name, detail: Self.message(of: handle))
    }
}
