import CZlib

/// One or more gzip members, one after the other (RFC 1952).
struct GzipStream {
    let file: String

    /// Decompresses what `fill` gives, through `output`, into `take`.
    func run(
        _ fill: () throws(CatalogFileError) -> UnsafeRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer,
        _ take: (Int) throws(CatalogFileError) -> Void
    ) throws(CatalogFileError) {
        var stream = z_stream()
        guard synctec_gunzip_begin(&stream) == Z_OK else { throw damaged("zlib does not start") }
        defer { inflateEnd(&stream) }
        var isBetweenMembers = false
        // Whether zlib may still hold bytes that found no room.
        var isFull = false
        while true {
            if stream.avail_in == 0, !isFull {
                let piece = try fill()
                guard !piece.isEmpty else {
                    guard isBetweenMembers else { throw damaged("it ends too early") }
                    return
                }
                stream.next_in = UnsafeMutablePointer(mutating: piece.bindMemory(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(piece.count)
            }
            if isBetweenMembers {
                // Tapes and some servers fill up with zeros.
                while stream.avail_in > 0, stream.next_in?.pointee == 0 {
                    stream.next_in = stream.next_in?.advanced(by: 1)
                    stream.avail_in -= 1
                }
                if stream.avail_in == 0 { continue }
                inflateReset(&stream)
                isBetweenMembers = false
            }
            stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
            stream.avail_out = UInt32(output.count)
            let result = inflate(&stream, Z_NO_FLUSH)
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
                throw damaged(stream.msg.map { String(cString: $0) } ?? "zlib error \(result)")
            }
            try take(output.count - Int(stream.avail_out))
            isFull = stream.avail_out == 0
            if result == Z_STREAM_END {
                isBetweenMembers = true
                isFull = false
            }
        }
    }

    private func damaged(_ reason: String) -> CatalogFileError {
        .damaged(file: file, form: "gzip", reason: reason)
    }
}
