import FoundationEssentials

/// What a transaction may see and what has to hold while it commits.
struct TransactionScope: Sendable {
    /// The team whose rows it sees; without one it sees none (FAULTS DB-5).
    var team: UUID?
    /// Locks that this run has to hold still (FAULTS DB-3).
    var fences: [Fence] = []
    /// Sees one state of the database and writes nothing.
    var isReadOnly = false

    static func writing(team: UUID?, fences: [Fence] = []) -> TransactionScope {
        TransactionScope(team: team, fences: fences)
    }

    static func reading(team: UUID?) -> TransactionScope {
        TransactionScope(team: team, isReadOnly: true)
    }
}

/// The number that a lock was taken under; a later holder has a higher one.
struct Fence: Sendable, Hashable {
    let team: UUID
    let scope: String
    let number: Int64
}

/// How often a transaction is repeated and how long a lost server is waited for.
public struct RetryPolicy: Sendable {
    /// How often a transaction is repeated after a deadlock or a serialisation failure (FAULTS DB-6).
    public var repetitions = 10
    /// How often a transaction is repeated after its session broke before COMMIT.
    public var repetitionsAfterLoss = 2
    /// The waits between attempts to reach a server again.
    public var reconnectWaits: [Duration] = [
        .milliseconds(100), .milliseconds(400), .seconds(1), .seconds(3), .seconds(5),
    ]
    /// The wait before a repetition, times its number.
    public var repetitionWait: Duration = .milliseconds(20)
    /// How long one answer of the server may take; above the server's own limit for a statement.
    public var answerLimit: Duration = .seconds(16 * 60)

    /// The program's defaults.
    public init() {}
}
