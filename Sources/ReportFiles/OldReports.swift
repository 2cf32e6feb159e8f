public import Catalog
import FoundationEssentials
import Glibc
public import Runs

/// Folders of a team's reports that nobody wants any more.
///
/// Only names that a run gives are looked at (`<time>-<run>`, the hidden ones of reports that were never finished, and what is left of
/// a rehearsal); everything else a person may have put there stays. Links are not followed.
public struct OldReports: Sendable {
    /// How old an unfinished report is at least, so that none is taken from a run that is writing it.
    public static let leastAgeOfUnfinished = Duration.seconds(86_400)

    private let folder: String

    /// The reports of this team under this folder.
    public init(_ reports: String, team: TeamID) {
        folder = "\(reports)/\(team.text)"
    }

    /// Removes reports of runs that started before a time, and unfinished ones more than a day old at `now`.
    ///
    /// - Returns: how many folders and bytes were removed, or with `dryRun` would be.
    /// - Throws: ``Runs/ReportError`` at the first that cannot be removed; those before it are gone.
    public func remove(before time: Timestamp, now: Timestamp, dryRun: Bool) throws(ReportError)
        -> (finished: (count: Int, bytes: Int), unfinished: (count: Int, bytes: Int))
    {
        var finished = (count: 0, bytes: 0)
        var unfinished = (count: 0, bytes: 0)
        for name in try names().sorted() {
            let path = "\(folder)/\(name)"
            if name.hasPrefix(".") {
                guard Self.isUnfinished(name), let change = Self.lastChange(of: path),
                    change < now + .seconds(-Self.leastAgeOfUnfinished.components.seconds)
                else { continue }
                unfinished.bytes += try remove(path, dryRun: dryRun)
                unfinished.count += 1
            } else {
                guard let start = Self.start(of: name), start < time, Self.isFolder(path) else { continue }
                finished.bytes += try remove(path, dryRun: dryRun)
                finished.count += 1
            }
        }
        return (finished, unfinished)
    }

    private func names() throws(ReportError) -> [String] {
        guard Self.isFolder(folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw ReportError("\(folder): cannot be listed: \(error)")
        }
    }

    private func remove(_ path: String, dryRun: Bool) throws(ReportError) -> Int {
        let bytes = Self.size(of: path)
        guard !dryRun else { return bytes }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw ReportError("\(path): cannot be removed: \(error)")
        }
        return bytes
    }

    /// The run's start, from a name such as `20261123T090000Z-1f3c9a20…`, also with a number behind it.
    static func start(of name: String) -> Timestamp? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].utf8.count == 16 else { return nil }
        let digits = Array(parts[0])
        guard digits[8] == "T" else { return nil }
        func text(_ range: Range<Int>) -> String { String(digits[range]) }
        return Timestamp(
            "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))T\(text(9..<11)):\(text(11..<13)):\(text(13..<16))"
        )
    }

    private static func isUnfinished(_ name: String) -> Bool {
        let isDraft = name.contains(".part") && start(of: String(name.dropFirst())) != nil
        return isDraft || name.hasPrefix(".rehearsal-")
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private static func isFolder(_ path: String) -> Bool {
        status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    private static func lastChange(of path: String) -> Timestamp? {
        status(of: path).map { Timestamp(seconds: Int64($0.st_mtim.tv_sec)) }
    }

    /// What the files under a path take up on the disk.
    private static func size(of path: String) -> Int {
        guard let own = status(of: path) else { return 0 }
        let bytes = Int(own.st_blocks) * 512
        guard own.st_mode & S_IFMT == S_IFDIR else { return bytes }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.reduce(bytes) { $0 + size(of: "\(path)/\($1)") }
    }
}
