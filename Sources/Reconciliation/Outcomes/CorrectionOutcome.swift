/// What became of one planned correction.
///
/// The name of the case is the reports' word.
public enum CorrectionOutcome: Sendable, Hashable {
    /// Only planned: nothing was to be written.
    case planned
    /// Written, and read back with the new value.
    case applied
    /// The store had the new value already when it was looked at just before the write.
    case alreadyThere
    /// Not written: the store's value had moved since the snapshot.
    case moved(found: String)
    /// Not written: a brake stopped its stage.
    case braked(Brake)
    /// Not written: the run ended first, or the store or its thing was gone.
    case left(reason: String)
    /// The store refused it.
    case failed(code: String, message: String)
    /// Written and accepted, but read back with another value.
    case unheld(found: String)

    /// The word in reports and in the ledger.
    public var word: String {
        switch self {
        case .planned: "planned"
        case .applied: "applied"
        case .alreadyThere: "already there"
        case .moved: "moved"
        case .braked: "braked"
        case .left: "left"
        case .failed: "failed"
        case .unheld: "did not hold"
        }
    }

    /// Why, for people; empty where the word says all.
    public var reason: String {
        switch self {
        case .planned, .applied, .alreadyThere: ""
        case .moved(let found): "the store now has \(found)"
        case .braked(let brake): brake.title
        case .left(let reason): reason
        case .failed(let code, let message): code.isEmpty ? message : "\(code): \(message)"
        case .unheld(let found): "read back as \(found)"
        }
    }

    /// How it counts in the sums: planned = applied + failed + left.
    public enum Kind: Sendable { case planned, applied, failed, left }

    /// How it counts.
    public var kind: Kind {
        switch self {
        case .planned: .planned
        case .applied, .alreadyThere: .applied
        case .failed, .unheld: .failed
        case .moved, .braked, .left: .left
        }
    }
}
