import Foundation
import Glibc

/// What one run of a program cost, as the kernel counted it.
struct ProcessCost: Sendable, Codable, Equatable {
    let wallSeconds: Double
    let userSeconds: Double
    let systemSeconds: Double
    /// The most memory it had at one time; `nil` where its work is done in another process, or where it had less than the one that
    /// started it, whose memory the kernel takes for the least.
    let peakKiB: Int?
}

/// Why a program of a benchmark gave no number.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A program to be run as a whole process.
struct MeasuredProgram: Sendable {
    let words: [String]
    /// Put over the variables of this process.
    var environment: [String: String] = [:]
    /// Statuses that are no failure.
    var goodStatuses: Set<Int32> = [0]
    /// Whether the process itself does the work, so that its memory tells something.
    var worksItself = true

    /// Runs it to its end, with standard output and standard error in files.
    ///
    /// The kernel takes the memory of the process that started it for the least a program had, so this process stays small.
    func run(output: String, errors: String) throws -> ProcessCost {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let mode = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, mode, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, mode, 0o600)
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let start = ContinuousClock.now
        let process = try withCStrings(words) { words in
            try withCStrings(variables.map { "\($0)=\($1)" }) { variables in
                var process: pid_t = 0
                let code = posix_spawnp(&process, self.words[0], &actions, nil, words, variables)
                guard code == 0 else { throw BenchmarkFailure("\(self.words[0]): \(String(cString: strerror(code)))") }
                return process
            }
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchmarkFailure("\(words[0]): \(String(cString: strerror(errno)))") }
        }
        let wall = (ContinuousClock.now - start) / .seconds(1)
        var own = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        let isTold = worksItself && usage.ru_maxrss > own.ru_maxrss + 512
        // The low seven bits are the signal that ended it, the next eight its own status (wait(2)).
        guard status & 0x7F == 0, goodStatuses.contains(status >> 8 & 0xFF) else {
            let told = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
            let end = status & 0x7F == 0 ? "status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
            throw BenchmarkFailure("\(words.joined(separator: " ")): \(end)\n\(told.suffix(2000))")
        }
        return ProcessCost(
            wallSeconds: wall,
            userSeconds: Self.seconds(usage.ru_utime),
            systemSeconds: Self.seconds(usage.ru_stime),
            peakKiB: isTold ? usage.ru_maxrss : nil
        )
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }

    /// Whether it can be run here and ends well.
    func works() -> Bool {
        (try? run(output: "/dev/null", errors: "/dev/null")) != nil
    }
}

/// Lends a NULL-ended list of C strings.
private func withCStrings<Result>(
    _ texts: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
) rethrows -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return try pointers.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("the list holds at least its end") }
        return try body(base)
    }
}
