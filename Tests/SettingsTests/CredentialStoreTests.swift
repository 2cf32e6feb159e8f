import Catalog
import Glibc
import Settings
import Testing

// CF-2
struct CredentialStoreTests {
    private let shop: ShopDomain
    private let folder: TemporaryFolder

    init() throws {
        shop = try #require(ShopDomain("a.myshopify.com"))
        folder = try TemporaryFolder()
    }

    private func store(systemd: Bool = false) -> CredentialStore {
        systemd
            ? CredentialStore(
                folder: nil,
                environment: SettingsEnvironment(variables: ["CREDENTIALS_DIRECTORY": folder.path + "/"], isRoot: false)
            )
            : CredentialStore(folder: folder.path, environment: SettingsEnvironment(variables: [:], isRoot: false))
    }

    @Test(arguments: [
        "shpat_canary", "  shpat_canary \n", "# a note\n\nshpat_canary\r\n", "token: shpat_canary",
        "token: \"shpat_canary\"\n",
    ])
    func `a token is read`(content: String) throws {
        try folder.write(shop.text, content, mode: 0o600)
        guard case .token(let secret) = try store().credential(for: shop) else {
            Issue.record("not a token")
            return
        }
        #expect(secret.reveal() == "shpat_canary")
    }

    @Test
    func `a client and its secret are read`() throws {
        try folder.write(shop.text, "client_id: abc\nclient_secret: 'shpss_canary'\n", mode: 0o400)
        #expect(try store().credential(for: shop) == .client(id: "abc", secret: Secret("shpss_canary")))
    }

    @Test(arguments: [
        ("", CredentialProblem.empty), ("# only a note\n", .empty), ("shpat_canary\nshpat_canary2", .line(2)),
        ("secret: shpat_canary", .line(1)), ("token: shpat_canary\ntoken: b", .line(2)), ("client_id: canary", .mixed),
        ("client_secret: canary", .mixed), ("token: canary\nclient_id: a\nclient_secret: b", .mixed),
        ("canary\ntoken: b", .mixed), ("shpat canary", .notPlain), ("shpat_canary\u{7}", .notPlain),
        ("token:", .notPlain),
        ("canaryé", .notPlain),
    ])
    func `what is no credential is refused without showing it`(content: String, problem: CredentialProblem) throws {
        try folder.write(shop.text, content, mode: 0o600)
        let path = folder.path + "/" + shop.text
        #expect(throws: CredentialError.content(path: path, problem)) { try store().credential(for: shop) }
        #expect(!CredentialError.content(path: path, problem).description.contains("canary"))
    }

