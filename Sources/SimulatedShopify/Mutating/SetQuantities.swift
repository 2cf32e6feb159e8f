/// `inventorySetQuantities`: absolute quantities by compare-and-set, all or none.
struct SetQuantities {
    private let run: Execution
    private let input: JSONValue
    private let name: String
    private var errors = UserErrors(type: "InventorySetQuantitiesUserError", hasCodes: true)

    private static let reasons: Set<String> = [
        "correction", "cycle_count_available", "damaged", "movement_created", "movement_updated", "movement_received",
        "movement_canceled", "other", "promotion", "quality_control", "received", "reservation_created",
        "reservation_deleted", "reservation_updated", "restock", "safety_stock", "shrinkage",
    ]

    init(_ run: Execution, _ field: PlannedField) {
        self.run = run
        input = field.arguments["input"] ?? .object([])
        name = input["name"]?.text ?? ""
    }

    /// Refuses a call that leaves `changeFromQuantity` out (required since 2026-04; null skips the comparison).
    static func check(_ field: PlannedField) throws(GraphQLError) {
        let quantities = field.arguments["input"]?["quantities"]?.elements ?? []
        if let index = quantities.firstIndex(where: { $0["changeFromQuantity"] == nil }) {
            throw .coded(
                "INVALID_FIELD_ARGUMENTS",
                "The changeFromQuantity argument is required for each quantity (missing at index \(index))."
            )
        }
    }

    func payload() -> Resolved {
        var call = self
        for case .sale(let sku, let quantity) in run.faults { call.sell(sku, quantity) }
        let group = call.apply()
        return .object(
            .record(
                type: "InventorySetQuantitiesPayload",
                values: ["inventoryAdjustmentGroup": .optional(group), "userErrors": .objects(call.errors.list)]
            )
        )
    }

    /// A customer buys between the reading and the setting.
    private func sell(_ sku: String?, _ quantity: Int) {
        for entry in input["quantities"]?.elements ?? [] {
            guard let level = level(of: entry), sku == nil || level.variant.sku == sku else { continue }
            level.available -= quantity
            level.committed += quantity
            return
        }
    }

    private func level(of entry: JSONValue) -> LevelRecord? {
        let item = entry["inventoryItemId"]?.text.flatMap { ResourceID($0) }
        let location = entry["locationId"]?.text.flatMap { ResourceID($0) }
        guard let variant = item.flatMap({ run.state.variant(ofItem: $0.number) }) else { return nil }
        return variant.levels.first { $0.location.number == location?.number }
    }

    private mutating func apply() -> Source? {
        checkHeader()
        var seen: Set<String> = []
        var changes: [(LevelRecord, Int)] = []
        for (index, entry) in (input["quantities"]?.elements ?? []).enumerated() {
            if let change = check(entry, index, &seen) { changes.append(change) }
        }
        guard errors.isEmpty else { return nil }
        let group = changes.map { level, quantity -> Source? in
            let delta = quantity - (level.quantity(name) ?? 0)
            level.available += delta
            level.updatedAt = run.state.seconds
            level.variant.updatedAt = run.state.seconds
            return .record(
                type: "InventoryChange",
                values: [
                    "delta": .int(delta), "name": .string(name), "quantityAfterChange": .int(quantity),
                    "item": .object(.item(level.variant)), "location": .object(.location(level.location)),
                ]
            )
        }
        return .record(
            type: "InventoryAdjustmentGroup",
            values: [
                "id": .string(
                    ResourceID.text("InventoryAdjustmentGroup", run.state.number("InventoryAdjustmentGroup"))
                ),
                "createdAt": .string(Timestamp.text(run.state.seconds)),
                "reason": .string(input["reason"]?.text ?? ""),
                "referenceDocumentUri": .optional(input["referenceDocumentUri"]?.text), "changes": .objects(group),
            ]
        )
    }

    private mutating func checkHeader() {
        if !["available", "on_hand"].contains(name) {
            errors.add(["input", "name"], "The quantity name must be either 'available' or 'on_hand'.", "INVALID_NAME")
        }
        if !Self.reasons.contains(input["reason"]?.text ?? "") {
            errors.add(["input", "reason"], "The specified reason is invalid.", "INVALID_REASON")
        }
        if let uri = input["referenceDocumentUri"]?.text, !uri.contains("://") {
            errors.add(
                ["input", "referenceDocumentUri"],
                "The specified reference document is invalid.",
                "INVALID_REFERENCE_DOCUMENT"
            )
        }
    }

    private mutating func check(
        _ entry: JSONValue,
        _ index: Int,
        _ seen: inout Set<String>
    ) -> (LevelRecord, Int)? {
        let path = ["input", "quantities", String(index)]
        for case .userError(let at, let inner, let message, let code) in run.faults where at == nil || at == index {
            errors.add(path + inner, message, code)
        }
        let pair = "\(entry["inventoryItemId"]?.text ?? "") \(entry["locationId"]?.text ?? "")"
        if !seen.insert(pair).inserted {
            errors.add(
                path + ["locationId"],
                "The combination of inventoryItemId and locationId must be unique in the list of quantities.",
                "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR"
            )
        }
        let item = entry["inventoryItemId"]?.text.flatMap { ResourceID($0) }
        guard let item, item.type == "InventoryItem", let variant = run.state.variant(ofItem: item.number) else {
            errors.add(
                path + ["inventoryItemId"],
                "The specified inventory item could not be found.",
                "INVALID_INVENTORY_ITEM"
            )
            return nil
        }
        let place = entry["locationId"]?.text.flatMap { ResourceID($0) }
        guard let place, place.type == "Location", let location = run.state.location(place.number), location.isActive
        else {
            errors.add(path + ["locationId"], "The specified location could not be found.", "INVALID_LOCATION")
            return nil
        }
        guard let level = variant.level(at: location) else {
            errors.add(
                path + ["locationId"],
                "The specified inventory item is not stocked at the location.",
                "ITEM_NOT_STOCKED_AT_LOCATION"
            )
            return nil
        }
        let quantity = entry["quantity"]?.integer ?? 0
        checkValue(quantity, entry["changeFromQuantity"]?.integer, level, path)
        return (level, quantity)
    }

    private mutating func checkValue(_ quantity: Int, _ expected: Int?, _ level: LevelRecord, _ path: [String]) {
        if quantity > 1_000_000_000 {
            errors.add(
                path + ["quantity"],
                "The quantity can't be higher than 1,000,000,000.",
                "INVALID_QUANTITY_TOO_HIGH"
            )
        } else if quantity < -1_000_000_000 {
            errors.add(
                path + ["quantity"],
                "The quantity can't be lower than -1,000,000,000.",
                "INVALID_QUANTITY_TOO_LOW"
            )
        } else if name == "on_hand", quantity < 0 {
            errors.add(path + ["quantity"], "The quantity can't be negative.", "INVALID_QUANTITY_NEGATIVE")
        }
        if let expected, let current = level.quantity(name), expected != current {
            errors.add(
                path + ["changeFromQuantity"],
                "The changeFromQuantity argument no longer matches the persisted quantity.",
                "CHANGE_FROM_QUANTITY_STALE"
            )
        }
    }
}
