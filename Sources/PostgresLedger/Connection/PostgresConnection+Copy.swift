import CLibpq

extension PostgresConnection {
    /// How much is gathered before it is handed to libpq.
    private static let chunkBytes = 256 * 1024

    /// Writes rows by COPY in Postgres' binary form, chunk by chunk, and tells how many.
    ///
    /// `statement` is `COPY … FROM STDIN (FORMAT binary)`; each row holds its columns in the statement's order, with exactly
    /// their types. Row level security forbids COPY into a team's table, so the rows go to a table of the transaction first.
    @discardableResult
    func copy(_ statement: SQLStatement, _ rows: some Sequence<[SQLValue]>) throws(DatabaseError) -> Int {
        _ = try answer(to: statement) { PQsendQuery(handle, statement.text) }
        var chunk: [UInt8] = Array("PGCOPY\n\u{FF}\r\n\0".unicodeScalars.map { UInt8($0.value) })
        chunk.append(bigEndian: Int32(0))
        chunk.append(bigEndian: Int32(0))
        var count = 0
        for row in rows {
            chunk.append(bigEndian: Int16(row.count))
            for value in row { value.appendField(to: &chunk) }
            count += 1
            if chunk.count >= Self.chunkBytes {
                try put(chunk, statement)
                chunk.removeAll(keepingCapacity: true)
            }
        }
        chunk.append(bigEndian: Int16(-1))
        try put(chunk, statement)
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure(at: statement) }
        let written = try checked(try awaitResult(of: statement), statement).touchedRows
        guard written == count else {
            throw .unreadable(statement: statement.name, detail: "\(count) rows were sent, \(written) arrived")
        }
        return written
    }

    private func put(_ chunk: [UInt8], _ statement: SQLStatement) throws(DatabaseError) {
        let result = chunk.withUnsafeBytes { bytes in
            PQputCopyData(handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        guard result == 1 else { throw failure(at: statement) }
    }
}
