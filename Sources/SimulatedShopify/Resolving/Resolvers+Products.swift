extension Resolvers {
    /// A resolver of product fields; anything else answers null.
    private static func product(
        _ read: @escaping @Sendable (ProductRecord, PlannedField, Execution) throws(GraphQLError) -> Resolved
    ) -> Resolver {
        Resolver { source, field, run throws(GraphQLError) in
            guard case .product(let product) = source else { return .null }
            return try read(product, field, run)
        }
    }

    private static func collection(
        _ read: @escaping @Sendable (CollectionRecord, PlannedField) throws(GraphQLError) -> Resolved
    ) -> Resolver {
        Resolver { source, field, _ throws(GraphQLError) in
            guard case .collection(let collection) = source else { return .null }
            return try read(collection, field)
        }
    }

    static func addProducts(to table: inout [String: Resolver]) {
        table["Product.id"] = product { product, _, _ in .string(product.id) }
        table["Product.legacyResourceId"] = product { product, _, _ in .string(String(product.number)) }
        table["Product.handle"] = product { product, _, _ in .string(product.handle) }
        table["Product.title"] = product { product, _, _ in .string(product.title) }
        table["Product.descriptionHtml"] = product { product, _, _ in .string(product.descriptionHtml) }
        table["Product.vendor"] = product { product, _, _ in .string(product.vendor) }
        table["Product.productType"] = product { product, _, _ in .string(product.productType) }
        table["Product.tags"] = product { product, _, _ in .strings(product.tags) }
        table["Product.status"] = product { product, _, _ in .string(product.status) }
        table["Product.seo"] = product { product, _, _ in
            .object(.seo(title: product.seoTitle, description: product.seoDescription))
        }
        table["Product.createdAt"] = product { product, _, _ in .string(Timestamp.text(product.createdAt)) }
        table["Product.updatedAt"] = product { product, _, _ in .string(Timestamp.text(product.updatedAt)) }
        table["Product.publishedAt"] = product { product, _, _ in
            product.status == "ACTIVE" ? .string(Timestamp.text(product.createdAt)) : .null
        }
        table["Product.totalInventory"] = product { product, _, _ in
            .int(product.variants.reduce(0) { $0 + $1.available })
        }
        table["Product.tracksInventory"] = product { product, _, _ in .bool(product.variants.contains { $0.tracked }) }
        table["Product.hasOnlyDefaultVariant"] = product { product, _, _ in
            .bool(product.variants.count == 1 && product.options == ["Title"])
        }
        table["Product.isGiftCard"] = product { _, _, _ in .bool(false) }
        table["Product.options"] = product { product, field, _ in
            .objects(options(of: product, first: field.arguments["first"]?.integer))
        }
        table["Product.variants"] = product { product, _, _ in
            .connection(.of(product.variants, number: \.number) { .variant($0) })
        }
        table["Product.variantsCount"] = product { product, _, _ in count(product.variants.count) }
        table["Product.collections"] = product { product, _, _ in
            .connection(.of(product.collections, number: \.number) { .collection($0) })
        }
        table["Product.inCollection"] = product { product, field, _ throws(GraphQLError) in
            let number = try number(field.arguments["id"], of: "Collection")
            return .bool(product.collections.contains { $0.number == number })
        }
        table["SEO.title"] = Resolver { source, _, _ in
            if case .seo(let title, _) = source { .optional(title) } else { .null }
        }
        table["SEO.description"] = Resolver { source, _, _ in
            if case .seo(_, let description) = source { .optional(description) } else { .null }
        }
        addCollections(to: &table)
    }

    private static func options(of product: ProductRecord, first: Int?) -> [Source?] {
        product.options.prefix(first ?? 3).enumerated().map { index, name in
            var values: [String] = []
            for variant in product.variants where variant.optionValues.indices.contains(index) {
                let value = variant.optionValues[index]
                if !values.contains(value) { values.append(value) }
            }
            return .record(
                type: "ProductOption",
                values: [
                    "id": .string(ResourceID.text("ProductOption", product.number + Int64(index) + 1)),
                    "name": .string(name), "position": .int(index + 1), "values": .strings(values),
                ]
            )
        }
    }

    private static func addCollections(to table: inout [String: Resolver]) {
        table["Collection.id"] = collection { collection, _ in .string(collection.id) }
        table["Collection.legacyResourceId"] = collection { collection, _ in .string(String(collection.number)) }
        table["Collection.handle"] = collection { collection, _ in .string(collection.handle) }
        table["Collection.title"] = collection { collection, _ in .string(collection.title) }
        table["Collection.descriptionHtml"] = collection { _, _ in .string("") }
        table["Collection.updatedAt"] = collection { collection, _ in .string(Timestamp.text(collection.updatedAt)) }
        table["Collection.sortOrder"] = collection { _, _ in .string("MANUAL") }
        table["Collection.seo"] = collection { _, _ in .object(.seo(title: nil, description: nil)) }
        table["Collection.products"] = collection { collection, _ in
            .connection(.of(collection.products, number: \.number) { .product($0) })
        }
        table["Collection.productsCount"] = collection { collection, _ in count(collection.products.count) }
        table["Collection.hasProduct"] = collection { collection, field throws(GraphQLError) in
            let number = try number(field.arguments["id"], of: "Product")
            return .bool(collection.products.contains { $0.number == number })
        }
    }
}
