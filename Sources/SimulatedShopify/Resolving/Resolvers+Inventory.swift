extension Resolvers {
    private static func item(
        _ read: @escaping @Sendable (VariantRecord, PlannedField, Execution) throws(GraphQLError) -> Resolved
    ) -> Resolver {
        Resolver { source, field, run throws(GraphQLError) in
            guard case .item(let variant) = source else { return .null }
            return try read(variant, field, run)
        }
    }

    private static func level(_ read: @escaping @Sendable (LevelRecord, PlannedField) -> Resolved) -> Resolver {
        Resolver { source, field, _ in
            if case .level(let level) = source { read(level, field) } else { .null }
        }
    }

    private static func location(
        _ read: @escaping @Sendable (LocationRecord, PlannedField, Execution) throws(GraphQLError) -> Resolved
    ) -> Resolver {
        Resolver { source, field, run throws(GraphQLError) in
            guard case .location(let location) = source else { return .null }
            return try read(location, field, run)
        }
    }

    static func addInventory(to table: inout [String: Resolver]) {
        addItems(to: &table)
        addLevels(to: &table)
        addLocations(to: &table)
    }

    private static func addItems(to table: inout [String: Resolver]) {
        table["InventoryItem.id"] = item { variant, _, _ in .string(variant.itemID) }
        table["InventoryItem.legacyResourceId"] = item { variant, _, _ in .string(String(variant.itemNumber)) }
        table["InventoryItem.sku"] = item { variant, _, _ in .optional(variant.sku) }
        table["InventoryItem.tracked"] = item { variant, _, _ in .bool(variant.tracked) }
        table["InventoryItem.requiresShipping"] = item { variant, _, _ in .bool(variant.requiresShipping) }
        table["InventoryItem.countryCodeOfOrigin"] = item { variant, _, _ in .optional(variant.countryOfOrigin) }
        table["InventoryItem.harmonizedSystemCode"] = item { variant, _, _ in .optional(variant.hsCode) }
        table["InventoryItem.unitCost"] = item { variant, _, _ in .optional(variant.cost.map { .money($0) }) }
        table["InventoryItem.measurement"] = item { variant, _, _ in .object(.measurement(variant)) }
        table["InventoryItem.createdAt"] = item { variant, _, _ in .string(Timestamp.text(variant.createdAt)) }
        table["InventoryItem.updatedAt"] = item { variant, _, _ in .string(Timestamp.text(variant.updatedAt)) }
        table["InventoryItem.variant"] = item { variant, _, _ in .object(.variant(variant)) }
        table["InventoryItem.variants"] = item { variant, _, _ in
            .connection(.of([variant], number: \.number) { .variant($0) })
        }
        table["InventoryItem.locationsCount"] = item { variant, _, _ in count(variant.levels.count) }
        table["InventoryItem.duplicateSkuCount"] = item { variant, _, run in
            .int(variant.sku.map { max(0, run.state.variants(sku: $0).count - 1) } ?? 0)
        }
        table["InventoryItem.inventoryLevel"] = item { variant, field, _ throws(GraphQLError) in
            let number = try number(field.arguments["locationId"], of: "Location")
            return .optional(variant.levels.first { $0.location.number == number }.map { .level($0) })
        }
        table["InventoryItem.inventoryLevels"] = item { variant, field, _ in
            let all = field.arguments["includeInactive"]?.boolean ?? false
            let levels = all ? variant.levels : variant.levels.filter { $0.location.isActive }
            return .connection(.of(levels, number: \.location.levelNumber) { .level($0) })
        }
        table["InventoryItemMeasurement.id"] = Resolver { source, _, _ in
            guard case .measurement(let variant) = source else { return .null }
            return .string(ResourceID.text("InventoryItemMeasurement", variant.itemNumber + 1))
        }
        table["InventoryItemMeasurement.weight"] = Resolver { source, _, _ in
            guard case .measurement(let variant) = source else { return .null }
            return .optional(variant.weight.map { .weight($0) })
        }
        table["Weight.value"] = Resolver { source, _, _ in
            if case .weight(let weight) = source { .double(weight.value) } else { .null }
        }
        table["Weight.unit"] = Resolver { source, _, _ in
            if case .weight(let weight) = source { .string(weight.unit) } else { .null }
        }
    }

    private static func addLevels(to table: inout [String: Resolver]) {
        table["InventoryLevel.id"] = level { level, _ in .string(level.id) }
        table["InventoryLevel.isActive"] = level { level, _ in .bool(level.location.isActive) }
        table["InventoryLevel.canDeactivate"] = level { level, _ in .bool(level.variant.levels.count > 1) }
        table["InventoryLevel.item"] = level { level, _ in .object(.item(level.variant)) }
        table["InventoryLevel.location"] = level { level, _ in .object(.location(level.location)) }
        table["InventoryLevel.createdAt"] = level { level, _ in .string(Timestamp.text(level.variant.createdAt)) }
        table["InventoryLevel.updatedAt"] = level { level, _ in .string(Timestamp.text(level.updatedAt)) }
        table["InventoryLevel.quantities"] = Resolver { source, field, _ throws(GraphQLError) in
            guard case .level(let level) = source else { return .null }
            var quantities: [Source?] = []
            for name in field.arguments["names"]?.elements ?? [] {
                guard let name = name.text, level.quantity(name) != nil else {
                    throw .coded("INVALID_FIELD_ARGUMENTS", "\(name.jsonText) is not a valid inventory quantity name.")
                }
                quantities.append(.quantity(level, name: name))
            }
            return .objects(quantities)
        }
        table["InventoryQuantity.id"] = Resolver { source, _, _ in
            guard case .quantity(let level, let name) = source else { return .null }
            let digits = "\(level.location.levelNumber)?inventory_item_id=\(level.variant.itemNumber)&name=\(name)"
            return .string("gid://shopify/InventoryQuantity/\(digits)")
        }
        table["InventoryQuantity.name"] = Resolver { source, _, _ in
            if case .quantity(_, let name) = source { .string(name) } else { .null }
        }
        table["InventoryQuantity.quantity"] = Resolver { source, _, _ in
            if case .quantity(let level, let name) = source { .int(level.quantity(name) ?? 0) } else { .null }
        }
        table["InventoryQuantity.updatedAt"] = Resolver { source, _, _ in
            if case .quantity(let level, _) = source { .string(Timestamp.text(level.updatedAt)) } else { .null }
        }
    }

    private static func addLocations(to table: inout [String: Resolver]) {
        table["Location.id"] = location { location, _, _ in .string(location.id) }
        table["Location.legacyResourceId"] = location { location, _, _ in .string(String(location.number)) }
        table["Location.name"] = location { location, _, _ in .string(location.name) }
        table["Location.isActive"] = location { location, _, _ in .bool(location.isActive) }
        table["Location.isFulfillmentService"] = location { location, _, _ in .bool(location.isFulfillmentService) }
        table["Location.fulfillsOnlineOrders"] = location { location, _, _ in .bool(location.isActive) }
        table["Location.shipsInventory"] = location { location, _, _ in .bool(location.isActive) }
        table["Location.hasActiveInventory"] = location { location, _, run in
            .bool(run.state.variants.contains { $0.level(at: location) != nil })
        }
        table["Location.createdAt"] = location { _, _, _ in .string("2021-03-01T09:00:00Z") }
        table["Location.updatedAt"] = location { _, _, _ in .string("2021-03-01T09:00:00Z") }
        table["Location.inventoryLevel"] = location { location, field, run throws(GraphQLError) in
            let variant = try number(field.arguments["inventoryItemId"], of: "InventoryItem")
                .flatMap { run.state.variant(ofItem: $0) }
            return .optional(variant?.level(at: location).map { .level($0) })
        }
        table["Location.inventoryLevels"] = location { location, _, run in
            let levels = run.state.variants.compactMap { $0.level(at: location) }
            return .connection(.of(levels, isSorted: true, number: \.variant.itemNumber) { .level($0) })
        }
    }
}
