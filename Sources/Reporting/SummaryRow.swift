/// One line of `summary.csv`: one number or word about a destination, or about the run as a whole.
public struct SummaryRow: Sendable, Hashable {
    /// What a row's value is.
    public enum Value: Sendable, Hashable {
        case count(Int)
        case text(String)
    }

    /// The destination's shop; empty for the run as a whole.
    public let destination: String
    /// A stable name for machines.
    public let metric: String
    /// The number or the word.
    public let value: Value
    /// The same in words, for people.
    public let meaning: String

    /// A row.
    public init(destination: String, metric: String, value: Value, meaning: String) {
        self.destination = destination
        self.metric = metric
        self.value = value
        self.meaning = meaning
    }
}

extension SummaryRow: CSVRecord {
    /// The columns of `summary.csv`.
    public static let columns = ["destination", "metric", "value", "meaning"]

    /// Writes the row; counts are numbers.
    public func write(to csv: inout CSVWriter) {
        csv.text(destination)
        csv.text(metric)
        switch value {
        case .count(let count): csv.number(Int64(count))
        case .text(let text): csv.text(text)
        }
        csv.text(meaning)
    }
}
