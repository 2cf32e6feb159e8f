import ArgumentParser
import Foundation

/// What a unit of systemd is named after its `@`: a stage, or the name of a settings file, a colon and a stage.
struct RunInstance: ExpressibleByArgument, Hashable {
    /// The stage, not checked yet.
    let stage: String
    private let name: String

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let stage = parts.last, parts.allSatisfy(Self.isName) else { return nil }
        self.stage = String(stage)
        name = parts.count == 2 ? String(parts[0]) : "synctec"
    }

    /// The settings file: in the current folder where it is there, else in `/etc/synctec`.
    var settingsFile: String {
        let file = "\(name).yaml"
        return FileManager.default.fileExists(atPath: file) ? file : "/etc/synctec/\(file)"
    }

    /// Whether it can be a file's name and leads nowhere else.
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { byte in
            byte < 0x80 && (Unicode.Scalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte))
                || "._-".utf8.contains(byte)
        }
    }
}
