import Foundation

/// A mail as Python's library understands it.
struct ReadMail: Decodable {
    struct Attachment: Decodable {
        let name: String
        let type: String
        let bytes: Data
    }

    let headers: [[String]]
    let defects: [String]
    let structure: [String]
    let text: String
    let html: String
    let attachments: [Attachment]
    let longestLine: Int
    let bareLineEnds: Int
    let eightBit: Int

    /// The values of a header.
    func header(_ name: String) -> [String] {
        headers.filter { $0.first?.lowercased() == name.lowercased() }.compactMap(\.last)
    }

    init(_ bytes: [UInt8]) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Support/read_mail.py")
        let answer = try Python.run(["-I", script.path], input: Data(bytes))
        self = try JSONDecoder().decode(ReadMail.self, from: answer)
    }
}

enum Python {
    struct Failure: Error {}

    /// Runs Python over some input; the output is read while the input is still being written.
    static func run(_ arguments: [String], input: Data) throws -> Data {
        let file = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return answer
    }
}
