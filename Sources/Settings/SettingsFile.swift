import Glibc

extension TeamSettings {
    /// Reads a settings file and checks it as a whole.
    ///
    /// - Returns: the settings, with every default filled in.
    /// - Throws: every error at once; a file that can't be read, is over 1 MiB or not UTF-8 is one.
    public static func load(file: String, environment: SettingsEnvironment) throws(SettingsErrors) -> TeamSettings {
        try parse(text: try SettingsFile(path: file).text, file: file, environment: environment)
    }
}

/// The text of a settings file, read no further than its limit.
private struct SettingsFile {
    let text: String

    init(path: String) throws(SettingsErrors) {
        func refused(_ problem: String, _ allowed: String? = nil) -> SettingsErrors {
            SettingsErrors([
                SettingsError(file: path, position: nil, key: "", problem: problem, allowed: allowed)
            ])
        }
        guard let file = fopen(path, "re") else {
            throw refused(String(cString: strerror(errno)), "synctec init writes a settings file to start from")
        }
        defer { fclose(file) }
        let limit = SettingsDocument.mostBytes
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw refused(String(cString: strerror(errno))) }
        guard count <= limit else { throw refused("has over \(limit) bytes", "the most is \(limit)") }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw refused("not UTF-8", "save the file as UTF-8")
        }
        self.text = text
    }
}
