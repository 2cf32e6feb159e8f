/// A share or a change in hundredths, written with its sign: "35%", "-10%", "12.5%".
public struct Percent: Hashable, Sendable {
    /// The number before the sign: 35 for 35 %.
    public let hundredths: ExactDecimal

    /// So many percent.
    public init(_ hundredths: ExactDecimal) {
        self.hundredths = hundredths
    }

    /// A whole number of percent.
    public init(_ whole: Int32) {
        hundredths = ExactDecimal(whole)
    }

    /// No percent at all.
    public static let zero = Percent(0)

    /// Reads a decimal number with a percent sign right behind it.
    ///
    /// - Throws: ``PricingError/notPercent(_:)``, also for a number without the sign: 35 could mean 3500 %.
    public init(parsing text: some StringProtocol) throws(PricingError) {
        guard text.last == "%" else { throw .notPercent(String(text)) }
        do {
            hundredths = try ExactDecimal(parsing: text.dropLast())
        } catch {
            throw .notPercent(String(text))
        }
    }
}

extension Percent: Comparable {
    /// By value.
    public static func < (left: Percent, right: Percent) -> Bool { left.hundredths < right.hundredths }
}

extension Percent: CustomStringConvertible {
    /// The number and the sign, which reads back as the same percentage.
    public var description: String { "\(hundredths)%" }
}

extension Percent: Codable {
    /// Reads text such as "35%".
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes text such as "35%".
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
