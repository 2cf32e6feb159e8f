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
    /// A few for each core, so that one that takes longer keeps none waiting; and few enough to be nothing in memory.
    private static let partsAtOnce = 8

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
    /// Where a person named the path, a folder that is there already is an error unless it is empty; an empty one gives way only to the
    /// whole new one.
    public convenience init(_ path: String, isNamed: Bool) throws(ReportError) {
        try self.init(path, isNamed: isNamed, calls: UnsyncedFileCalls())
    }

    /// As ``init(_:isNamed:)``, through calls of one's own.
    init(_ path: String, isNamed: Bool, calls: any FileCalls) throws(ReportError) {
        if isNamed, let obstacle = Self.obstacle(to: path) { throw ReportError(obstacle) }
        let (path, parentPath, wanted) = Self.parts(of: path)
        let steps = FileSteps(calls: calls)
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
                name = wanted
            } else {
                name = try steps.unusedName(wanted, in: parent, path: parentPath)
            }
            hidden = try steps.unusedName(".\(name).part", in: parent, path: parentPath)
            try steps.makeFolder(hidden, in: parent, path: parentPath)
            do throws(FileProblem) {
                folder = try steps.openFolder(hidden, in: parent, path: parentPath)
            } catch {
                try? calls.removeFolder(hidden, in: parent.number)
                throw error
            }
            self.parent = parent
        } catch {
            throw error.comparisonReport
        }
        self.parentPath = parentPath
        self.path = !path.contains("/") ? name : parentPath == "/" ? "/\(name)" : "\(parentPath)/\(name)"
        self.steps = steps
    }

    deinit {
        if !isPublished { remove() }
    }

    /// Why no folder can be made at a path that a person named, in plain words; nil where nothing stands against it.
    ///
    /// There may be an empty folder already.
    public static func obstacle(to path: String) -> String? {
        let (path, parent, name) = parts(of: path)
        guard !name.isEmpty, name != ".", name != ".." else { return "\"\(path)\" is no name for a new folder" }
        var status = stat()
        if lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { return "\(path) is there already, and is no folder" }
            guard let entries = opendir(path) else {
                return "\(path) is there already, and cannot be looked into: \(String(cString: strerror(errno)))"
            }
            defer { closedir(entries) }
            // Itself and its parent are always in it.
            var count = 0
            while count < 3, readdir(entries) != nil { count += 1 }
            return count < 3 ? nil : "\(path) is there already, and is not empty"
        }
        if stat(parent, &status) == 0 {
            return status.st_mode & S_IFMT == S_IFDIR ? nil : "\(parent) is no folder"
        }
        return errno == ENOENT
            ? "there is no folder \(parent)" : "\(parent) cannot be looked into: \(String(cString: strerror(errno)))"
    }

    /// A path without slashes at its end, the folder it stands in, and its last name.
    private static func parts(of path: String) -> (path: String, parent: String, name: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return (path, ".", path) }
        let parent = slash == path.startIndex ? "/" : String(path[..<slash])
        return (path, parent, String(path[path.index(after: slash)...]))
    }

    /// Where the files of a part will stand; an empty name is the folder itself.
    public func path(ofPart part: String) -> String { part.isEmpty ? path : "\(path)/\(part)" }

    /// Writes a table into a part, in pieces, so that it is never in memory as a whole.
    public func write<Row: CSVRecord>(_ rows: some Sequence<Row>, as file: String, in part: String) throws(ReportError)
    {
        try fill(file, in: part) { open throws(FileProblem) in
            var csv = CSVWriter(reserving: min(Self.pieceBytes + 1 << 16, 256 * (rows.underestimatedCount + 1)))
            csv.header(Row.columns)
            for row in rows {
                row.write(to: &csv)
                csv.endRow()
                if csv.count >= Self.pieceBytes {
                    try open.write(csv)
                    csv.removeAll()
                }
            }
            try open.write(csv)
        }
    }

    /// Writes a table that comes in parts, of some hundred rows each: several are put into words side by side, while those before
    /// are written.
    public func write<Table: CSVTable>(
        _ parts: [Table],
        as file: String,
        in part: String
    ) throws(ReportError) {
        try fill(file, in: part) { open throws(FileProblem) in
            var csv = CSVWriter()
            csv.header(Table.columns)
            try open.write(csv)
            var next = ParallelTables<Table>(atOnce: Self.partsAtOnce)
            var last = ParallelTables<Table>(atOnce: Self.partsAtOnce)
            var rest = parts[...]
            next.begin(rest.prefix(Self.partsAtOnce))
            while !rest.isEmpty {
                next.wait()
                rest = rest.dropFirst(Self.partsAtOnce)
                swap(&next, &last)
                next.begin(rest.prefix(Self.partsAtOnce))
                try last.forEach { bytes throws(FileProblem) in try open.write(bytes) }
            }
        }
    }

    /// Writes a file of bytes that come in pieces.
    public func write(
        _ file: String,
        in part: String,
        _ pieces: (([UInt8]) throws(ReportError) -> Void) throws(ReportError) -> Void
    ) throws(ReportError) {
        var failure: ReportError?
        try fill(file, in: part) { open throws(FileProblem) in
            do throws(ReportError) {
                try pieces { bytes throws(ReportError) in
                    do throws(FileProblem) { try open.write(bytes) } catch { throw error.comparisonReport }
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Gives the folder its name; an empty folder of that name gives way in the same step.
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

    /// Makes a file of a part and lets it be filled.
    private func fill(
        _ file: String,
        in part: String,
        _ fill: (FileSteps.OpenFile) throws(FileProblem) -> Void
    ) throws(ReportError) {
        do throws(FileProblem) {
            let path = path(ofPart: part)
            written.append((part, file))
            guard !part.isEmpty else { return try steps.writeFile(file, in: folder, path: path, fill) }
            if !parts.contains(part) {
                try steps.makeFolder(part, in: folder, path: self.path)
                parts.append(part)
            }
            let inner = try steps.openFolder(part, in: folder, path: self.path)
            try steps.writeFile(file, in: inner, path: path, fill)
        } catch {
            throw error.comparisonReport
        }
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
