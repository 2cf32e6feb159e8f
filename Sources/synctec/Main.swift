import ArgumentParser
import CMalloc
import Dispatch
import Glibc
import Reporting
import Runs
import SystemdNotify

/// The process: parses the arguments, runs the command, and turns its end into an exit status.
@main enum Main {
    static func main() async {
        // A report or a core file with a token in it would be worse than no trace of a crash (FAULTS CF-2).
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // Where threads may not be given priorities, as in a sandbox, the system's log need not hear of each.
        setenv("LIBDISPATCH_LOG", "NO", 0)
        // A heap for each busy thread: what the one frees the other can use, and less is kept for nobody.
        _ = mallopt(M_ARENA_MAX, 8)
        // What a part of a file took is there for the next part, instead of being given back and asked for page by page.
        _ = mallopt(M_MMAP_THRESHOLD, 4 << 20)
        _ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
        signal(SIGPIPE, SIG_IGN)
        // A file-size limit is an error of a write, which the report tells, not the end of the process (FAULTS CS-1).
        signal(SIGXFSZ, SIG_IGN)
        do {
            if let empty = EmptyArgument(in: Array(CommandLine.arguments.dropFirst())) { throw empty.failure }
            if let unknown = UnknownCommand(in: Array(CommandLine.arguments.dropFirst())) { throw unknown.failure }
            var command = try command()
            if let asyncCommand = command as? any AsyncParsableCommand {
                try await stoppable(HandedOver(asyncCommand))
            } else {
                try command.run()
            }
        } catch {
            // Help, the version, and commands that said themselves how they ended.
            guard let failure = CommandFailure(ending: error) else { Synctec.exit(withError: error) }
            tell(failure)
            exit(failure.status.code)
        }
    }

    /// The command that the arguments ask for.
    ///
    /// The one that the first of them names is looked at alone, which spares the parser all others at every start. Where it does
    /// not parse so, whatever the reason, the parser of all commands has the word, with its help and its errors.
    private static func command() throws -> any ParsableCommand {
        let arguments = CommandLine.arguments.dropFirst()
        let named = Synctec.configuration.subcommands.first { $0._commandName == arguments.first }
        if let named, named.configuration.subcommands.isEmpty,
            let parsed = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: parsed) == named
        {
            return parsed
        }
        return try Synctec.parseAsRoot()
    }

    /// Says on standard error why the command failed, and on standard output too where one JSON document was asked for.
    private static func tell(_ failure: CommandFailure) {
        Console.error(failure.shownText)
        Console.log(failure.status.entry("status \(failure.status.rawValue)"))
        Console.tell([.status("ended: \(failure.status.rawValue), \(failure.message)")])
        // Whatever the parser made of the rest: behind `--` there are no options.
        guard CommandLine.arguments.dropFirst().prefix(while: { $0 != "--" }).contains("--json") else { return }
        if let text = try? JSONText.of(["status": failure.status.rawValue, "error": failure.message]) {
            try? Console.out(HarmlessText.json(text.utf8) + Array("\n".utf8))
        }
    }

    /// Runs the command; SIGTERM and SIGINT cancel it, so that it ends in order (FAULTS AP-3).
    ///
    /// A second signal ends it at once.
    private static func stoppable(_ handed: HandedOver) async throws {
        // It begins when the signals are listened to, so that none is lost.
        let (listening, listen) = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in listening { break }
            var command = handed.command
            try await command.run()
        }
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let first = FirstSignal()
            source.setEventHandler {
                if first.take() {
                    Console.tell([.stopping])
                    Console.log(JournalEntry("stopping: what is under way is finished and recorded first"))
                    task.cancel()
                } else {
                    signal(number, SIG_DFL)
                    raise(number)
                }
            }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        listen.yield()
        try await task.value
    }
}

/// A command on its way into the task that runs it.
///
/// `@unchecked Sendable`: it is handed over once and run by that task only; nobody else touches the command meanwhile.
private struct HandedOver: @unchecked Sendable {
    let command: any AsyncParsableCommand

    init(_ command: any AsyncParsableCommand) {
        self.command = command
    }
}

/// Tells the first signal from later ones.
///
/// `@unchecked Sendable`: only the handler of one source uses it, and a source never runs two handlers at once.
private final class FirstSignal: @unchecked Sendable {
    private var isFirst = true

    func take() -> Bool {
        defer { isFirst = false }
        return isFirst
    }
}
