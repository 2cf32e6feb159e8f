import CLibpq

/// An answer of the server, freed with the value.
struct Answer: ~Copyable {
    let result: OpaquePointer

    deinit {
        PQclear(result)
    }

    var rowCount: Int32 { PQntuples(result) }

    /// The number in the command's tag; 0 where it has none.
    var touchedRows: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    var tag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    /// A part of an error report, by libpq's letter for it.
    func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
}
