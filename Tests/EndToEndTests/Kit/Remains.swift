import Foundation
import Glibc
import Synchronization

/// Folders to remove when the test process ends, with the private server that may still work below them.
enum Remains {
    private static let folders = Mutex<[String]>([])
    private static let prepared: Void = {
        removeAbandoned()
        atexit { Remains.removeAll() }
    }()

    static func add(_ folder: String) {
        _ = prepared
        folders.withLock { $0.append(folder) }
    }

    /// Stops a server below the folder and removes the folder.
    static func remove(_ folder: String) {
        folders.withLock { $0.removeAll { $0 == folder } }
        clear(folder)
    }

    private static func removeAll() {
        for folder in folders.withLock({ $0 }) { clear(folder) }
    }

    /// Clears away what test processes that were killed left behind.
    private static func removeAbandoned() {
        let parts = Place.temporaryPrefix.split(separator: "/")
        guard parts.count == 2 else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/\(parts[0])")) ?? []
        where name.hasPrefix(parts[1]) {
            guard let process = name.dropFirst(parts[1].count).split(separator: "-").first.flatMap({ pid_t($0) }),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            clear("/\(parts[0])/\(name)")
        }
    }

    private static func clear(_ folder: String) {
        let file = "\(folder)/state/postgres/data/postmaster.pid"
        let lines = (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n") ?? []
        // The second line names the data folder: only a server that is really ours is stopped.
        if lines.count > 1, lines[1] == "\(folder)/state/postgres/data", let process = pid_t(lines[0]) {
            kill(process, SIGQUIT)
            for _ in 0..<500 where kill(process, 0) == 0 { usleep(10_000) }
        }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
