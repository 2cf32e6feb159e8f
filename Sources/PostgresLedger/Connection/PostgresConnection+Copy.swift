import CLibpq

extension PostgresConnection {
    /// How much is gathered before it is handed to libpq.
    private static let chunkBytes = 256 * 1024

    /// Writes so many rows by COPY in Postgres' binary form, chunk by chunk; `write` appends the row of that index.
    ///
    /// `statement` is `COPY … FROM STDIN (FORMAT binary)`. Row level security forbids COPY into a team's table, so the rows go to
    /// a table of the transaction first.
    func copy(
        _ statement: SQLStatement,
        rows count: Int,
        _ write: (Int, inout CopyBuffer) -> Void
    ) throws(DatabaseError) {
        _ = try answer(to: statement) { PQsendQuery(handle, statement.text) }
        var buffer = CopyBuffer(reserving: Self.chunkBytes + 16 * 1024)
        for row in 0..<count {
            write(row, &buffer)
            if buffer.count >= Self.chunkBytes {
                try put(buffer, statement)
                buffer.removeAll()
            }
        }
        buffer.end()
        try put(buffer, statement)
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure(at: statement) }
        let written = try checked(try awaitResult(of: statement), statement).touchedRows
        guard written == count else {
            throw .unreadable(statement: statement.name, detail: "\(count) rows were sent, \(written) arrived")
        }
    }

    private func put(_ buffer: borrowing CopyBuffer, _ statement: SQLStatement) throws(DatabaseError) {
        let bytes = buffer.bytes
        guard PQputCopyData(handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count)) == 1
        else { throw failure(at: statement) }
    }
}
