/// Which scope a field asks of the token (Admin API, "API access scopes"); writing implies reading.
enum AccessScopes {
    /// Any one of the scopes is enough.
    ///
    /// Fields that are not listed need none.
    private static let needed: [String: [String]] = [
        "QueryRoot.products": ["read_products"], "QueryRoot.productVariants": ["read_products"],
        "QueryRoot.product": ["read_products"], "QueryRoot.productVariant": ["read_products"],
        "QueryRoot.productByIdentifier": ["read_products"], "QueryRoot.productsCount": ["read_products"],
        "QueryRoot.productVariantsCount": ["read_products"], "QueryRoot.collections": ["read_products"],
        "QueryRoot.collection": ["read_products"], "QueryRoot.collectionsCount": ["read_products"],
        "QueryRoot.inventoryItem": ["read_inventory", "read_products"],
        "QueryRoot.inventoryItems": ["read_inventory", "read_products"],
        "QueryRoot.inventoryLevel": ["read_inventory"],
        "QueryRoot.locations": ["read_locations"], "QueryRoot.location": ["read_locations"],
        "QueryRoot.locationsCount": ["read_locations"],
        "ProductVariant.inventoryItem": ["read_inventory", "read_products"],
        "InventoryItem.inventoryLevel": ["read_inventory"], "InventoryItem.inventoryLevels": ["read_inventory"],
        "Location.inventoryLevel": ["read_inventory"], "Location.inventoryLevels": ["read_inventory"],
        "Mutation.productUpdate": ["write_products"], "Mutation.productVariantsBulkUpdate": ["write_products"],
        "Mutation.inventorySetQuantities": ["write_inventory"], "Mutation.inventoryActivate": ["write_inventory"],
    ]

    /// The scopes of which a field asks one; nil where it asks none.
    static func needed(by field: String, of type: String) -> [String]? { needed["\(type).\(field)"] }

    /// The error of a field the token may not read; nil where it may.
    static func refusal(of field: PlannedField, granted: [String]) -> GraphQLError? {
        guard let any = field.scopes, !any.contains(where: { isGranted($0, granted) }) else { return nil }
        return error(field: field.name, any)
    }

    /// The error of a node of a type the token may not read; nil where it may.
    static func refusal(ofNode type: String, field: String, granted: [String]) -> GraphQLError? {
        let any: [String]
        switch type {
        case "Product", "ProductVariant", "Collection": any = ["read_products"]
        case "InventoryItem": any = ["read_inventory", "read_products"]
        case "InventoryLevel": any = ["read_inventory"]
        case "Location": any = ["read_locations"]
        default: return nil
        }
        return any.contains { isGranted($0, granted) } ? nil : error(field: field, any)
    }

    private static func isGranted(_ scope: String, _ granted: [String]) -> Bool {
        granted.contains(scope)
            || (scope.hasPrefix("read_") && granted.contains("write_" + scope.dropFirst("read_".count)))
    }

    private static func error(field: String, _ scopes: [String]) -> GraphQLError {
        let required = scopes.prefix(1).map { "`\($0)` access scope" }.joined()
        return .coded(
            "ACCESS_DENIED",
            "Access denied for \(field) field. Required access: \(required).",
            at: [],
            path: [],
            [
                .init("documentation", "https://shopify.dev/api/usage/access-scopes"),
                .init("requiredAccess", .string("\(required).")),
            ]
        )
    }
}
