import Glibc
import Reporting

/// File calls with the words for what was tried where, so that each failure can be told.
struct FileSteps {
    /// How many names are tried before a folder is called crowded.
    static let mostNames = 99

    let calls: any FileCalls

    /// Makes a call; its failure is told with these words.
    func run<Result>(
        _ doing: String,
        _ path: String,
        _ call: (any FileCalls) throws(FileFailure) -> Result
    ) throws(FileProblem) -> Result {
        do throws(FileFailure) {
            return try call(calls)
        } catch {
            throw FileProblem(doing: doing, path: path, code: error.code)
        }
    }

    /// Makes a folder in another.
    func makeFolder(
        _ name: String,
        in folder: borrowing OpenDescriptor,
        path: String,
        mayExist: Bool = false
    ) throws(FileProblem) {
        do throws(FileFailure) {
            try calls.makeFolder(name, in: folder.number)
        } catch {
            guard mayExist, error.code == EEXIST else {
                throw FileProblem(doing: "make the folder", path: "\(path)/\(name)", code: error.code)
            }
        }
    }

    /// Opens a folder in another, never through a link.
    func openFolder(
        _ name: String,
        in folder: borrowing OpenDescriptor,
        path: String
    ) throws(FileProblem) -> OpenDescriptor {
        let number = folder.number
        return OpenDescriptor(
            try run("open the folder", "\(path)/\(name)") { calls throws(FileFailure) in
                try calls.openFolder(name, in: number)
            }
        )
    }

    /// Brings a folder's names onto the disk.
    func sync(_ folder: borrowing OpenDescriptor, path: String) throws(FileProblem) {
        let number = folder.number
        try run("bring to the disk", path) { calls throws(FileFailure) in try calls.sync(number) }
    }

    /// The name, or the name with the first number from 2 on that is not taken.
    func unusedName(
        _ name: String,
        in folder: borrowing OpenDescriptor,
        path: String
    ) throws(FileProblem) -> String {
        let number = folder.number
        for attempt in 1...Self.mostNames {
            let candidate = attempt == 1 ? name : "\(name)-\(attempt)"
            let isTaken = try run("look for the name", "\(path)/\(candidate)") { calls throws(FileFailure) in
                try calls.exists(candidate, in: number)
            }
            if !isTaken { return candidate }
        }
        throw FileProblem(doing: "find an unused name", path: "\(path)/\(name)", code: EEXIST)
    }

    /// Makes a file, lets it be filled, brings it to the disk and closes it.
    func writeFile(
        _ name: String,
        in folder: borrowing OpenDescriptor,
        path: String,
        _ fill: (OpenFile) throws(FileProblem) -> Void
    ) throws(FileProblem) {
        let number = folder.number
        let path = "\(path)/\(name)"
        let descriptor = OpenDescriptor(
            try run("make the file", path) { calls throws(FileFailure) in try calls.createFile(name, in: number) }
        )
        let file = descriptor.number
        try fill(OpenFile(number: file, path: path, steps: self))
        try run("bring to the disk", path) { calls throws(FileFailure) in try calls.sync(file) }
        let released = descriptor.release()
        try run("close", path) { calls throws(FileFailure) in try calls.close(released) }
    }

    /// A file being filled.
    struct OpenFile {
        fileprivate let number: Int32
        fileprivate let path: String
        fileprivate let steps: FileSteps

        /// Writes what the writer holds, in as many calls as it takes.
        func write(_ csv: borrowing CSVWriter) throws(FileProblem) {
            try csv.withBytes { bytes throws(FileProblem) in try write(bytes) }
        }

        /// Writes all the bytes, in as many calls as it takes.
        func write(_ bytes: [UInt8]) throws(FileProblem) {
            // withUnsafeBytes rethrows untyped; a result carries the typed error out of it.
            let result: Result<Void, FileProblem> = bytes.withUnsafeBytes { bytes in
                do throws(FileProblem) { return .success(try write(bytes)) } catch { return .failure(error) }
            }
            try result.get()
        }

        /// Writes all the bytes, in as many calls as it takes.
        func write(_ bytes: UnsafeRawBufferPointer) throws(FileProblem) {
            var offset = 0
            while offset < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
                let count = try steps.run("write", path) { calls throws(FileFailure) in
                    try calls.write(rest, to: number)
                }
                guard count > 0 else { throw FileProblem(doing: "write", path: path, code: EIO) }
                offset += count
            }
        }
    }
}