    @Test(arguments: [
        (UInt32(0o400), false, true), (0o600, false, true), (0o440, false, false), (0o640, false, false),
        (0o604, false, false), (0o660, false, false), (0o644, false, false), (0o777, false, false),
        (0o700, false, false),
        (0o4600, false, false), (0o400, true, true), (0o440, true, true), (0o600, true, true), (0o444, true, false),
        (0o460, true, false), (0o644, true, false),
    ])
    func `a file that others can open is refused`(mode: UInt32, isSystemd: Bool, isTaken: Bool) throws {
        try folder.write(shop.text, "shpat_canary", mode: mode)
        let path = folder.path + "/" + shop.text
        if isTaken {
            #expect(try store(systemd: isSystemd).credential(for: shop) == .token(Secret("shpat_canary")))
        } else {
            #expect(throws: CredentialError.openToOthers(path: path, mode: mode)) {
                try store(systemd: isSystemd).credential(for: shop)
            }
            let text = CredentialError.openToOthers(path: path, mode: mode).description
            #expect(text.contains("chmod 0600 '\(path)'"))
            #expect(text.contains("mode 0\(String(mode, radix: 8))") || text.contains("mode \(String(mode, radix: 8))"))
        }
    }

    @Test
    func `links, folders, pipes and other people's files are refused`() throws {
        let path = folder.path + "/" + shop.text
        try folder.write("real", "shpat_canary", mode: 0o600)
        #expect(symlink(folder.path + "/real", path) == 0)
        #expect(throws: CredentialError.notPlainFile(path: path)) { try store().credential(for: shop) }
        unlink(path)
        #expect(mkdir(path, 0o700) == 0)
        #expect(throws: CredentialError.notPlainFile(path: path)) { try store().credential(for: shop) }
        rmdir(path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: CredentialError.notPlainFile(path: path)) { try store().credential(for: shop) }
        unlink(path)
        #expect(throws: CredentialError.missing(path: path, content: "the token of a.myshopify.com")) {
            try store().credential(for: shop)
        }
        try folder.write(shop.text, String(repeating: "x", count: 17_000), mode: 0o600)
        #expect(throws: CredentialError.tooLarge(path: path)) { try store().credential(for: shop) }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func `a file of another user is refused`() throws {
        try folder.write(shop.text, "shpat_canary", mode: 0o600)
        let path = folder.path + "/" + shop.text
        #expect(chown(path, 12_345, 0) == 0)
        #expect(throws: CredentialError.otherOwner(path: path, owner: 12_345, user: 0)) {
            try store().credential(for: shop)
        }
    }

    @Test(arguments: ["pass: # word", "pass: # word\n", "pass: # word\r\n"])
    func `the mail server's password is the one line as it stands`(content: String) throws {
        try folder.write("smtp", content, mode: 0o600)
        let secret = try store().mailPassword()
        #expect(secret.reveal() == "pass: # word")
        #expect("\(secret)" == "<secret>")
    }

    @Test(arguments: [
        ("", CredentialProblem.noPassword), ("\n", .noPassword), ("one\ntwo\n", .manyLines), ("a\tb", .manyLines),
        (String(repeating: "x", count: 513), .manyLines),
    ])
    func `what is no password is refused`(content: String, problem: CredentialProblem) throws {
        try folder.write("smtp", content, mode: 0o600)
        #expect(throws: CredentialError.content(path: folder.path + "/smtp", problem)) { try store().mailPassword() }
    }

    @Test
    func `a password file that others can read is refused`() throws {
        try folder.write("smtp", "word", mode: 0o644)
        #expect(throws: CredentialError.openToOthers(path: folder.path + "/smtp", mode: 0o644)) {
            try store().mailPassword()
        }
    }

    @Test
    func `without a folder nothing is guessed`() throws {
        let store = CredentialStore(folder: nil, environment: SettingsEnvironment(variables: [:], isRoot: true))
        #expect(throws: CredentialError.noFolder(of: "a.myshopify.com")) { try store.credential(for: shop) }
    }

    @Test
    func `the settings' folder goes before systemd's`() throws {
        try folder.write(shop.text, "shpat_canary", mode: 0o600)
        let settings = try parsed(minimal("credentials: \(folder.path)"))
        let store = CredentialStore(
            settings: settings,
            environment: SettingsEnvironment(variables: ["CREDENTIALS_DIRECTORY": "/nowhere"], isRoot: false)
        )
        #expect(try store.credential(for: shop) == .token(Secret("shpat_canary")))
    }

    @Test
    func `no printed form shows a secret`() throws {
        struct Holder {
            let secret: Secret
            let more: [String: Secret?]
            let credential: StoreCredential
        }
        let secret = Secret("shpat_canary")
        let holder = Holder(secret: secret, more: ["a": secret], credential: .client(id: "abc", secret: secret))
        var shown = ""
        dump(secret, to: &shown)
        dump(holder, to: &shown)
        dump(StoreCredential.token(secret), to: &shown)
        debugPrint(secret, holder, [secret], to: &shown)
        print(secret, holder, StoreCredential.token(secret), [secret] as [Any], to: &shown)
        shown += "\(secret) \(holder) \(String(reflecting: holder)) \(String(describing: Optional(secret)))"
        shown += String(reflecting: Mirror(reflecting: secret).children.map { $0 })
        #expect(!shown.contains("canary"))
        #expect(shown.contains("<secret>"))
        #expect(!(secret is any Encodable))
        #expect(secret == Secret("shpat_canary"))
        #expect(secret != Secret("shpat_canarz"))
    }
}
