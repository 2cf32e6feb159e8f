import Catalog
import Glibc
import ReportPage
import Reporting

/// A run's folder in the making: under a hidden name until all of it is on the disk.
struct ReportDraft: ~Copyable {
    /// Rows are written in pieces of this many bytes.
    private static let pieceBytes = 1 << 20

    private let name: String
    private let parent: OpenDescriptor
    private let path: String
    private let steps: FileSteps

    /// A draft of the folder of that name, to stand in the team's folder at that path.
    init(name: String, parent: consuming OpenDescriptor, path: String, calls: any FileCalls) {
        self.name = name
        self.parent = parent
        self.path = path
        steps = FileSteps(calls: calls)
    }

    /// Writes the report under a hidden name, then gives the folder its own, and returns its path.
    ///
    /// After a failure the hidden folder is removed as far as the disk allows; the final name was then never seen, or is whole.
    func publish(_ report: RunReport, page: RunPage?) throws(FileProblem) -> String {
        let hidden = try steps.unusedName(".\(name).part", in: parent, path: path)
        try steps.makeFolder(hidden, in: parent, path: path)
        let final: String
        do throws(FileProblem) {
            try fill(hidden, with: report, page: page)
            final = try steps.unusedName(name, in: parent, path: path)
            let folder = parent.number
            try steps.run("give the folder its name", "\(path)/\(final)") { calls throws(FileFailure) in
                try calls.rename(hidden, to: final, in: folder)
            }
        } catch {
            remove(hidden, of: report)
            throw error
        }
        try steps.sync(parent, path: path)
        return "\(path)/\(final)"
    }

    private func fill(_ hidden: String, with report: RunReport, page: RunPage?) throws(FileProblem) {
        let path = "\(path)/\(hidden)"
        let folder = try steps.openFolder(hidden, in: parent, path: self.path)
        try write(report.summaryRows, as: ReportFile.summary, in: folder, path: path)
        if let page {
            let bytes = page.bytes
            try steps.writeFile(ReportFile.page, in: folder, path: path) { file throws(FileProblem) in
                try file.write(bytes)
            }
        }
        for destination in report.destinations {
            let shop = destination.shop.name
            try steps.makeFolder(shop, in: folder, path: path)
            let part = try steps.openFolder(shop, in: folder, path: path)
            try write(destination.corrections, as: ReportFile.corrections, in: part, path: "\(path)/\(shop)")
            try write(destination.findings, as: ReportFile.findings, in: part, path: "\(path)/\(shop)")
            try steps.sync(part, path: "\(path)/\(shop)")
        }
        try steps.sync(folder, path: path)
    }

    private func write<Row: CSVRecord>(
        _ rows: [Row],
        as name: String,
        in folder: borrowing OpenDescriptor,
        path: String
    ) throws(FileProblem) {
        try steps.writeFile(name, in: folder, path: path) { file throws(FileProblem) in
            var csv = CSVWriter(reserving: min(Self.pieceBytes + 4096, 256 * (rows.count + 1)))
            csv.header(Row.columns)
            // By index: taking a row out would count references up and down on all its texts.
            for index in rows.indices {
                rows[index].write(to: &csv)
                csv.endRow()
                if csv.count >= Self.pieceBytes {
                    try file.write(csv)
                    csv.removeAll()
                }
            }
            try file.write(csv)
        }
    }

    /// Removes what ``fill(_:with:)`` may have made; the failure that led here is the one to tell.
    private func remove(_ hidden: String, of report: RunReport) {
        let calls = steps.calls
        guard let number = try? calls.openFolder(hidden, in: parent.number) else { return }
        let folder = OpenDescriptor(number)
        try? calls.removeFile(ReportFile.summary, in: folder.number)
        try? calls.removeFile(ReportFile.page, in: folder.number)
        for destination in report.destinations {
            let shop = destination.shop.name
            guard let number = try? calls.openFolder(shop, in: folder.number) else { continue }
            let part = OpenDescriptor(number)
            try? calls.removeFile(ReportFile.corrections, in: part.number)
            try? calls.removeFile(ReportFile.findings, in: part.number)
            try? calls.removeFolder(shop, in: folder.number)
        }
        try? calls.removeFolder(hidden, in: parent.number)
    }
}

/// The names of a report's files.
private enum ReportFile {
    static let summary = "summary.csv"
    static let page = "report.html"
    static let corrections = "corrections.csv"
    static let findings = "findings.csv"
}
