extension Resolvers {
    static func addRoots(to table: inout [String: Resolver]) {
        addShop(to: &table)
        addLookups(to: &table)
        addConnections(to: &table)
        addCounts(to: &table)
    }

    private static func addShop(to table: inout [String: Resolver]) {
        table["QueryRoot.shop"] = Resolver { _, _, _ in .object(.shop) }
        table["QueryRoot.currentAppInstallation"] = Resolver { _, _, _ in .object(.installation) }
        table["QueryRoot.publicApiVersions"] = Resolver { _, _, run in
            .objects(
                run.state.configuration.supportedVersions.map { version in
                    .record(
                        type: "ApiVersion",
                        values: [
                            "handle": .string(version), "displayName": .string(version), "supported": .bool(true),
                        ]
                    )
                }
            )
        }
        table["Shop.id"] = Resolver { _, _, run in .string(ResourceID.text("Shop", run.state.shopNumber)) }
        table["Shop.name"] = Resolver { _, _, run in .string(run.state.configuration.name) }
        table["Shop.myshopifyDomain"] = Resolver { _, _, run in .string(run.state.configuration.shop) }
        table["Shop.currencyCode"] = Resolver { _, _, run in .string(run.state.configuration.currency) }
        table["Shop.ianaTimezone"] = Resolver { _, _, run in .string(run.state.configuration.timezone) }
        table["Shop.email"] = Resolver { _, _, run in .string("owner@\(run.state.configuration.shop)") }
        table["Shop.url"] = Resolver { _, _, run in .string("https://\(run.state.configuration.shop)") }
        table["Shop.createdAt"] = Resolver { _, _, _ in .string("2021-03-01T09:00:00Z") }
        table["Shop.weightUnit"] = Resolver { _, _, _ in .string("KILOGRAMS") }
        table["Shop.plan"] = Resolver { _, _, _ in
            .object(
                .record(
                    type: "ShopPlan",
                    values: [
                        "displayName": .string("Basic"), "publicDisplayName": .string("Basic"),
                        "partnerDevelopment": .bool(false), "shopifyPlus": .bool(false),
                    ]
                )
            )
        }
        table["AppInstallation.id"] = Resolver { _, _, run in
            .string(ResourceID.text("AppInstallation", run.state.shopNumber + 1))
        }
        table["AppInstallation.accessScopes"] = Resolver { _, _, run in
            .objects(
                run.state.configuration.scopes.map { scope in
                    .record(
                        type: "AccessScope",
                        values: [
                            "handle": .string(scope),
                            "description": .string(scope.split(separator: "_").joined(separator: " ")),
                        ]
                    )
                }
            )
        }
    }

    private static func addLookups(to table: inout [String: Resolver]) {
        table["QueryRoot.product"] = Resolver { _, field, run throws(GraphQLError) in
            .optional(
                try number(field.arguments["id"], of: "Product").flatMap { run.state.product($0) }.map { .product($0) }
            )
        }
        table["QueryRoot.productByIdentifier"] = Resolver { _, field, run throws(GraphQLError) in
            let identifier = field.arguments["identifier"]
            if let number = try number(identifier?["id"], of: "Product") {
                return .optional(run.state.product(number).map { .product($0) })
            }
            let handle = identifier?["handle"]?.text ?? ""
            return .optional(run.state.products.first { $0.handle == handle }.map { .product($0) })
        }
        table["QueryRoot.productVariant"] = Resolver { _, field, run throws(GraphQLError) in
            .optional(
                try number(field.arguments["id"], of: "ProductVariant").flatMap { run.state.variant($0) }
                    .map { .variant($0) }
            )
        }
        table["QueryRoot.inventoryItem"] = Resolver { _, field, run throws(GraphQLError) in
            .optional(
                try number(field.arguments["id"], of: "InventoryItem").flatMap { run.state.variant(ofItem: $0) }
                    .map { .item($0) }
            )
        }
        table["QueryRoot.inventoryLevel"] = Resolver { _, field, run throws(GraphQLError) in
            _ = try number(field.arguments["id"], of: "InventoryLevel")
            return .optional(run.node(field.arguments["id"]?.text ?? ""))
        }
        table["QueryRoot.collection"] = Resolver { _, field, run throws(GraphQLError) in
            .optional(
                try number(field.arguments["id"], of: "Collection").flatMap { run.state.collection($0) }
                    .map { .collection($0) }
            )
        }
        table["QueryRoot.location"] = Resolver { _, field, run throws(GraphQLError) in
            guard let number = try number(field.arguments["id"], of: "Location") else {
                return .optional(run.state.locations.first.map { .location($0) })
            }
            return .optional(run.state.location(number).map { .location($0) })
        }
        table["QueryRoot.node"] = Resolver { _, field, run throws(GraphQLError) in
            .optional(try run.readableNode(field.arguments["id"]?.text ?? "", field.name))
        }
        table["QueryRoot.nodes"] = Resolver { _, field, run throws(GraphQLError) in
            var nodes: [Source?] = []
            for id in field.arguments["ids"]?.elements ?? [] {
                nodes.append(try run.readableNode(id.text ?? "", field.name))
            }
            return .objects(nodes)
        }
    }

