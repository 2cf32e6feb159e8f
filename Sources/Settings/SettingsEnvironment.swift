/// What of the surroundings a settings file's defaults depend on.
public struct SettingsEnvironment: Sendable, Hashable {
    /// The process's environment: `STATE_DIRECTORY`, `CREDENTIALS_DIRECTORY` and `HOME` are looked at.
    public let variables: [String: String]
    /// Whether the process runs as root.
    public let isRoot: Bool
    /// The folder from which a relative path of the settings file itself starts; never relative.
    public let currentFolder: String

    /// Puts the parts together; a current folder that is not whole counts as below `/`.
    public init(variables: [String: String], isRoot: Bool, currentFolder: String = "/") {
        self.variables = variables
        self.isRoot = isRoot
        self.currentFolder = currentFolder.path(from: "/")
    }

    /// The folder of a settings file, written from the root on: relative paths in the file start there.
    func folder(ofSettingsFile file: String) -> String {
        file.path(from: currentFolder).folderOfPath
    }

    /// The state folder when the file names none; `nil` where there is no home either.
    ///
    /// systemd may hand over several folders with colons between; the first is taken.
    var defaultState: String? {
        if let given = variables["STATE_DIRECTORY"]?.split(separator: ":").first {
            return String(given).path(from: currentFolder)
        }
        if isRoot { return "/var/lib/synctec" }
        guard let home = variables["HOME"], home.hasPrefix("/") else { return nil }
        return home.withoutSlashAtEnd + "/.local/state/synctec"
    }
}

extension String {
    /// The same folder, written without slashes at its end.
    var withoutSlashAtEnd: String {
        var text = self[...]
        while text.count > 1, text.last == "/" { text.removeLast() }
        return String(text)
    }

    /// A path as seen from a folder: itself where it is whole.
    func path(from folder: String) -> String {
        if hasPrefix("/") { return withoutSlashAtEnd }
        let plain = hasPrefix("./") ? String(dropFirst(2)) : self
        return (folder == "/" ? "/" : folder + "/") + plain.withoutSlashAtEnd
    }

    /// The folder a whole path lies in.
    fileprivate var folderOfPath: String {
        guard let slash = lastIndex(of: "/") else { return "/" }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
