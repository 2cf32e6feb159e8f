import Glibc

/// The operating system's own calls (POSIX.1-2017); an interrupted one is made again.
struct SystemFileCalls: FileCalls {
    func openRoot(_ path: String) throws(FileFailure) -> Int32 {
        try checked { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }

    func makeRoot(_ path: String) throws(FileFailure) {
        _ = try checked { mkdir(path, 0o700) }
        let folder = try openRoot(path)
        defer { _ = Glibc.close(folder) }
        _ = try checked { fchmod(folder, 0o700) }
    }

    func makeFolder(_ name: String, in folder: Int32) throws(FileFailure) {
        _ = try checked { mkdirat(folder, name, 0o700) }
        let made = try openFolder(name, in: folder)
        defer { _ = Glibc.close(made) }
        _ = try checked { fchmod(made, 0o700) }
    }

    func openFolder(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try checked { openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    }

    func createFile(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        let file = try checked { openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        do {
            _ = try checked { fchmod(file, 0o600) }
        } catch {
            _ = Glibc.close(file)
            throw error
        }
        return file
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(FileFailure) -> Int {
        try checked { Glibc.write(file, bytes.baseAddress, bytes.count) }
    }

    func sync(_ file: Int32) throws(FileFailure) {
        _ = try checked { fsync(file) }
    }

    func close(_ file: Int32) throws(FileFailure) {
        // Linux has closed the descriptor even where it says it was interrupted: never closed twice.
        guard Glibc.close(file) == 0 || errno == EINTR else { throw FileFailure(code: errno) }
    }

    func exists(_ name: String, in folder: Int32) throws(FileFailure) -> Bool {
        var status = stat()
        do {
            _ = try checked { fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) }
            return true
        } catch {
            guard error.code == ENOENT else { throw error }
            return false
        }
    }

    func rename(_ name: String, to other: String, in folder: Int32) throws(FileFailure) {
        _ = try checked { renameat(folder, name, folder, other) }
    }

    func removeFile(_ name: String, in folder: Int32) throws(FileFailure) {
        _ = try checked { unlinkat(folder, name, 0) }
    }

    func removeFolder(_ name: String, in folder: Int32) throws(FileFailure) {
        _ = try checked { unlinkat(folder, name, AT_REMOVEDIR) }
    }

    func freeBytes(at folder: Int32) throws(FileFailure) -> UInt64 {
        var status = statvfs()
        _ = try checked { fstatvfs(folder, &status) }
        return UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue
    }

    private func checked<Result: SignedInteger>(_ call: () -> Result) throws(FileFailure) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let code = errno
            guard code == EINTR else { throw FileFailure(code: code) }
        }
    }
}
