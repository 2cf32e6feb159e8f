import Catalog
import Glibc
import Settings
import Testing

/// Credential folders that systemd and Kubernetes make. (CF-2)
struct MountedSecretTests {
    private let shop: ShopDomain
    private let folder: TemporaryFolder

    init() throws {
        shop = try #require(ShopDomain("a.myshopify.com"))
        folder = try TemporaryFolder()
    }

    private func token(systemd: Bool = false) throws -> StoreCredential {
        let variables = systemd ? ["CREDENTIALS_DIRECTORY": folder.path] : [:]
        return try CredentialStore(
            folder: systemd ? nil : folder.path,
            environment: SettingsEnvironment(variables: variables, isRoot: false)
        ).credential(for: shop)
    }

    @Test
    func `a folder that a unit loaded as a whole is read, a file of its own goes first`() throws {
        try folder.write("synctec_\(shop)", "shpat_folder", mode: 0o440)
        #expect(try token(systemd: true) == .token(Secret("shpat_folder")))
        try folder.write(shop.text, "shpat_own", mode: 0o400)
        #expect(try token(systemd: true) == .token(Secret("shpat_own")))
    }

    @Test
    func `elsewhere the name of a loaded file is not guessed`() throws {
        try folder.write("synctec_\(shop)", "shpat_folder", mode: 0o400)
        #expect(throws: CredentialError.self) { try token() }
    }

    /// As Kubernetes lays a secret's files out.
    private func mount(_ version: String = "..2026_11_23_10_00_00.1", mode: UInt32 = 0o440) throws {
        #expect(mkdir("\(folder.path)/\(version)", 0o755) == 0)
        try folder.write("\(version)/\(shop)", "shpat_mounted", mode: mode)
        #expect(symlink(version, "\(folder.path)/..data") == 0)
        #expect(symlink("..data/\(shop)", "\(folder.path)/\(shop)") == 0)
    }

    @Test
    func `a secret that Kubernetes mounted is read, also for the group of the pod`() throws {
        try mount()
        #expect(try token() == .token(Secret("shpat_mounted")))
    }

    @Test
    func `a mounted secret that everybody may read is refused`() throws {
        try mount(mode: 0o644)
        #expect(throws: CredentialError.openToOthers(path: "\(folder.path)/\(shop)", mode: 0o644)) { try token() }
    }

    @Test(arguments: ["real", "../real", "..data/real", "/etc/hostname", "..data/../real"])
    func `no other link is followed`(target: String) throws {
        try mount()
        try folder.write("real", "shpat_elsewhere", mode: 0o600)
        let path = "\(folder.path)/\(shop)"
        unlink(path)
        #expect(symlink(target, path) == 0)
        #expect(throws: CredentialError.notPlainFile(path: path)) { try token() }
    }

    @Test(arguments: ["elsewhere", "..", "../..x", "/tmp"])
    func `the version of a mounted secret is a folder beside it`(version: String) throws {
        try mount()
        #expect(mkdir("\(folder.path)/elsewhere", 0o755) == 0)
        try folder.write("elsewhere/\(shop)", "shpat_elsewhere", mode: 0o600)
        unlink("\(folder.path)/..data")
        #expect(symlink(version, "\(folder.path)/..data") == 0)
        #expect(throws: CredentialError.notPlainFile(path: "\(folder.path)/\(shop)")) { try token() }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give links away"))
    func `a link that another user made is not followed`() throws {
        try mount()
        let path = "\(folder.path)/\(shop)"
        #expect(lchown(path, 12_345, 0) == 0)
        #expect(throws: CredentialError.notPlainFile(path: path)) { try token() }
    }
}
