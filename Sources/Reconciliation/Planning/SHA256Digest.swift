import CLibcrypto

/// A SHA-256 digest in lower-case hexadecimal, 64 signs (FIPS 180-4, computed by OpenSSL's libcrypto).
package struct SHA256Digest: Sendable, Hashable {
    package let hex: String

    /// Digests the bytes.
    package init(of bytes: some Collection<UInt8>) {
        let input = Array(bytes)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(input, input.count, &digest)
        let signs = Array("0123456789abcdef")
        hex = String(digest.flatMap { [signs[Int($0 >> 4)], signs[Int($0 & 15)]] })
    }
}
