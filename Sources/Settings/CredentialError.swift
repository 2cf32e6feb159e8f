/// Why a store's secret could not be had; never shows the secret.
///
/// Exit status USAGE (64).
public enum CredentialError: Error, Sendable, Hashable {
    /// Neither the settings nor `$CREDENTIALS_DIRECTORY` name a folder.
    case noFolder(of: String)
    /// There is no such file; `content` says what it has to hold.
    case missing(path: String, content: String)
    /// A symbolic link, a folder, a device: anything but a plain file.
    case notPlainFile(path: String)
    /// Others than its owner can read or write it; `mode` holds the permission bits.
    case openToOthers(path: String, mode: UInt32)
    /// It belongs to somebody else than the user who runs this, or root.
    case otherOwner(path: String, owner: UInt32, user: UInt32)
    /// It is larger than any credential.
    case tooLarge(path: String)
    /// The system refused to open or read it.
    case unreadable(path: String, reason: String)
    /// What it holds is not a credential.
    case content(path: String, CredentialProblem)
}

extension CredentialError: CustomStringConvertible {
    /// What is wrong and the command or the file that mends it.
    public var description: String {
        switch self {
        case .noFolder(let file):
            "\(file): no folder for credential files: set credentials in the settings, or start with LoadCredential="
        case .missing(let path, let content):
            "\(path): no such file: it has to hold \(content), mode 0600"
        case .notPlainFile(let path):
            "\(path): not a plain file: links are not followed, put the secret into the file itself"
        case .openToOthers(let path, let mode):
            "\(path): mode \(Self.octal(mode)) lets others in: chmod 0600 '\(path)', and renew the secret if it may be known"
        case .otherOwner(let path, let owner, let user):
            "\(path): belongs to user \(owner), not to user \(user) who runs this: chown \(user) '\(path)'"
        case .tooLarge(let path):
            "\(path): over \(CredentialStore.mostBytes) bytes, which no credential has"
        case .unreadable(let path, let reason):
            "\(path): \(reason)"
        case .content(let path, let problem):
            "\(path): \(problem)"
        }
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
