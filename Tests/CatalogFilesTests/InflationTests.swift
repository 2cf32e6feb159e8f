import CZlib
import CZstd
import Foundation
import Glibc
import Pricing
import Testing

@testable import CatalogFiles

/// Compressed files: told by their content, read whole, stopped where they swell.
@Suite struct InflationTests {
    private static let lines = Array((0..<5000).map { #"{"id":"gid://shopify/Product/\#($0)"}"# + "\n" }.joined().utf8)

    @Test(arguments: [1, 2, 7], [Compression.gzip, .zstd])
    func `several members or frames are one file`(_ parts: Int, _ compression: Compression) throws {
        let piece = Self.lines.count / parts
        var bytes: [UInt8] = []
        for part in 0..<parts {
            let end = part == parts - 1 ? Self.lines.count : (part + 1) * piece
            bytes += try Self.compressed(Array(Self.lines[part * piece..<end]), compression)
        }
        let file = try TemporaryText(bytes)
        let catalog = try CatalogFile(path: file.path)
        #expect(catalog.form == .bulkLines)
        #expect(catalog.compression == compression)
        #expect(try Self.content(catalog) == Self.lines)
    }

    @Test func `zeros behind the last gzip member are passed over`() throws {
        let file = try TemporaryText(try Self.compressed(Self.lines, .gzip) + [UInt8](repeating: 0, count: 1000))
        #expect(try Self.content(try CatalogFile(path: file.path)) == Self.lines)
    }

    /// SN-3: a download cut short is never taken for a smaller catalogue.
    @Test(arguments: [Compression.gzip, .zstd])
    func `no cut of a compressed file is accepted`(_ compression: Compression) throws {
        let bytes = try Self.compressed(Self.lines, compression)
        for length in stride(from: 5, to: bytes.count, by: 97) {
            let file = try TemporaryText(bytes.prefix(length))
            #expect(throws: CatalogFileError.self) { try CatalogFile(path: file.path) }
        }
    }

    @Test(arguments: [Compression.gzip, .zstd])
    func `damage is told`(_ compression: Compression) throws {
        var bytes = try Self.compressed(Self.lines, compression)
        bytes[bytes.count / 2] ^= 0xFF
        bytes[bytes.count / 2 + 1] ^= 0x55
        let file = try TemporaryText(bytes)
        #expect {
            try CatalogFile(path: file.path)
        } throws: { error in
            if case CatalogFileError.damaged(_, compression.rawValue, _) = error { true } else { false }
        }
    }

    /// HI-2: what swells is refused as soon as it does, whatever would come.
    @Test(arguments: [Compression.gzip, .zstd])
    func `a file that swells is refused`(_ compression: Compression) throws {
        let bomb = try Self.compressed([UInt8](repeating: UInt8(ascii: "{"), count: 8 << 20), compression)
        let file = try TemporaryText(bomb)
        let limits = InflationLimits(allowance: 1 << 20, factor: 10)
        #expect {
            try CatalogFile(path: file.path, limits: limits)
        } throws: { error in
            if case CatalogFileError.inflatesTooFar(_, bomb.count, let limit) = error {
                limit == 1 << 20 + 10 * bomb.count || limit == (1 << 20) + 10 * bomb.count
            } else {
                false
            }
        }
    }

    private static func content(_ catalog: CatalogFile) throws -> [UInt8] {
        let prepared = try catalog.prepare(currency: .usd)
        let bytes = Array(try Data(contentsOf: URL(filePath: prepared.path)))
        return bytes
    }

    private static func compressed(_ bytes: [UInt8], _ compression: Compression) throws -> [UInt8] {
        switch compression {
        case .zstd:
            var out = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
            let count = ZSTD_compress(&out, out.count, bytes, bytes.count, 3)
            return Array(out.prefix(count))
        case .gzip:
            var stream = z_stream()
            try #require(synctec_gzip_begin(&stream) == Z_OK)
            defer { deflateEnd(&stream) }
            var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
            var input = bytes
            return try input.withUnsafeMutableBufferPointer { source in
                try out.withUnsafeMutableBufferPointer { target in
                    stream.next_in = source.baseAddress
                    stream.avail_in = UInt32(source.count)
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    try #require(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                    return Array(target.prefix(target.count - Int(stream.avail_out)))
                }
            }
        }
    }
}
