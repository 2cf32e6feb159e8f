/// How a run, or one destination's part of it, ended (FAULTS, "Exit status").
public enum ExitStatus: String, Sendable, Hashable, CaseIterable {
    case ok = "OK"
    case attention = "ATTENTION"
    case unknown = "UNKNOWN"
    case delivery = "DELIVERY"
    case brake = "BRAKE"
    case interrupted = "INTERRUPTED"
    case locked = "LOCKED"
    case snapshot = "SNAPSHOT"
    case store = "STORE"
    case database = "DATABASE"
    case `internal` = "INTERNAL"
    case usage = "USAGE"

    /// The process's exit status.
    public var code: Int32 {
        switch self {
        case .ok: 0
        case .attention, .unknown: 1
        case .brake: 2
        case .snapshot, .store, .database, .locked, .interrupted, .internal: 3
        case .delivery: 4
        case .usage: 64
        }
    }
}

extension ExitStatus: Comparable {
    /// From harmless to grave: of many parts the gravest gives the number.
    public static func < (left: ExitStatus, right: ExitStatus) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
