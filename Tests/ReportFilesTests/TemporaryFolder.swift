import Glibc

/// A folder that goes away with its test.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/synctec-reports-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(code: errno) }
        path = String(cString: made)
    }

    deinit {
        for name in contents().reversed() { _ = remove("\(path)/\(name)") }
        _ = rmdir(path)
    }

    struct Failure: Error {
        let code: Int32
    }

    /// Everything below, as paths relative to the folder, sorted; hidden names too, links not followed.
    func contents(_ below: String = "") -> [String] {
        guard let folder = opendir("\(path)/\(below)") else { return [] }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let relative = below.isEmpty ? name : "\(below)/\(name)"
            found.append(relative)
            if kind(relative) == S_IFDIR { found += contents(relative) }
        }
        return found.sorted()
    }

    /// The file's text.
    func text(_ relative: String) throws -> String {
        guard let file = fopen("\(path)/\(relative)", "r") else { throw Failure(code: errno) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes a file with this text.
    func put(_ text: String, _ relative: String) throws {
        guard let file = fopen("\(path)/\(relative)", "w") else { throw Failure(code: errno) }
        defer { fclose(file) }
        fputs(text, file)
    }

    /// The type bits of the name itself.
    func kind(_ relative: String) -> mode_t { status(relative).st_mode & S_IFMT }

    /// The permission bits.
    func mode(_ relative: String) -> mode_t { status(relative).st_mode & 0o7777 }

    private func status(_ relative: String) -> stat {
        var status = stat()
        _ = lstat("\(path)/\(relative)", &status)
        return status
    }
}
