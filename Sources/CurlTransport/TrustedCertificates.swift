import CLibcurl
import Glibc
import Transport

/// The system's trusted certificates and some more, in PEM.
struct TrustedCertificates: Sendable {
    let pem: [UInt8]

    /// Reads the file, and puts what libcurl trusts by itself beside it.
    ///
    /// libcurl's folder of certificates is trusted as before.
    init(adding path: String) throws(HTTPError) {
        var pem = try Self.read(path)
        if let system = Self.systemFile { pem += [UInt8(ascii: "\n")] + (try Self.read(system)) }
        self.pem = pem
    }

    private static var systemFile: String? {
        guard let handle = curl_easy_init() else { return nil }
        defer { curl_easy_cleanup(handle) }
        var path: UnsafePointer<CChar>?
        guard synctec_curl_get_string(handle, CURLINFO_CAINFO, &path) == CURLE_OK, let path else { return nil }
        return String(cString: path)
    }

    private static func read(_ path: String) throws(HTTPError) -> [UInt8] {
        guard let source = try UploadSource(.file(path: path)) else { return [] }
        var bytes: [UInt8] = []
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { space.deallocate() }
        while bytes.count < source.count { bytes += space.prefix(try source.read(into: space)) }
        return bytes
    }
}
