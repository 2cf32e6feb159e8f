/// Who moved since the last good run.
public enum Verdict: String, Sendable, Codable, Hashable {
    /// The source has a new value; the destination still has what the last run left.
    case sourceChanged = "source changed"
    /// The source stands still; the destination was changed.
    case destinationDrifted = "destination drifted"
    /// Both moved.
    case both = "both"
    /// There is no last good run to compare with.
    case firstSight = "first sight"
}
