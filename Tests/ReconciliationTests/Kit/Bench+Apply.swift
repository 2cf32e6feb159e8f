import Catalog
import Pricing
import Reconciliation
import Snapshots

extension Bench {
    /// Writes what no brake stops into the model of the destination, and remembers the run as a good one.
    ///
    /// `outcome` may decide otherwise for a correction; then nothing is written for it.
    mutating func apply(
        _ run: BenchRun,
        outcome: (Correction) -> CorrectionOutcome? = { _ in nil }
    ) throws -> [CorrectionOutcome] {
        let outcomes = run.plan.corrections.map { correction -> CorrectionOutcome in
            if let other = outcome(correction) { return other }
            if let hit = run.hits.first(where: { $0.stops(correction) }) { return .braked(hit.brake) }
            destination.write(correction)
            return .applied
        }
        memory.links = LinkTable.after(run.comparison, plan: run.plan, outcomes: outcomes, before: memory.links)
        memory.attempts = AttemptTally.next(after: run.plan, outcomes: outcomes, before: memory.attempts)
        memory.previousSource = SKUIndex(run.comparison.source)
        memory.previousRate = try rate.map { try exchangeRate($0) } ?? memory.previousRate
        memory.sizes = run.sizes
        return outcomes
    }

    /// Plans and applies, as a timer would.
    @discardableResult
    mutating func cycle() throws -> BenchRun {
        let run = try run()
        _ = try apply(run)
        return run
    }
}

extension TestStore {
    /// Writes one correction, by ids, as the store would.
    mutating func write(_ correction: Correction) {
        for product in products.indices where products[product].id == correction.target.product {
            switch (correction.field, correction.new) {
            case (.title, .text(let text)): products[product].title = text
            case (.description, .text(let text)): products[product].description = text
            case (.vendor, .text(let text)): products[product].vendor = text
            case (.productType, .text(let text)): products[product].type = text
            case (.handle, .text(let text)): products[product].handle = text
            case (.status, .text(let text)): products[product].status = text
            case (.tags, .tags(let tags)): products[product].tags = tags
            case (.seoTitle, let value): products[product].seoTitle = value.text
            case (.seoDescription, let value): products[product].seoDescription = value.text
            default: break
            }
            for variant in products[product].variants.indices
            where products[product].variants[variant].id == correction.target.variant {
                products[product].variants[variant].write(correction)
            }
        }
    }
}

extension TestVariant {
    fileprivate mutating func write(_ correction: Correction) {
        let value = correction.new
        switch correction.field {
        case .price: price = value.displayText
        case .compareAtPrice: compareAt = value.text
        case .cost: cost = value.text
        case .barcode: barcode = value.text
        case .countryOfOrigin: country = value.text
        case .hsCode: hsCode = value.text
        case .inventoryPolicy: policy = value.displayText
        case .tracked: tracked = value == .flag(true)
        case .taxable: taxable = value == .flag(true)
        case .requiresShipping: requiresShipping = value == .flag(true)
        case .weight:
            if case .weight(let new) = value { weight = (new.value, new.unit.rawValue) } else { weight = nil }
        case .inventory:
            if let location = correction.target.location, case .quantity(let count) = value { levels[location] = count }
        default: break
        }
    }
}

extension FieldValue {
    /// The text of a value, `nil` where it is absent.
    fileprivate var text: String? { self == .absent ? nil : displayText }
}
