import Foundation
import Glibc

/// Where things are: the built programs, the repository, and what lies beside it on some machines only.
enum Place {
    /// The built command, beside the program that runs the tests.
    static let synctec = built("synctec")
    /// The built simulator.
    static let simulator = built("synctec-simulator")

    /// The repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A file beside the repository, such as real exports; nil where this machine has none.
    static func shared(_ path: String) -> String? {
        let file = root.deletingLastPathComponent().appending(path: "shared").appending(path: path).path
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    /// A program of this system, found where systems keep them.
    static func program(_ name: String) -> String? {
        ["/usr/bin/\(name)", "/bin/\(name)", "/usr/local/bin/\(name)"].first { access($0, X_OK) == 0 }
    }

    /// What a program needs to run, and nothing of this process's own environment.
    static func environment(home: String) -> [String: String] {
        ["PATH": "/usr/bin:/bin:/usr/local/bin", "LANG": "C.UTF-8", "HOME": home, "TERM": "dumb"]
    }

    /// How temporary folders begin, before the number of the process that made them.
    static let temporaryPrefix = "/tmp/sx-"

    /// A new folder that any account may pass through: as root the private database runs as another.
    static func temporaryFolder() throws -> String {
        var template = Array("\(temporaryPrefix)\(getpid())-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(path, 0o711)
        return path
    }

    private static func built(_ name: String) -> String {
        let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        return folder.appending(path: name).path
    }
}
