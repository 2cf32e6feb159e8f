import Foundation

/// An authority of the test's own and what it signed, made by the `openssl` command; gone with this object.
final class TestCertificates {
    private let folder: TemporaryFolder

    /// What may be wrong with a certificate.
    enum Kind: String {
        case good
        case expired
        case otherHost
        case ofStranger
        case selfSigned
    }

    init(_ kind: Kind) throws {
        folder = try TemporaryFolder()
        try authority("authority")
        switch kind {
        case .good: try leaf(kind, name: "DNS:localhost,IP:127.0.0.1,DNS:shop.example.test")
        case .expired: try leaf(kind, days: -1)
        case .otherHost: try leaf(kind, name: "DNS:elsewhere.example.test")
        case .ofStranger:
            try authority("stranger")
            try leaf(kind, by: "stranger")
        case .selfSigned: try selfSigned(kind.rawValue, "-addext", "subjectAltName=DNS:localhost")
        }
    }

    /// The certificates a client is told to trust.
    var authority: String { path("authority.pem") }

    /// How the server script names a TLS port with that certificate.
    func server(_ kind: Kind, old: Bool = false) -> String {
        "\(old ? "old-tls" : "tls"):\(path("\(kind.rawValue).pem")):\(path("\(kind.rawValue).key"))"
    }

    func path(_ file: String) -> String { folder.file(file) }

    private func authority(_ name: String) throws {
        try selfSigned(name, "-addext", "keyUsage=critical,keyCertSign")
    }

    private func selfSigned(_ name: String, _ more: String...) throws {
        try openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-out", path("\(name).pem")] + newKey(name) + more
        )
    }

    private func leaf(
        _ kind: Kind,
        name alternatives: String = "DNS:localhost",
        days: Int = 2,
        by issuer: String = "authority"
    ) throws {
        let name = kind.rawValue
        let extensions = path("\(name).cnf")
        try "subjectAltName=\(alternatives)\n".write(toFile: extensions, atomically: true, encoding: .utf8)
        try openssl(["req", "-new", "-subj", "/CN=\(name)", "-out", path("\(name).csr")] + newKey(name))
        try openssl([
            "x509", "-req", "-in", path("\(name).csr"), "-CA", path("\(issuer).pem"), "-CAkey", path("\(issuer).key"),
            "-CAcreateserial", "-days", "\(days)", "-extfile", extensions, "-out", path("\(name).pem"),
        ])
    }

    private func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path("\(name).key")]
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestServer.Failure() }
    }
}
