import Catalog
import Pricing

extension TeamSettings {
    /// Everything in the settings that changes what a plan for this destination does, as one canonical text.
    ///
    /// Its hash is stored with each run; the first run after it changed only plans (FAULTS PL-5). Order, spelling and
    /// comments of the file don't matter. Not in it: brakes and rate limits, which judge a plan and don't make it, and the
    /// numbers of a rate table, which are the rate brake's business.
    public func rules(for destination: DestinationSettings) -> String {
        var lines = ["source \(source.store.shop)", "destination \(destination.store.shop)"]
        lines += source.shareTags.map { "share tag \(Self.literal($0.lowercased()))" }.sortedByBytes
        lines += CatalogField.allCases.map { "field \($0.rawValue) \(destination.fields[$0].rawValue)" }
        lines += destination.exceptions.flatMap(Self.lines).sortedByBytes
        lines += destination.priceRules.enumerated().map { "price \($0) \(Self.line($1))" }
        lines += ["missing \(destination.missing.rawValue)", "removed \(destination.removed.rawValue)"]
        lines += destination.locationGroups.map(Self.line).sortedByBytes
        lines += destination.aliases.map { "alias \(Self.literal($0.text)) \(Self.literal($1.text))" }.sortedByBytes
        if let push = destination.orderPush, push.isEnabled {
            let since = push.since.map { "\($0)" } ?? "-"
            lines.append("orders \(since) \(push.wait.components.seconds)s \(push.linePrice.rawValue)")
        }
        lines.append("rates \(rates.kind) dead_band \(rates.limits.deadBand)")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ exception: FieldException) -> [String] {
        let match =
            switch exception.match {
            case .sku(let sku): "sku \(literal(sku.text))"
            case .vendor(let vendor): "vendor \(literal(vendor))"
            case .tag(let tag): "tag \(literal(tag.lowercased()))"
            case .collection(let handle): "collection \(literal(handle))"
            }
        return exception.policies.map { "exception \(match) \($0.rawValue) \($1.rawValue)" }
    }

    private static func line(_ rule: PriceRuleTemplate) -> String {
        let match =
            switch rule.match {
            case .all: "all"
            case .sku(let skus): "sku \(skus.map(literal).sortedByBytes.joined(separator: ","))"
            case .collection(let handle): "collection \(literal(handle))"
            case .vendor(let vendor): "vendor \(literal(vendor))"
            case .productType(let type): "type \(literal(type))"
            case .tag(let tag): "tag \(literal(tag))"
            }
        let floor = rule.floor.map { floor in if case .amount(let amount) = floor { "\(amount)" } else { "cost" } }
        let ceiling = rule.ceiling.map { ceiling in
            if case .amount(let amount) = ceiling { "\(amount)" } else { "compare-at" }
        }
        let parts: [(String, String?)] = [
            ("from", rule.from?.description), ("below", rule.below?.description),
            ("cost_from", rule.costFrom?.description), ("cost_below", rule.costBelow?.description),
            ("markup", rule.markup.description), ("offset", rule.offset?.description),
            ("rounding", rule.rounding.description), ("floor", floor), ("minimum", rule.minimum?.description),
            ("ceiling", ceiling),
        ]
        return ([match] + parts.compactMap { name, value in value.map { "\(name)=\($0)" } }).joined(separator: " ")
    }

    private static func line(_ group: LocationGroup) -> String {
        let source = group.source.map(literal).sortedByBytes.joined(separator: ",")
        return "locations \(source) -> \(literal(group.destination)) buffer \(group.buffer)"
    }

    /// A text that can't run into its neighbours: in quotes, with every byte that could end it escaped.
    private static func literal(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\", "\"", "\n", "\r": "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}

extension RateSettings {
    /// Which origin it is, without its numbers.
    fileprivate var kind: String {
        switch origin {
        case .ecb: "ecb"
        case .table: "table"
        case .file: "file"
        }
    }
}

extension [String] {
    /// In an order that no locale and no Unicode form changes.
    fileprivate var sortedByBytes: [String] {
        sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
