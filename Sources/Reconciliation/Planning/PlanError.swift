/// Why a plan could not be made or read.
public enum PlanError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stored plan does not read.
    case unreadable(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let reason): "the stored plan does not read: \(reason); make a new one with synctec plan"
        }
    }
}
