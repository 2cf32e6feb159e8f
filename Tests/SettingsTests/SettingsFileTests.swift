import Settings
import Testing

struct SettingsFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func load(_ name: String) throws(SettingsErrors) -> TeamSettings {
        try TeamSettings.load(file: folder.path + "/" + name, environment: plainEnvironment)
    }

    @Test
    func `a file is read, with a byte order mark and other line ends too`() throws {
        try folder.write("a.yaml", "\u{FEFF}" + minimal("reports: out").replacing("\n", with: "\r\n"))
        #expect(try load("a.yaml").reports == folder.path + "/out")
    }

    @Test(arguments: [
        ("missing.yaml", ": No such file or directory; synctec init writes a settings file to start from"),
        ("large.yaml", ": has over 1048576 bytes; the most is 1048576"),
        ("latin.yaml", ": not UTF-8; save the file as UTF-8"),
        ("", ": Is a directory"),
    ])
    func `a file that is not there, too large or no text is refused in one line (CF-6)`(name: String, line: String)
        throws
    {
        try folder.write("large.yaml", "#" + String(repeating: "x", count: 1 << 20))
        try folder.write("latin.yaml", bytes: [0x74, 0xE9, 0x0A])
        let path = folder.path + "/" + name
        let error = #expect(throws: SettingsErrors.self) { try load(name) }
        #expect(error?.description == path + line)
    }
}
