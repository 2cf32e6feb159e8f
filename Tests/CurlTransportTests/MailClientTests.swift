import CurlTransport
import Foundation
import Testing
import Transport

/// SMTP against aiosmtpd: what it took is compared byte by byte.
struct MailClientTests {
    static let mail = Array(
        "Subject: test\r\n\r\n.a line with a dot\r\n..two\r\n.\r\nend\r\n".utf8
    )
    /// libcurl does not ask again after the last byte of a mail in which no line begins with a dot.
    static let plain = Array("Subject: test\r\n\r\nhello\r\n".utf8)
    static let login = MailLogin(user: "synctec") { "pass: #wörd" }

    static func client(
        _ server: TestMailServer,
        _ certificates: TestCertificates,
        _ security: MailRelay.Security,
        host: String = "localhost",
        limits: MailLimits = MailLimits(connect: .seconds(60), reply: .seconds(60), total: .seconds(120))
    ) throws -> MailClient {
        try MailClient(
            relay: MailRelay(host: host, port: server.port, security: security),
            additionalCAFile: certificates.authority,
            limits: limits
        )
    }

    private func send(
        _ client: MailClient,
        _ mail: [UInt8] = Self.mail,
        to recipient: String = "ops@northwind.example",
        isStopping: @escaping @Sendable () -> Bool = { false }
    ) async throws(MailError) {
        try await client.send(mail, from: "synctec@northwind.example", to: recipient, isStopping: isStopping)
    }

    private static func isUnknown(_ error: any Error) -> Bool {
        if case .unknown = error as? MailError { true } else { false }
    }

