import Foundation

/// One line of the history: one run of one program.
struct Measurement: Codable, Sendable {
    /// ISO 8601, UTC.
    let at: String
    /// What was measured, such as `compare`.
    let benchmark: String
    let program: String
    /// Variants a side, or rows.
    let size: Int
    let commit: String
    let machine: String
    let cost: ProcessCost
}

/// The measurements of all time, one JSON object a line.
struct History: Sendable {
    let path: String
    private let commit: String
    private let machine: String

    init(_ path: String) {
        self.path = path
        commit = Self.commit()
        var name = utsname()
        uname(&name)
        machine = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// Appends one run and gives it back.
    @discardableResult
    func add(_ benchmark: String, _ program: String, size: Int, _ cost: ProcessCost) throws -> Measurement {
        let measurement = Measurement(
            at: Date.now.formatted(.iso8601),
            benchmark: benchmark,
            program: program,
            size: size,
            commit: commit,
            machine: machine,
            cost: cost
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(measurement) + Data("\n".utf8)
        if !FileManager.default.fileExists(atPath: path) {
            let folder = URL(filePath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: path))
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: line)
        return measurement
    }

    /// All measurements so far, oldest first.
    func all() throws -> [Measurement] {
        try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Measurement.self, from: $0)
        }
    }

    private static func commit() -> String {
        let folder = FileManager.default.temporaryDirectory.path
        let file = "\(folder)/synctec-benchmark-\(getpid())-commit"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let program = MeasuredProgram(words: ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"])
        guard (try? program.run(output: file, errors: "/dev/null")) != nil,
            let text = try? String(contentsOfFile: file, encoding: .utf8)
        else { return "unknown" }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
