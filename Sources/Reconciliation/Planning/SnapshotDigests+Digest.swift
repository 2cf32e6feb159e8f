extension SnapshotDigests {
    /// The SHA-256 of bytes in hexadecimal.
    public static func digest(of bytes: [UInt8]) -> String {
        SHA256Digest(of: bytes).hex
    }
}
