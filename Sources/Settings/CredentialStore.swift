public import Catalog
import Glibc

/// The folder of credential files, one per shop, each named for the shop's domain, and `smtp` for the mail server.
///
/// A file has to be plain (no link), at most 16 KiB, of mode 0400 or 0600, and owned by the running user or root. Below
/// `$CREDENTIALS_DIRECTORY` the folder is systemd's: a ramfs that only the unit's user can enter, its files owned by root
/// or that user with mode 0400, or 0440 with an access list that lets the unit's user in. There 0440 is taken as well, and so it
/// is in a secret that Kubernetes mounted (``MountedSecret``), where root owns the files and the pod's group may read them;
/// anything others could read or anybody else could write is refused there, too (systemd, "System and Service
/// Credentials"). Where a unit loads a whole folder, systemd puts the credential's name and `_` before each file's.
public struct CredentialStore: Sendable {
    static let mostBytes = 16 * 1024
    /// What stands before the files' names where the units load a folder: `LoadCredential=synctec:FOLDER`.
    static let loadedFolderPrefix = "synctec_"

    private let folder: String?
    private let isSystemd: Bool

    /// The folder the settings name, else systemd's; opens nothing yet.
    public init(settings: TeamSettings, environment: SettingsEnvironment) {
        self.init(folder: settings.credentials, environment: environment)
    }

    /// A folder, else systemd's; opens nothing yet.
    public init(folder: String?, environment: SettingsEnvironment) {
        let given = environment.variables["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0.withoutSlashAtEnd }
        self.folder = folder ?? given
        isSystemd = given != nil && self.folder == given
    }

    /// Reads the shop's file; every call reads it anew, so that a renewed secret counts at once.
    ///
    /// - Returns: the credential, which prints as `<secret>`.
    /// - Throws: a ``CredentialError`` with the path, what is wrong and what mends it.
    public func credential(for shop: ShopDomain) throws(CredentialError) -> StoreCredential {
        guard let folder else { throw .noFolder(of: shop.text) }
        let path = self.path(of: shop.text, in: folder)
        let content = try read(path, holding: "the token of \(shop)")
        do {
            return try StoreCredential(fileContent: content)
        } catch {
            throw .content(path: path, error)
        }
    }

    /// Reads the password of the mail server from the file `smtp`: its one line as it stands.
    ///
    /// - Throws: a ``CredentialError`` with the path, what is wrong and what mends it.
    public func mailPassword() throws(CredentialError) -> Secret {
        guard let folder else { throw .noFolder(of: "smtp") }
        let path = self.path(of: "smtp", in: folder)
        let content = try read(path, holding: "the password of the mail server")
        var lines = content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard let line = lines.first, !line.isEmpty else { throw .content(path: path, .noPassword) }
        guard lines.count == 1, line.utf8.count <= 512, line.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw .content(path: path, .manyLines)
        }
        return Secret(String(line))
    }

    /// The file of that name, unless there is only one that systemd loaded with its folder.
    private func path(of name: String, in folder: String) -> String {
        let plain = "\(folder)/\(name)"
        let loaded = "\(folder)/\(Self.loadedFolderPrefix)\(name)"
        return isSystemd && access(plain, F_OK) != 0 && access(loaded, F_OK) == 0 ? loaded : plain
    }

    private func read(_ path: String, holding content: String) throws(CredentialError) -> String {
        // Not blocking: a pipe in the file's place must not stop the run.
        let file = try OpenFile(path, holding: content)
        try check(try file.status, isMounted: file.isMounted, path: path)
        let bytes = try file.bytes(atMost: Self.mostBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .content(path: path, .notPlain) }
        return text
    }

    private func check(_ status: stat, isMounted: Bool, path: String) throws(CredentialError) {
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notPlainFile(path: path) }
        let mode = UInt32(status.st_mode & 0o7777)
        let user = UInt32(geteuid())
        guard status.st_uid == user || status.st_uid == 0 else {
            throw .otherOwner(path: path, owner: UInt32(status.st_uid), user: user)
        }
        let taken: Set<UInt32> = isSystemd || isMounted ? [0o400, 0o440, 0o600] : [0o400, 0o600]
        guard taken.contains(mode) else { throw .openToOthers(path: path, mode: mode) }
        guard status.st_size <= Self.mostBytes else { throw .tooLarge(path: path) }
    }
}

/// A file that is open for reading and closes itself; links are not followed, but for those of a mounted secret.
private struct OpenFile: ~Copyable {
    /// Whether it is a file of a secret that Kubernetes mounted.
    let isMounted: Bool
    private let descriptor: Int32
    private let path: String

    init(_ path: String, holding content: String) throws(CredentialError) {
        let plain = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        let failure = errno
        let mounted = plain < 0 && failure == ELOOP ? MountedSecret(path: path) : nil
        isMounted = mounted != nil
        descriptor = mounted?.descriptor ?? plain
        self.path = path
        guard descriptor >= 0 else {
            switch failure {
            case ENOENT: throw .missing(path: path, content: content)
            case ELOOP: throw .notPlainFile(path: path)
            default: throw .unreadable(path: path, reason: String(cString: strerror(failure)))
            }
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Of the open file, so that nothing can be put in its place in between.
    var status: stat {
        get throws(CredentialError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else {
                throw .unreadable(path: path, reason: String(cString: strerror(errno)))
            }
            return status
        }
    }

    func bytes(atMost limit: Int) throws(CredentialError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count <= limit {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
            if got == 0 { break }
            count += got
        }
        guard count <= limit else { throw .tooLarge(path: path) }
        return Array(bytes[..<count])
    }
}
