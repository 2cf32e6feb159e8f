/// How a file is compressed, told by its first bytes (RFC 1952, RFC 8878).
public enum Compression: String, Sendable, Hashable {
    case gzip
    case zstd

    init?(firstBytes bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            return nil
        }
    }
}

/// How far a compressed file may grow (FAULTS HI-2).
///
/// Catalogues compress to a tenth or a thirtieth, files for tests that repeat themselves to a hundredth.
struct InflationLimits {
    /// Whatever the compressed size, this much may come out.
    var allowance = 64 << 20
    /// Times the compressed size.
    var factor = 250
    /// In any case the most.
    var most = 256 << 30

    func limit(compressed: Int) -> Int { min(most, allowance + compressed * factor) }
}

/// Decompresses from a file into another, piece by piece.
struct Inflation {
    static let pieceBytes = 1 << 18

    let file: OpenFile
    let compression: Compression
    let limits: InflationLimits

    /// What the file holds, in a file without a name.
    func inflated() throws(CatalogFileError) -> OpenFile {
        let target = try TemporaryFile()
        let input = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceBytes, alignment: 64)
        let output = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceBytes, alignment: 64)
        defer {
            input.deallocate()
            output.deallocate()
        }
        var read = 0
        let fill = { () throws(CatalogFileError) -> UnsafeRawBufferPointer in
            guard !Task.isCancelled else { throw .interrupted(file: file.name) }
            let count = try file.read(into: input, at: read)
            read += count
            return UnsafeRawBufferPointer(rebasing: input[..<count])
        }
        let take = { (count: Int) throws(CatalogFileError) in
            let limit = limits.limit(compressed: max(read, file.size))
            guard target.size + count <= limit else {
                throw .inflatesTooFar(file: file.name, compressed: max(read, file.size), limit: limit)
            }
            try target.append(UnsafeRawBufferPointer(rebasing: output[..<count]))
        }
        switch compression {
        case .gzip: try GzipStream(file: file.name).run(fill, output, take)
        case .zstd: try ZstdStream(file: file.name).run(fill, output, take)
        }
        return try target.finish(name: file.name)
    }
}
