import CZstd

/// One or more zstd frames, one after the other (RFC 8878); a frame may ask for at most 128 MB of window.
struct ZstdStream {
    let file: String

    /// Decompresses what `fill` gives, through `output`, into `take`.
    func run(
        _ fill: () throws(CatalogFileError) -> UnsafeRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer,
        _ take: (Int) throws(CatalogFileError) -> Void
    ) throws(CatalogFileError) {
        guard let stream = ZSTD_createDStream() else { throw damaged("there is no memory for it") }
        defer { ZSTD_freeDStream(stream) }
        var isBetweenFrames = false
        while true {
            let piece = try fill()
            guard !piece.isEmpty else {
                guard isBetweenFrames else { throw damaged("it ends too early") }
                return
            }
            var input = ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
            var isFull = false
            while input.pos < input.size || isFull {
                var buffer = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
                let result = ZSTD_decompressStream(stream, &buffer, &input)
                guard ZSTD_isError(result) == 0 else { throw damaged(String(cString: ZSTD_getErrorName(result))) }
                try take(buffer.pos)
                isFull = buffer.pos == buffer.size
                isBetweenFrames = result == 0
                if isBetweenFrames { isFull = false }
            }
        }
    }

    private func damaged(_ reason: String) -> CatalogFileError {
        .damaged(file: file, form: "zstd", reason: reason)
    }
}
