import FoundationEssentials
import Glibc

/// Runs one of Postgres' programs and waits for it; blocks.
struct ServerCommand {
    /// Path and arguments.
    let words: [String]
    let account: ServerAccount

    /// How the program ended, and what it printed.
    struct Result {
        let status: Int32
        let output: [String]
    }

    /// Runs the program with a bare environment and no open file of ours but one for its output, so that a server it leaves
    /// behind holds nothing of ours.
    func run() throws(DatabaseError) -> Result {
        let name = words.first ?? ""
        let output = try temporaryFile()
        defer { close(output) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        for descriptor in openDescriptors() { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setpgroup(&attributes, 0)  // a Ctrl-C at the terminal is for us alone
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP)
        )

        let line = ["/usr/bin/env", "-C", "/"] + account.prefix + words  // our folder may be closed to the account
        let environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8"]
        var child: pid_t = 0
        let failure = withArguments(line) { arguments in
            withArguments(environment) { posix_spawn(&child, line.first ?? "", &actions, &attributes, arguments, $0) }
        }
        guard failure == 0 else {
            throw .privateServer(detail: "\(name) cannot be run: \(String(cString: strerror(failure)))", log: [])
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let exited = status & 0x7F == 0
        return Result(status: exited ? status >> 8 & 0xFF : 128 + status & 0x7F, output: lines(of: output))
    }

    /// Runs the program; anything but status 0 is a failure that quotes what it printed.
    func runSuccessfully() throws(DatabaseError) {
        let result = try run()
        guard result.status == 0 else {
            throw .privateServer(
                detail: "\(words.first ?? "") ended with status \(result.status)",
                log: Array(result.output.suffix(12))
            )
        }
    }

    private func temporaryFile() throws(DatabaseError) -> Int32 {
        var template = Array("/tmp/synctec-output-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw .privateServer(detail: "no temporary file in /tmp: \(lastSystemError())", log: [])
        }
        template.withUnsafeBufferPointer { path in
            if let base = path.baseAddress { _ = unlink(base) }
        }
        return descriptor
    }

    /// Our open files but the three standard ones.
    private func openDescriptors() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { $0 > 2 }
    }

    private func lines(of descriptor: Int32) -> [String] {
        lseek(descriptor, 0, SEEK_SET)
        return readLines(descriptor, last: 64 * 1024)
    }
}

/// Reads what is left of an open file, at most so many bytes, as lines without blank ones.
func readLines(_ descriptor: Int32, last limit: Int) -> [String] {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = max(0, read(descriptor, &bytes, limit))
    return String(decoding: bytes.prefix(count), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
}

/// Lends a NULL-ended argument list.
private func withArguments<Result>(
    _ words: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var copies: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return copies.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("the list holds at least its end") }
        return body(base)
    }
}
