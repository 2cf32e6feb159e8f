import Catalog
import Foundation
import Glibc
import Runs
import Synchronization

/// Folders for the snapshot files of a run, below the state folder, readable by nobody else.
///
/// A run's folder is locked (`flock`) for as long as its process lives. A folder that nobody has locked was left by a run that
/// was killed; the next run removes it, without trust in process numbers.
final class WorkFolders: Sendable {
    private let snapshots: String
    /// The open folders of this process's runs; closing one frees its lock.
    private let locks = Mutex<[String: Int32]>([:])

    /// Prepares for a state folder; nothing is made yet.
    init(state: String) {
        snapshots = "\(state)/snapshots"
    }

    /// Makes an empty folder for one store.
    func make(_ run: RunID, _ shop: ShopDomain) throws -> String {
        try claim(run)
        let path = "\(root(run))/\(shop.name)"
        try makeFolder(path)
        return path
    }

    /// Removes all folders of a run.
    func remove(_ run: RunID) {
        try? FileManager.default.removeItem(atPath: root(run))
        if let lock = locks.withLock({ $0.removeValue(forKey: run.text) }) { close(lock) }
    }

    private func root(_ run: RunID) -> String { "\(snapshots)/\(run.text)" }

    private func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Makes and locks the run's folder, and removes those of runs that were killed.
    private func claim(_ run: RunID) throws {
        try locks.withLock { locks in
            guard locks[run.text] == nil else { return }
            try makeFolder(snapshots)
            // Only one process at a time, so that none sees another's folder before it is locked.
            let turn = open(snapshots, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            defer { if turn >= 0 { close(turn) } }
            while flock(turn, LOCK_EX) != 0, errno == EINTR {}
            removeAbandoned(but: Set(locks.keys))
            try makeFolder(root(run))
            let lock = open(root(run), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if lock >= 0 { _ = flock(lock, LOCK_EX | LOCK_NB) }
            locks[run.text] = lock
        }
    }

    private func removeAbandoned(but own: Set<String>) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: snapshots)) ?? []
        for name in names where !own.contains(name) {
            let path = "\(snapshots)/\(name)"
            let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard folder >= 0 else { continue }
            defer { close(folder) }
            if flock(folder, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
        }
    }
}
