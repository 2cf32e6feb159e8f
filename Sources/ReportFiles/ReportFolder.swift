public import Catalog
import Glibc
public import ReportPage
public import Reporting
public import Runs

/// The folder in which a team's reports stand: `<reports>/<team>/<time>-<run>/`, one folder per run.
///
/// In it, `summary.csv`, `report.html`, and for each destination a folder of its shop's name with `corrections.csv` and `findings.csv`.
/// A run's folder appears whole or not at all (FAULTS CS-1): it is written under a hidden name, brought to the disk, then renamed.
/// Nothing that exists is overwritten, and no link below the folder of all reports is followed (FAULTS CS-3).
public struct ReportFolder: ReportWriting {
    /// The least room on the disk before a run may begin.
    public static let leastFreeBytes: UInt64 = 16 * 1024 * 1024

    private let root: String
    private let team: TeamID
    private let calls: any FileCalls

    /// Reports of this team under this folder, which is made where it is missing.
    public init(_ path: String, team: TeamID) {
        self.init(path, team: team, calls: SystemFileCalls())
    }

    init(_ path: String, team: TeamID, calls: any FileCalls) {
        var path = path.isEmpty ? "." : path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        root = path
        self.team = team
        self.calls = calls
    }

    /// Makes the team's folder where it is missing, looks for room, and writes, syncs and removes a small file.
    public func rehearse() throws(ReportError) {
        do throws(FileProblem) {
            try rehearseInFolder()
        } catch {
            throw error.rehearsalReport
        }
    }

    /// Writes the report of a run, with its page where there is one, and returns its folder.
    ///
    /// A second report of the same run gets a name of its own, ending in `-2`.
    public func write(_ report: RunReport, page: RunPage? = nil) throws(ReportError) -> String {
        guard report.team == team else {
            throw ReportError("\(root): this is the folder of \(team), and the report is of \(report.team)")
        }
        guard Self.isPlain(report.run) else {
            throw ReportError(
                "\(root): the run's id \(HarmlessText.line(report.run, limit: 80)) cannot be a name of a folder"
            )
        }
        do throws(FileProblem) {
            let parent = try openTeamFolder()
            let draft = ReportDraft(
                name: "\(report.startedAt.folderName)-\(report.run)",
                parent: parent,
                path: teamPath,
                calls: calls
            )
            return try draft.publish(report, page: page)
        } catch {
            throw error.report
        }
    }

    private var teamPath: String { "\(root)/\(team.text)" }

    private func rehearseInFolder() throws(FileProblem) {
        let folder = try openTeamFolder()
        let steps = FileSteps(calls: calls)
        let free = try steps.run("see how much room is left", teamPath) { calls throws(FileFailure) in
            try calls.freeBytes(at: folder.number)
        }
        guard free > Self.leastFreeBytes else {
            throw FileProblem(doing: "count on \(free / 1024) KB free, 16 MB are needed", path: teamPath, code: ENOSPC)
        }
        var csv = CSVWriter()
        csv.header(SummaryRow.columns)
        // Another machine may rehearse in the same folder at the same time.
        for attempt in 1...FileSteps.mostNames {
            let name = ".rehearsal-\(attempt)"
            do throws(FileProblem) {
                try steps.writeFile(name, in: folder, path: teamPath) { file throws(FileProblem) in
                    try file.write(csv)
                }
            } catch {
                if error.code == EEXIST { continue }
                try? calls.removeFile(name, in: folder.number)
                throw error
            }
            try steps.run("remove", "\(teamPath)/\(name)") { calls throws(FileFailure) in
                try calls.removeFile(name, in: folder.number)
            }
            return
        }
        throw FileProblem(doing: "find an unused name", path: "\(teamPath)/.rehearsal", code: EEXIST)
    }

    private func openTeamFolder() throws(FileProblem) -> OpenDescriptor {
        let steps = FileSteps(calls: calls)
        let root = try openRoot()
        let team = team.text
        let isNew = try !steps.run("look for the folder", teamPath) { calls throws(FileFailure) in
            try calls.exists(team, in: root.number)
        }
        if isNew {
            try steps.makeFolder(team, in: root, path: self.root, mayExist: true)
            try steps.sync(root, path: self.root)
        }
        return try steps.openFolder(team, in: root, path: self.root)
    }

    /// Opens the folder of all reports, making it and the folders above it where they are missing.
    private func openRoot() throws(FileProblem) -> OpenDescriptor {
        let steps = FileSteps(calls: calls)
        do throws(FileFailure) {
            return OpenDescriptor(try calls.openRoot(root))
        } catch {
            guard error.code == ENOENT else {
                throw FileProblem(doing: "open the folder", path: root, code: error.code)
            }
        }
        var path = root.hasPrefix("/") ? "/" : ""
        for part in root.split(separator: "/") {
            path += part
            do throws(FileFailure) {
                try calls.makeRoot(path)
            } catch {
                guard error.code == EEXIST else {
                    throw FileProblem(doing: "make the folder", path: path, code: error.code)
                }
            }
            path += "/"
        }
        return OpenDescriptor(
            try steps.run("open the folder", root) { calls throws(FileFailure) in try calls.openRoot(root) }
        )
    }

    /// Letters, digits and dashes only: a name that cannot lead anywhere.
    private static func isPlain(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