    @Test(arguments: [true, false])
    func `a mail arrives byte for byte over TLS and after STARTTLS, signed in`(isTLS: Bool) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer(
            (certificates, .good),
            isTLS ? "--tls" : "--starttls",
            "--auth",
            "synctec:pass: #wörd"
        )
        let client = try Self.client(server, certificates, isTLS ? .tls(Self.login) : .startTLS(Self.login))
        try await send(client)
        let taken = try #require(try server.mails.first)
        #expect(taken.bytes == Self.mail)
        #expect(taken.envelope.from == "synctec@northwind.example")
        #expect(taken.envelope.to == ["ops@northwind.example"])
        #expect(taken.envelope.tls)
        #expect(taken.envelope.user == "synctec")
    }

    @Test func `mails that follow one another share a connection, and a closed one is made anew`() async throws {
        let certificates = try TestCertificates(.good)
        let kept = try TestMailServer((certificates, .good), "--starttls", "--auth", "synctec:pass: #wörd")
        let client = try Self.client(kept, certificates, .startTLS(Self.login))
        for _ in 0..<3 { try await send(client) }
        #expect(try kept.mails.map(\.envelope.connection) == [1, 1, 1])
        let closing = try TestMailServer((certificates, .good), "--starttls", "--close")
        let other = try Self.client(closing, certificates, .startTLS(nil))
        for _ in 0..<3 {
            try await send(other)
            try await Task.sleep(for: .milliseconds(150))
        }
        #expect(try closing.mails.count == 3)
    }

    @Test func `a large mail arrives whole`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls")
        let line = Array((String(repeating: "x", count: 74) + "\r\n").utf8)
        let large = Array("Subject: large\r\n\r\n".utf8) + (0..<40_000).flatMap { _ in line }
        let client = try Self.client(server, certificates, .startTLS(nil))
        try await client.send(large, from: "a@b.example", to: "c@d.example") { false }
        #expect(try server.mails.first?.bytes == large)
    }

    @Test func `a server on this machine may be plain, where that is asked for`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer(nil)
        try await send(try Self.client(server, certificates, .none, host: "127.0.0.1"))
        let taken = try #require(try server.mails.first)
        #expect(!taken.envelope.tls)
        #expect(taken.bytes == Self.mail)
    }

    @Test func `ML-4 without STARTTLS nothing is sent, no password either`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer(nil)
        let client = try Self.client(server, certificates, .startTLS(Self.login))
        await #expect {
            try await send(client)
        } throws: {
            if case .untrusted = $0 as? MailError { true } else { false }
        }
        await #expect(throws: MailError.self) { _ = try await client.probe() }
        #expect(try server.mails.isEmpty)
    }

    @Test(arguments: [TestCertificates.Kind.expired, .otherHost, .ofStranger, .selfSigned], [true, false])
    func `ML-4 nothing goes to a server whose certificate is wrong`(kind: TestCertificates.Kind, isTLS: Bool)
        async throws
    {
        let certificates = try TestCertificates(kind)
        let server = try TestMailServer((certificates, kind), isTLS ? "--tls" : "--starttls")
        let client = try Self.client(server, certificates, isTLS ? .tls(nil) : .startTLS(nil))
        await #expect {
            try await send(client)
        } throws: {
            if case .untrusted = $0 as? MailError { true } else { false }
        }
        #expect(try server.mails.isEmpty)
    }

    @Test func `a wrong password, and a server without sign-in, are told as such`() async throws {
        let certificates = try TestCertificates(.good)
        for options in [["--starttls", "--auth", "synctec:other"], ["--starttls"]] {
            let server = try TestMailServer((certificates, .good), options: options)
            let client = try Self.client(server, certificates, .startTLS(Self.login))
            await #expect {
                try await send(client)
            } throws: { error in
                guard case .signInRefused = error as? MailError else { return false }
                return !"\(error)".contains("wörd")
            }
            await #expect(throws: MailError.self) { _ = try await client.probe() }
            #expect(try server.mails.isEmpty)
        }
    }

    @Test func `a probe connects, signs in and sends nothing`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls", "--auth", "synctec:pass: #wörd")
        let found = try await Self.client(server, certificates, .startTLS(Self.login)).probe()
        #expect(found == "localhost:\(server.port), STARTTLS, signed in")
        #expect(try server.mails.isEmpty)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let options: [String]
        let error: MailError
        var testDescription: String { options.joined(separator: " ") }
    }

    // ML-1
    @Test(arguments: [
        Refusal(
            options: ["--rcpt", "ops@northwind.example=550 no such user"],
            error: .recipientRefused(reply: "550 no such user", isPermanent: true)
        ),
        Refusal(
            options: ["--rcpt", "ops@northwind.example=450 greylisted"],
            error: .recipientRefused(reply: "450 greylisted", isPermanent: false)
        ),
        Refusal(options: ["--mail", "451 later"], error: .refused(host: "localhost", reply: "451 later")),
        Refusal(options: ["--mail", "550 not you"], error: .refused(host: "localhost", reply: "550 not you")),
        Refusal(options: ["--mail", "552 too large"], error: .mailRefused(reply: "552 too large", isPermanent: true)),
        Refusal(options: ["--greet", "554 go away"], error: .refused(host: "localhost", reply: "554 go away")),
        Refusal(options: ["--greet", "421 busy"], error: .notReached(host: "localhost", reason: "421 busy")),
        Refusal(options: ["--data", "554 spam"], error: .mailRefused(reply: "554 spam", isPermanent: true)),
        Refusal(options: ["--data", "451 disk full"], error: .mailRefused(reply: "451 disk full", isPermanent: false)),
    ])
    func `ML-1 who refused what is told apart, and the next mail goes out`(refusal: Refusal) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), options: ["--starttls"] + refusal.options)
        let client = try Self.client(server, certificates, .startTLS(nil))
        await #expect(throws: refusal.error) { try await send(client) }
        if case .recipientRefused = refusal.error {
            try await send(client, to: "other@northwind.example")
            #expect(try server.mails.map(\.envelope.to) == [["other@northwind.example"]])
        }
    }

    @Test(arguments: [mail, plain])
    func `ML-1 a connection cut after the mail leaves open whether it was taken`(mail: [UInt8]) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls", "--cut", "--once")
        let client = try Self.client(server, certificates, .startTLS(nil))
        await #expect {
            try await send(client, mail)
        } throws: {
            Self.isUnknown($0)
        }
        #expect(try server.mails.count == 1)
        try await send(client, mail)
        #expect(try server.mails.count == 2)
    }

    @Test func `ML-1 a kept connection cut after the mail is not made anew for it`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls", "--cut", "--second")
        let client = try Self.client(server, certificates, .startTLS(nil))
        try await send(client, Self.plain)
        await #expect {
            try await send(client, Self.plain)
        } throws: {
            Self.isUnknown($0)
        }
        #expect(try server.mails.map(\.envelope.connection) == [1, 1])
    }

    @Test(arguments: [mail, plain])
    func `ML-1 a slow server is not waited for, and may have taken the mail`(mail: [UInt8]) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls", "--slow", "600")
        let limits = MailLimits(connect: .seconds(60), reply: .seconds(3), total: .seconds(120))
        let client = try Self.client(server, certificates, .startTLS(nil), limits: limits)
        await #expect {
            try await send(client, mail)
        } throws: {
            Self.isUnknown($0)
        }
    }

    @Test(arguments: [mail, plain])
    func `ML-1 a stop while the answer is awaited leaves open whether the mail was taken`(mail: [UInt8]) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls", "--slow", "600")
        let client = try Self.client(server, certificates, .startTLS(nil))
        await #expect {
            try await send(client, mail, isStopping: server.hasMail)
        } throws: {
            Self.isUnknown($0)
        }
        #expect(try server.mails.count == 1)
    }

    @Test(arguments: [
        ("554 spam", MailError.mailRefused(reply: "554 spam", isPermanent: true)),
        ("451 disk full", .mailRefused(reply: "451 disk full", isPermanent: false)),
    ])
    func `ML-1 an answer to the whole mail is no doubt`(reply: String, error: MailError) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestMailServer((certificates, .good), "--starttls", "--data", reply)
        let client = try Self.client(server, certificates, .startTLS(nil))
        await #expect(throws: error) { try await send(client, Self.plain) }
    }

    @Test func `ML-1 a server that is down, or silent, is not reached`() async throws {
        for listens in [false, true] {
            let port = try SilentPort(listens: listens)
            let limits = MailLimits(connect: .seconds(1), reply: .seconds(1), total: .seconds(120))
            let client = try MailClient(
                relay: MailRelay(host: "127.0.0.1", port: port.number, security: .startTLS(nil)),
                limits: limits
            )
            await #expect {
                try await send(client)
            } throws: {
                if case .notReached = $0 as? MailError { true } else { false }
            }
        }
    }

    @Test func `a stop ends a mail that was not sent yet`() async throws {
        let port = try SilentPort(listens: true)
        let client = try MailClient(
            relay: MailRelay(host: "127.0.0.1", port: port.number, security: .startTLS(nil)),
            limits: MailLimits(connect: .seconds(600), reply: .seconds(600), total: .seconds(600))
        )
        await #expect(throws: MailError.cancelled) {
            try await client.send(Self.mail, from: "a@b.example", to: "c@d.example") { true }
        }
    }

    @Test func `a login shows neither name nor password`() {
        var shown = "\(Self.login)"
        dump(Self.login, to: &shown)
        debugPrint(Self.login, to: &shown)
        #expect(!shown.contains("wörd"))
    }
}
