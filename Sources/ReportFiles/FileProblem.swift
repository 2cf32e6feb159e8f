import Glibc
import Runs

/// What could not be done to which path, and why.
struct FileProblem: Error {
    let doing: String
    let path: String
    let code: Int32

    /// The sentence for the operator: what, where, the system's own words, and what to do.
    var report: ReportError {
        ReportError(
            sentence + (passes ? "; synctec report RUN then writes the report again from the database" : "")
        )
    }

    /// The same where no run has begun yet, so that there is no report to be written again.
    var rehearsalReport: ReportError { ReportError(sentence + (passes ? "; then start it again" : "")) }

    private var sentence: String { "\(path): cannot \(doing): \(reason) (errno \(code)); \(advice)" }

    private var reason: String {
        guard let text = strerror(code) else { return "unknown error" }
        return String(cString: text)
    }

    private var advice: String {
        switch code {
        case ENOSPC, EDQUOT: "make room on this disk"
        case EFBIG: "raise this account's limit on file sizes (ulimit -f)"
        case EACCES, EPERM:
            "let the account that runs synctec write there, or set reports: in the settings to another folder"
        case EROFS: "mount it for writing, or set reports: in the settings to another folder"
        case ENOENT: "make the folder, or set reports: in the settings to another one"
        case ELOOP, ENOTDIR: "something that is no folder, or a link, is in the way: look at it and take it away"
        case EEXIST: "the name is taken and nothing is ever overwritten: look at it and take it away"
        case EMFILE, ENFILE: "raise the limit on open files (ulimit -n)"
        case ENAMETOOLONG: "set reports: in the settings to a shorter path"
        default: "look at the disk"
        }
    }

    /// Whether it is of a kind that goes away by itself or with a little care, rather than by another setting.
    private var passes: Bool {
        ![EACCES, EPERM, EROFS, ENOENT, ELOOP, ENOTDIR, EEXIST, ENAMETOOLONG].contains(code)
    }
}
