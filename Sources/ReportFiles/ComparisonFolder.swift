import Glibc
public import Reporting
public import Runs

/// The folder of a comparison's files: `summary.csv`, and for each destination `corrections.csv`, `findings.csv` and, for a product
/// export, `import.csv`.
///
/// One destination's files stand in the folder itself, those of several in folders of their own. The folder appears whole or not at all, as
/// a run's does, and nothing that exists is overwritten; but nothing waits for the disk, since the comparison can be made again at
/// any time from the same files.
public final class ComparisonFolder {
    private static let pieceBytes = 1 << 20

    /// Where the folder will stand.
    public let path: String
    private let parentPath: String
    private let name: String
    private let parent: OpenDescriptor
    private let folder: OpenDescriptor
    private let hidden: String
    private let steps: FileSteps
    private var written: [(folder: String, file: String)] = []
    private var parts: [String] = []
    private var isPublished = false

    /// Begins a folder at a path, or under the next free name with a number behind it.
    ///
    /// Where a person named the path, a folder that is there already is an error unless it is empty.
    public init(_ path: String, isNamed: Bool) throws(ReportError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let slash = path.lastIndex(of: "/")
        let parentPath = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let wanted = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let steps = FileSteps(calls: UnsyncedFileCalls())
        do throws(FileProblem) {
            guard !wanted.isEmpty, wanted != ".", wanted != ".." else {
                throw FileProblem(doing: "make a folder of that name", path: path, code: EINVAL)
            }
            let parent = OpenDescriptor(
                try steps.run("open the folder", parentPath) { calls throws(FileFailure) in
                    try calls.openRoot(parentPath)
                }
            )
            if isNamed {
                // An empty folder that stands there already is taken for the one that is wanted.
                try? steps.calls.removeFolder(wanted, in: parent.number)
                let number = parent.number
                let isTaken = try steps.run("look for the name", path) { calls throws(FileFailure) in
                    try calls.exists(wanted, in: number)
                }
                guard !isTaken else { throw FileProblem(doing: "write there", path: path, code: EEXIST) }
                name = wanted
            } else {
                name = try steps.unusedName(wanted, in: parent, path: parentPath)
            }
            hidden = try steps.unusedName(".\(name).part", in: parent, path: parentPath)
            try steps.makeFolder(hidden, in: parent, path: parentPath)
            folder = try steps.openFolder(hidden, in: parent, path: parentPath)
            self.parent = parent
        } catch {
            throw error.comparisonReport
        }
        self.parentPath = parentPath
        self.path = slash == nil ? name : parentPath == "/" ? "/\(name)" : "\(parentPath)/\(name)"
        self.steps = steps
    }

    deinit {
        if !isPublished { remove() }
    }

    /// Where the files of a part will stand; an empty name is the folder itself.
    public func path(ofPart part: String) -> String { part.isEmpty ? path : "\(path)/\(part)" }

    /// Writes a table into a part, in pieces, so that it is never in memory as a whole.
    public func write<Row: CSVRecord>(_ rows: some Sequence<Row>, as file: String, in part: String) throws(ReportError)
    {
        try write(file, in: part) { sink throws(ReportError) in
            var csv = CSVWriter(reserving: min(Self.pieceBytes + 1 << 16, 256 * (rows.underestimatedCount + 1)))
            csv.header(Row.columns)
            for row in rows {
                row.write(to: &csv)
                csv.endRow()
                if csv.count >= Self.pieceBytes {
                    try sink(csv.bytes)
                    csv.removeAll()
                }
            }
            try sink(csv.bytes)
        }
    }

    /// Writes a file of bytes that come in pieces.
    public func write(
        _ file: String,
        in part: String,
        _ fill: (([UInt8]) throws(ReportError) -> Void) throws(ReportError) -> Void
    ) throws(ReportError) {
        let failure: ReportError?
        do throws(FileProblem) {
            let path = path(ofPart: part)
            written.append((part, file))
            if part.isEmpty {
                failure = try write(file, into: folder, path, fill)
            } else {
                if !parts.contains(part) {
                    try steps.makeFolder(part, in: folder, path: self.path)
                    parts.append(part)
                }
                let inner = try steps.openFolder(part, in: folder, path: self.path)
                failure = try write(file, into: inner, path, fill)
            }
        } catch {
            throw error.comparisonReport
        }
        if let failure { throw failure }
    }

    /// Gives the folder its name.
    public func publish() throws(ReportError) {
        do throws(FileProblem) {
            let number = parent.number
            try steps.run("give the folder its name", path) { [hidden, name] calls throws(FileFailure) in
                try calls.rename(hidden, to: name, in: number)
            }
        } catch {
            throw error.comparisonReport
        }
        isPublished = true
    }

    /// Writes a file; gives back what stopped `fill`.
    private func write(
        _ file: String,
        into folder: borrowing OpenDescriptor,
        _ path: String,
        _ fill: (([UInt8]) throws(ReportError) -> Void) throws(ReportError) -> Void
    ) throws(FileProblem) -> ReportError? {
        var failure: ReportError?
        try steps.writeFile(file, in: folder, path: path) { open throws(FileProblem) in
            do throws(ReportError) {
                try fill { bytes throws(ReportError) in
                    do throws(FileProblem) { try open.write(bytes) } catch { throw error.comparisonReport }
                }
            } catch {
                failure = error
            }
        }
        return failure
    }

    private func remove() {
        let calls = steps.calls
        for (part, file) in written {
            if part.isEmpty {
                try? calls.removeFile(file, in: folder.number)
            } else if let number = try? calls.openFolder(part, in: folder.number) {
                let inner = OpenDescriptor(number)
                try? calls.removeFile(file, in: inner.number)
            }
        }
        for part in parts { try? calls.removeFolder(part, in: folder.number) }
        try? calls.removeFolder(hidden, in: parent.number)
    }
}

extension FileProblem {
    /// The sentence for a person who compares files.
    fileprivate var comparisonReport: ReportError {
        let reason = strerror(code).map { String(cString: $0) } ?? "unknown error"
        return ReportError("\(path): cannot \(doing): \(reason) (errno \(code)); --out names another folder")
    }
}
