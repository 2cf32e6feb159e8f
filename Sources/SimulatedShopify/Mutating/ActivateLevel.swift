/// `inventoryActivate`: stocks an item at a location; quantities are taken only where it was not stocked yet.
struct ActivateLevel {
    private let run: Execution
    private let field: PlannedField
    private var errors = UserErrors(type: "UserError", hasCodes: false)

    init(_ run: Execution, _ field: PlannedField) {
        self.run = run
        self.field = field
    }

    func payload() throws(GraphQLError) -> Resolved {
        var call = self
        let item = try Resolvers.number(field.arguments["inventoryItemId"], of: "InventoryItem")
        let place = try Resolvers.number(field.arguments["locationId"], of: "Location")
        let level = call.activate(
            item.flatMap { run.state.variant(ofItem: $0) },
            place.flatMap { run.state.location($0) }
        )
        return .object(
            .record(
                type: "InventoryActivatePayload",
                values: [
                    "inventoryLevel": .optional(level.map { .level($0) }), "userErrors": .objects(call.errors.list),
                ]
            )
        )
    }

    private mutating func activate(_ variant: VariantRecord?, _ location: LocationRecord?) -> LevelRecord? {
        for case .userError(_, let path, let message, _) in run.faults { errors.add(path, message) }
        if variant == nil {
            errors.add(["inventoryItemId"], "The product couldn't be stocked because it doesn't exist.")
        }
        if location == nil || location?.isActive == false {
            errors.add(["locationId"], "The location couldn't be found or isn't active.")
        }
        let available = field.arguments["available"]?.integer
        let onHand = field.arguments["onHand"]?.integer
        if available != nil, onHand != nil {
            errors.add(["available"], "Only one of available and onHand can be given.")
        }
        guard errors.isEmpty, let variant, let location else { return nil }
        if let level = variant.level(at: location) {
            if let wanted = available ?? onHand, wanted != level.available {
                errors.add(
                    ["available"],
                    "Not allowed to set available quantity when the item is already active at the location."
                )
                return nil
            }
            return level
        }
        let level = LevelRecord(
            location: location,
            variant: variant,
            available: available ?? onHand ?? 0,
            at: run.state.seconds
        )
        variant.levels.append(level)
        variant.updatedAt = run.state.seconds
        return level
    }
}
