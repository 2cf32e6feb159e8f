import Glibc

/// A file of a secret that Kubernetes mounted, opened through the links that such a folder is made of.
///
/// Kubernetes renews all files of a volume at once: `NAME` is a link to `..data/NAME`, and `..data` one to a folder beside it
/// whose name begins with two dots ("Secrets", "Mounted Secrets are updated automatically"). Only just that is followed: no link
/// that leads out of the folder or was made by anybody but root or the running user.
struct MountedSecret {
    /// The open file, the caller's to close; not checked itself.
    let descriptor: Int32

    /// Opens the file; `nil` where its folder is not made like that.
    init?(path: String) {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        let name = String(path[path.index(after: slash)...])
        let root = open(String(path[...slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { return nil }
        defer { close(root) }
        guard Self.link(name, in: root) == "..data/\(name)", let version = Self.link("..data", in: root),
            version.hasPrefix(".."), version.utf8.count > 2, !version.utf8.contains(UInt8(ascii: "/"))
        else { return nil }
        let inner = openat(root, version, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0 else { return nil }
        defer { close(inner) }
        var status = stat()
        guard fstat(inner, &status) == 0, Self.isTrusted(status.st_uid) else { return nil }
        descriptor = openat(inner, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    /// Where a link points to; `nil` for anything else, and for a link that somebody else made.
    private static func link(_ name: String, in folder: Int32) -> String? {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFLNK,
            isTrusted(status.st_uid)
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlinkat(folder, name, $0, text.count) } ?? -1
            }
        }
        guard count > 0, count < bytes.count else { return nil }
        return String(validating: bytes[..<count], as: UTF8.self)
    }

    private static func isTrusted(_ owner: uid_t) -> Bool {
        owner == 0 || owner == geteuid()
    }
}
