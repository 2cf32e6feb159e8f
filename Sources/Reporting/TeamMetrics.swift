public import Catalog
public import Reconciliation

/// How a team stands, in numbers for a monitoring system.
public struct TeamMetrics: Sendable, Hashable {
    /// The team's last run that could write.
    public struct Run: Sendable, Hashable {
        /// `run` or `apply`.
        public let command: String
        /// The name of its exit status.
        public let status: String
        /// The number of its exit status.
        public let code: Int32
        /// When it started.
        public let startedAt: Timestamp
        /// When it ended.
        public let endedAt: Timestamp

        /// Puts the parts together.
        public init(command: String, status: String, code: Int32, startedAt: Timestamp, endedAt: Timestamp) {
            self.command = command
            self.status = status
            self.code = code
            self.startedAt = startedAt
            self.endedAt = endedAt
        }
    }

    /// A destination's part of the last run of a stage that it was part of.
    public struct Part: Sendable, Hashable {
        /// The name of its exit status.
        public let status: String
        /// The number of its exit status.
        public let code: Int32
        /// When that run ended.
        public let endedAt: Timestamp
        /// Its sums.
        public let summary: DestinationSummary
        /// How many findings of each kind.
        public let findings: [String: Int]

        /// Puts the parts together.
        public init(
            status: String,
            code: Int32,
            endedAt: Timestamp,
            summary: DestinationSummary,
            findings: [String: Int]
        ) {
            self.status = status
            self.code = code
            self.endedAt = endedAt
            self.summary = summary
            self.findings = findings
        }
    }

    /// How an approved destination stands in one stage.
    ///
    /// Stages have timers of their own, and a run judges only what it may write: where the prices are braked, the runs of stock
    /// in between end well and say nothing of that. A run of both counts for both.
    public struct Destination: Sendable, Hashable {
        /// The destination.
        public let shop: ShopDomain
        /// The stage.
        public let stage: RunStage
        /// The end of its last run with OK or ATTENTION; `nil` where there never was one.
        public let lastGood: Timestamp?
        /// Its last run; `nil` before the first.
        public let last: Part?

        /// Puts the parts together.
        public init(shop: ShopDomain, stage: RunStage, lastGood: Timestamp?, last: Part?) {
            self.shop = shop
            self.stage = stage
            self.lastGood = lastGood
            self.last = last
        }
    }

    /// The team.
    public let team: TeamID
    /// When the numbers were taken.
    public let takenAt: Timestamp
    /// The last run; `nil` before the first.
    public var run: Run?
    /// The approved destinations, by address, each with every stage.
    public let destinations: [Destination]
    /// Mails that the mail server has not taken yet.
    public let mailsWaiting: Int

    /// Puts the parts together.
    public init(team: TeamID, takenAt: Timestamp, run: Run?, destinations: [Destination], mailsWaiting: Int) {
        self.team = team
        self.takenAt = takenAt
        self.run = run
        self.destinations = destinations
        self.mailsWaiting = mailsWaiting
    }
}
