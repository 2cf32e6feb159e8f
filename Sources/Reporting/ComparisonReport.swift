public import Catalog
public import Reconciliation

/// Everything a comparison of files has to tell but its rows, which go straight into files.
public struct ComparisonReport: Sendable {
    /// One file.
    public struct File: Sendable {
        /// As it was named.
        public let name: String
        /// The shop it is of; empty where nobody said.
        public let shop: String
        /// `bulk jsonl` or `product csv`.
        public let form: String
        /// `gzip` or `zstd`; empty for none.
        public let compression: String
        /// The currency its amounts are taken in.
        public let currency: String
        /// What a person should know of how it was read.
        public let notes: [String]

        /// Puts the parts together.
        public init(
            name: String,
            shop: String,
            form: String,
            compression: String,
            currency: String,
            notes: [String]
        ) {
            self.name = name
            self.shop = shop
            self.form = form
            self.compression = compression
            self.currency = currency
            self.notes = notes
        }
    }

    /// What was found in one destination's file.
    public struct Part: Sendable {
        /// The file.
        public let file: File
        /// The name of the exit status of this part.
        public let status: String
        /// The rate with date and origin, or why there is none.
        public let rate: String
        /// What was compared.
        public let compared: FieldSet
        /// What should have been, with why it was not.
        public let notCompared: [(field: CatalogField, reason: String)]
        /// The counts of the comparison.
        public let counts: ComparisonCounts
        /// The counts of the plan, as a run has them.
        public let summary: DestinationSummary
        /// The brakes that stop a part of it.
        public let brakes: [BrakeHit]
        /// How many rows `findings.csv` has.
        public let findings: Int
        /// The file's folder.
        public let folder: String
        /// What became of `import.csv`.
        public let importing: Importing

        /// Puts the parts together.
        public init(
            file: File,
            status: String,
            rate: String,
            compared: FieldSet,
            notCompared: [(field: CatalogField, reason: String)],
            counts: ComparisonCounts,
            summary: DestinationSummary,
            brakes: [BrakeHit],
            findings: Int,
            folder: String,
            importing: Importing
        ) {
            self.file = file
            self.status = status
            self.rate = rate
            self.compared = compared
            self.notCompared = notCompared
            self.counts = counts
            self.summary = summary
            self.brakes = brakes
            self.findings = findings
            self.folder = folder
            self.importing = importing
        }
    }

    /// What became of the file for Shopify's import.
    public enum Importing: Sendable, Hashable {
        /// The destination is no product export.
        case notAsked
        /// There is nothing to import.
        case nothing
        /// Why there is none although something differs.
        case refused(String)
        /// It is there.
        case written(products: Int, rows: Int, bytes: Int, left: Int)
    }

    /// The source's file.
    public let source: File
    /// When it began.
    public let startedAt: Timestamp
    /// When it ended.
    public let endedAt: Timestamp
    /// The name of the exit status.
    public let status: String
    /// Where the files are.
    public let folder: String
    /// The destinations, in the order they were named.
    public let parts: [Part]

    /// Puts the parts together.
    public init(
        source: File,
        startedAt: Timestamp,
        endedAt: Timestamp,
        status: String,
        folder: String,
        parts: [Part]
    ) {
        self.source = source
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.status = status
        self.folder = folder
        self.parts = parts
    }
}
