/// The way from a source price to a destination price, step by step, for people.
public struct PriceExplanation: Hashable, Sendable {
    /// One step.
    public struct Step: Hashable, Sendable {
        /// What is done, in one or two words: "rate".
        public let label: String
        /// With what, and what comes out.
        public let text: String
    }

    /// The steps in their order.
    public let steps: [Step]
    /// The same result that ``PriceBook/price(for:)`` gives.
    public let result: PricedResult
}

extension PriceExplanation: CustomStringConvertible {
    /// A line per step, labels in a column.
    public var description: String {
        let width = steps.map(\.label.count).max() ?? 0
        return steps.map { step in
            step.label + String(repeating: " ", count: width - step.label.count + 2) + step.text
        }.joined(separator: "\n")
    }
}

extension PriceBook {
    /// Explains the price of one variant; the result in it is the one that ``price(for:)`` gives.
    public func explanation(for subject: PriceSubject) -> PriceExplanation {
        let result = price(for: subject)
        let rule = result.rule.map { rules[$0] } ?? PriceRule()
        var writer = ExplanationWriter(rule: rule, rate: rate, subject: subject)
        writer.writeSource()
        guard result.price != .refused(.otherCurrency) else {
            writer.writeResult(result)
            return PriceExplanation(steps: writer.steps, result: result)
        }
        writer.writeRule(number: result.rule.map { $0 + 1 }, of: rules.count)
        if subject.sourcePrice.minorUnits > 0 {
            writer.writeArithmetic()
            writer.writeLimits(result.marks)
            writer.add("rounding", rule.rounding.description)
        }
        writer.writeResult(result)
        return PriceExplanation(steps: writer.steps, result: result)
    }
}

/// Puts the steps of one explanation together.
private struct ExplanationWriter {
    let rule: PriceRule
    let rate: ExchangeRate
    let subject: PriceSubject
    private(set) var steps: [PriceExplanation.Step] = []

    init(rule: PriceRule, rate: ExchangeRate, subject: PriceSubject) {
        self.rule = rule
        self.rate = rate
        self.subject = subject
    }

    mutating func add(_ label: String, _ text: String) {
        steps.append(PriceExplanation.Step(label: label, text: text))
    }

    mutating func writeSource() {
        let cost = subject.sourceCost.map { ", cost \($0)" } ?? ", no cost"
        let compareAt = subject.sourceCompareAt.map { ", compare-at \($0)" } ?? ""
        add("source", "price \(subject.sourcePrice)\(compareAt)\(cost)")
        add("rate", rate.isIdentity ? "none: both stores are in \(rate.to)" : "\(rate)")
    }

    mutating func writeRule(number: Int?, of count: Int) {
        guard let number else {
            return add("rule", count == 0 ? "none set: plain conversion" : "none of \(count) fits: plain conversion")
        }
        let tier = rule.tier.isOpen ? "" : ", \(rule.tier)"
        add("rule", "\(number) of \(count): \(rule.match)\(tier)")
    }

    mutating func writeArithmetic() {
        guard let scale = RuleScale(rule, rate: rate) else { return }
        let source = Int128(subject.sourcePrice.minorUnits)
        if let converted = source.multiplied(scale.cost), !rate.isIdentity {
            add("converted", exact(converted, over: scale.whole))
        }
        guard let markedUp = source.multiplied(scale.price) else { return }
        if rule.markup != .zero { add("markup", "\(rule.markup): \(exact(markedUp, over: scale.whole))") }
        if let offset = rule.offset, let sum = markedUp.added(scale.offset) {
            add("offset", "\(offset): \(exact(sum, over: scale.whole))")
        }
    }

    mutating func writeLimits(_ marks: PriceMarks) {
        var floors: [String] = []
        switch rule.floor {
        case .cost where marks.contains(.floorCostMissing): floors.append("cost, but the source gives none")
        case .cost: floors.append("cost")
        case .amount(let amount): floors.append("\(amount)")
        case nil: break
        }
        if let minimum = rule.minimum { floors.append("minimum \(minimum)") }
        if !floors.isEmpty {
            let hit = marks.contains(.raisedToFloor) ? "raises the price" : "not reached"
            add("floor", "\(floors.joined(separator: ", ")): \(hit)")
        }
        let hit = marks.contains(.loweredToCeiling) ? "lowers the price" : "not reached"
        switch rule.ceiling {
        case .compareAt: add("ceiling", "compare-at price: \(subject.sourceCompareAt == nil ? "there is none" : hit)")
        case .amount(let amount): add("ceiling", "\(amount): \(hit)")
        case nil: break
        }
    }

    mutating func writeResult(_ result: PricedResult) {
        switch result.price {
        case .priced(let money): add("price", "\(money)")
        case .refused(let refusal): add("price", "none. \(refusal)")
        }
        switch result.compareAt {
        case .none: add("compare-at", "none")
        case .price(let money): add("compare-at", "\(money)")
        case .cleared: add("compare-at", "cleared: it would not be above the price")
        case .held: add("compare-at", "left as it is")
        }
        if let cost = result.cost { add("cost", "\(cost)") }
    }

    /// A numerator over minor units of the destination, as decimal text of at most 15 significant digits.
    private func exact(_ value: Int128, over whole: Int128) -> String {
        guard value != 0 else { return "0 \(rate.to)" }
        guard let denominator = whole.multiplied(Int128(rate.to.minorUnitsPerWhole)) else {
            return "(too many digits to print)"
        }
        let fraction = Fraction(value < 0 ? -value : value, over: denominator)
        return "\(value < 0 ? "-" : "")\(fraction.text(significantDigits: 15)) \(rate.to)"
    }
}
