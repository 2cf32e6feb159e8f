import Foundation
import Glibc
import Synchronization

/// A program that was started: its output goes to files, its signals are its own.
///
/// Spawned by hand: a `Process` started from a task hands its blocked signals down, and SIGTERM would never arrive.
final class Child: Sendable {
    /// How a program ended, and all it said.
    struct Ended: Sendable {
        /// The exit status; nil where a signal ended it.
        let status: Int32?
        /// The signal that ended it.
        let signal: Int32?
        let output: String
        let errors: String
    }

    struct NotStarted: Error {
        let program: String
        let reason: String
    }

    let process: pid_t
    private let outputFile: String
    private let errorFile: String
    /// Whether the process was waited for, after which its number may be another's.
    private let isGone = Mutex(false)

    /// Starts a program with its working folder, arguments and whole environment; `name` is for the files of its output.
    init(_ program: String, _ arguments: [String], environment: [String: String], folder: String, name: String) throws {
        outputFile = "\(folder)/\(name).out"
        errorFile = "\(folder)/\(name).err"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        for descriptor in Self.openDescriptors() { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var every = sigset_t()
        sigfillset(&every)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &every)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var number: pid_t = 0
        let starter = "/usr/bin/env"  // changes the folder, then becomes the program
        let failure = Self.withTexts([starter, "-C", folder, program] + arguments) { words in
            Self.withTexts(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&number, starter, &actions, &attributes, words, variables)
            }
        }
        guard failure == 0 else { throw NotStarted(program: program, reason: String(cString: strerror(failure))) }
        process = number
    }

    /// Sends a signal, unless the process is gone.
    func signal(_ number: Int32) {
        isGone.withLock { if !$0 { _ = kill(process, number) } }
    }

    /// Waits for the end; a program that takes longer than `limit` is killed, which its result shows.
    func ended(limit: Duration = .seconds(300)) async -> Ended {
        let status = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.waited(limit)) }
        }
        let isExit = status & 0x7F == 0
        return Ended(
            status: isExit ? status >> 8 & 0xFF : nil,
            signal: isExit ? nil : status & 0x7F,
            output: Self.text(outputFile),
            errors: Self.text(errorFile)
        )
    }

    private func waited(_ limit: Duration) -> Int32 {
        let start = ContinuousClock.now
        var status: Int32 = 0
        while true {
            let isEnded = isGone.withLock { isGone in
                isGone = waitpid(process, &status, WNOHANG) == process
                return isGone
            }
            if isEnded { return status }
            if ContinuousClock.now - start > limit { signal(SIGKILL) }
            usleep(2000)
        }
    }

    /// The open files of this process but the three standard ones; closing one that is gone by then does no harm.
    private static func openDescriptors() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { $0 > 2 }
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func withTexts<Result>(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("the list holds at least its end") }
            return body(base)
        }
    }
}
