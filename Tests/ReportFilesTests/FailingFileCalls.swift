import Glibc
import Synchronization

@testable import ReportFiles

/// The system's own calls, of which one fails: by its number, counted from 0.
///
/// Writes are short, so that one file takes several.
///
/// From that call on, everything that needs room may go on failing, as a full disk does.
final class FailingFileCalls: FileCalls {
    private let system = SystemFileCalls()
    private let failing: Int
    private let code: Int32
    private let isLasting: Bool
    private let shortest: Int
    private let log = Mutex<[String]>([])

    /// Lets the call of that number fail; `.max` lets none.
    init(failing: Int = .max, code: Int32 = ENOSPC, isLasting: Bool = false, shortest: Int = 300) {
        self.failing = failing
        self.code = code
        self.isLasting = isLasting
        self.shortest = shortest
    }

    /// The calls so far, by name.
    var made: [String] { log.withLock(\.self) }

    private func count(_ call: String, needsRoom: Bool = true) throws(FileFailure) {
        let number = log.withLock { made in
            made.append(call)
            return made.count - 1
        }
        guard number == failing || (isLasting && needsRoom && number > failing) else { return }
        throw FileFailure(code: code)
    }

    func openRoot(_ path: String) throws(FileFailure) -> Int32 {
        try count("openRoot", needsRoom: false)
        return try system.openRoot(path)
    }

    func makeRoot(_ path: String) throws(FileFailure) {
        try count("makeRoot")
        try system.makeRoot(path)
    }

    func makeFolder(_ name: String, in folder: Int32) throws(FileFailure) {
        try count("makeFolder \(name)")
        try system.makeFolder(name, in: folder)
    }

    func openFolder(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try count("openFolder", needsRoom: false)
        return try system.openFolder(name, in: folder)
    }

    func createFile(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try count("createFile \(name)")
        return try system.createFile(name, in: folder)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(FileFailure) -> Int {
        try count("write")
        return try system.write(UnsafeRawBufferPointer(rebasing: bytes.prefix(shortest)), to: file)
    }

    func sync(_ file: Int32) throws(FileFailure) {
        try count("sync")
        try system.sync(file)
    }

    func close(_ file: Int32) throws(FileFailure) {
        try system.close(file)
        try count("close")
    }

    func exists(_ name: String, in folder: Int32) throws(FileFailure) -> Bool {
        try count("exists", needsRoom: false)
        return try system.exists(name, in: folder)
    }

    func rename(_ name: String, to other: String, in folder: Int32) throws(FileFailure) {
        try count("rename")
        try system.rename(name, to: other, in: folder)
    }

    func removeFile(_ name: String, in folder: Int32) throws(FileFailure) {
        try count("removeFile", needsRoom: false)
        try system.removeFile(name, in: folder)
    }

    func removeFolder(_ name: String, in folder: Int32) throws(FileFailure) {
        try count("removeFolder", needsRoom: false)
        try system.removeFolder(name, in: folder)
    }

    func freeBytes(at folder: Int32) throws(FileFailure) -> UInt64 {
        try count("freeBytes", needsRoom: false)
        return try system.freeBytes(at: folder)
    }
}
