/// How long what past runs left is kept; `synctec gc` removes what is older.
public struct RetentionSettings: Sendable, Hashable {
    /// Rows of corrections and findings: what `report`, `drift` and undoing a run need.
    public var rows: Duration = .seconds(400 * 86_400)
    /// Runs and their sums per destination: what `history` lists.
    ///
    /// Never shorter than ``rows``.
    public var runs: Duration = .seconds(1100 * 86_400)
    /// Stored plans that are neither a destination's newest nor approved and unused.
    public var plans: Duration = .seconds(30 * 86_400)
    /// Entries of the write journal that are settled and reported.
    public var journal: Duration = .seconds(90 * 86_400)
    /// Mails of the outbox that nobody waits for any more.
    public var mails: Duration = .seconds(90 * 86_400)
    /// Folders of reports.
    public var reports: Duration = .seconds(400 * 86_400)

    /// The usual times.
    public init() {}
}