    private static func addConnections(to table: inout [String: Resolver]) {
        table["QueryRoot.products"] = Resolver { _, field, run in
            let filter = SearchFilter(field.arguments["query"]?.text)
            let records = filter.isEmpty ? run.state.products : run.state.products.filter { filter.matches($0) }
            return .connection(.of(records, isSorted: true, number: \.number) { .product($0) })
        }
        table["QueryRoot.productVariants"] = Resolver { _, field, run in
            let filter = SearchFilter(field.arguments["query"]?.text)
            let records = filter.isEmpty ? run.state.variants : run.state.variants.filter { filter.matches($0) }
            return .connection(.of(records, isSorted: true, number: \.number) { .variant($0) })
        }
        table["QueryRoot.inventoryItems"] = Resolver { _, field, run in
            let filter = SearchFilter(field.arguments["query"]?.text)
            let records = filter.isEmpty ? run.state.variants : run.state.variants.filter { filter.matches($0) }
            return .connection(.of(records, isSorted: true, number: \.itemNumber) { .item($0) })
        }
        table["QueryRoot.collections"] = Resolver { _, _, run in
            .connection(.of(run.state.collections, isSorted: true, number: \.number) { .collection($0) })
        }
        table["QueryRoot.locations"] = Resolver { _, field, run in
            let all = field.arguments["includeInactive"]?.boolean ?? false
            let records = run.state.locations.filter { all || $0.isActive }.sorted { $0.name < $1.name }
            return .connection(.of(records, number: \.number) { .location($0) })
        }
    }

    private static func addCounts(to table: inout [String: Resolver]) {
        table["QueryRoot.productsCount"] = Resolver { _, field, run in
            let filter = SearchFilter(field.arguments["query"]?.text)
            let number = filter.isEmpty ? run.state.products.count : run.state.products.count { filter.matches($0) }
            return count(number, limit: field.arguments["limit"]?.integer)
        }
        table["QueryRoot.productVariantsCount"] = Resolver { _, field, run in
            let filter = SearchFilter(field.arguments["query"]?.text)
            let number = filter.isEmpty ? run.state.variants.count : run.state.variants.count { filter.matches($0) }
            return count(number, limit: field.arguments["limit"]?.integer)
        }
        table["QueryRoot.collectionsCount"] = Resolver { _, field, run in
            count(run.state.collections.count, limit: field.arguments["limit"]?.integer)
        }
        table["QueryRoot.locationsCount"] = Resolver { _, field, run in
            count(run.state.locations.count { $0.isActive }, limit: field.arguments["limit"]?.integer)
        }
    }
}

extension Execution {
    /// The object behind an id, where the token may read its type.
    func readableNode(_ text: String, _ field: String) throws(GraphQLError) -> Source? {
        if let type = ResourceID(text)?.type,
            let refused = AccessScopes.refusal(ofNode: type, field: field, granted: state.configuration.scopes)
        {
            throw refused
        }
        return node(text)
    }

    /// The object behind an id; nil where there is none, as `node` answers.
    func node(_ text: String) -> Source? {
        guard let id = ResourceID(text) else { return nil }
        switch id.type {
        case "Product": return state.product(id.number).map { .product($0) }
        case "ProductVariant": return state.variant(id.number).map { .variant($0) }
        case "InventoryItem": return state.variant(ofItem: id.number).map { .item($0) }
        case "InventoryLevel":
            let variant = id.inventoryItem.flatMap { state.variant(ofItem: $0) }
            return variant?.levels.first { $0.location.levelNumber == id.number }.map { .level($0) }
        case "Location": return state.location(id.number).map { .location($0) }
        case "Collection": return state.collection(id.number).map { .collection($0) }
        case "BulkOperation": return state.pollBulkOperation(id.number).map { .bulkOperation($0) }
        case "Shop" where id.number == state.shopNumber: return .shop
        default: return nil
        }
    }
}
