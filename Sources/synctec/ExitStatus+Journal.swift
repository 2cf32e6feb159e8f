import Runs
import SystemdNotify

extension ExitStatus {
    /// A line about how something ended, with the priority that has and the field to find it by.
    func entry(_ text: String, fields: [String: String] = [:]) -> JournalEntry {
        let priority: JournalEntry.Priority =
            switch self {
            case .ok: .notice
            case .attention, .unknown: .warning
            default: .error
            }
        return JournalEntry(text, priority: priority, fields: fields.merging(["SYNCTEC_STATUS": rawValue]) { $1 })
    }
}
