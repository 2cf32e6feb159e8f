import Catalog
import Pricing
import Reconciliation

extension SettingsReader {
    func destination(
        _ node: SettingsNode,
        path: String,
        fields: FieldPolicies,
        brakes teamBrakes: BrakeLimits
    ) -> DestinationSettings? {
        guard let store = store(node) else { return nil }
        return DestinationSettings(
            store: store,
            fields: fields.merging(policies(node["fields"])),
            exceptions: exceptions(node["exceptions"]),
            priceRules: (node["price_rules"]?.items ?? []).enumerated().map { index, item in
                priceRule(item, path: "\(path).price_rules[\(index)]")
            },
            missing: node["missing"]?.choice() ?? .report,
            removed: node["removed"]?.choice() ?? .report,
            locationGroups: (node["location_groups"]?.items ?? []).compactMap(locationGroup),
            orderPush: node["order_push"].map(orderPush),
            aliases: aliases(node["sku_aliases"]),
            onLeave: node["on_leave"]?.choice() ?? .keep,
            brakes: brakes(node["brakes"], over: teamBrakes),
            reportsTo: recipients(node["reports_to"])
        )
    }

    private func exceptions(_ node: SettingsNode?) -> [FieldException] {
        let kinds: [(name: String, match: (String) -> FieldException.Match?)] = [
            ("sku", { SKU($0).map { .sku($0) } }),
            ("collection", { .collection($0) }),
            ("tag", { .tag($0) }),
            ("vendor", { .vendor($0) }),
        ]
        return kinds.flatMap { kind in
            (node?[kind.name]?.entries ?? []).compactMap { entry in
                kind.match(entry.key).map { FieldException(match: $0, policies: policies(entry.value)) }
            }
        }
    }

    private func priceRule(_ node: SettingsNode, path: String) -> PriceRuleTemplate {
        let floor: PriceRuleTemplate.Floor? = node["floor"].flatMap { floor in
            floor.text == "cost" ? .cost : floor.decimal.map { .amount($0) }
        }
        let ceiling: PriceRuleTemplate.Ceiling? = node["ceiling"].flatMap { ceiling in
            ceiling.text == "compare-at" ? .compareAt : ceiling.decimal.map { .amount($0) }
        }
        let ending = node["ending"]?.text.flatMap { try? PriceEnding(parsing: $0) }
        return PriceRuleTemplate(
            place: SettingsPlace(file: file, position: node.position, key: path),
            match: priceMatch(node["match"]),
            from: node["from"]?.decimal,
            below: node["below"]?.decimal,
            costFrom: node["cost_from"]?.decimal,
            costBelow: node["cost_below"]?.decimal,
            markup: node["markup"]?.percent ?? .zero,
            offset: node["offset"]?.decimal,
            rounding: ending.map { .ending($0) }
                ?? node["rounding"]?.text.flatMap { PriceRounding(settingsText: $0) } ?? .halfEven,
            floor: floor,
            minimum: node["minimum"]?.decimal,
            ceiling: ceiling
        )
    }

    private func priceMatch(_ node: SettingsNode?) -> PriceMatch {
        guard let entry = node?.entries.first else { return .all }
        let text = entry.value.text ?? ""
        return switch entry.key {
        case "sku": .sku(entry.value.text.map { [$0] } ?? texts(entry.value))
        case "collection": .collection(text)
        case "vendor": .vendor(text)
        case "type": .productType(text)
        case "tag": .tag(text)
        default: .all
        }
    }

    private func locationGroup(_ node: SettingsNode) -> LocationGroup? {
        guard let name = node["name"]?.text, let destination = node["destination"]?.text else { return nil }
        return LocationGroup(
            name: name,
            source: texts(node["source"]),
            destination: destination,
            buffer: node["buffer"]?.whole ?? 0
        )
    }

    private func orderPush(_ node: SettingsNode) -> OrderPushSettings {
        OrderPushSettings(
            isEnabled: node["enabled"]?.text == "true",
            since: node["since"]?.text.flatMap { CalendarDate($0) },
            wait: node["wait"]?.duration ?? .seconds(120),
            linePrice: node["line_price"]?.choice() ?? .retail
        )
    }

    private func aliases(_ node: SettingsNode?) -> [SKU: SKU] {
        var aliases: [SKU: SKU] = [:]
        for entry in node?.entries ?? [] {
            guard let source = SKU(entry.key), let destination = entry.value.text.flatMap({ SKU($0) }) else { continue }
            aliases[source] = destination
        }
        return aliases
    }
}
