extension CatalogueMirror {
    private mutating func drifts(_ field: String) -> Bool {
        guard let permille = settings.driftPermille[field], permille > 0 else { return false }
        return random.chance(permille: permille)
    }

    private mutating func note(
        _ sku: String,
        _ field: String,
        _ expected: String?,
        _ drifted: String?,
        _ location: String? = nil
    ) {
        truth.drifts.append(
            .init(
                sku: sku,
                field: field,
                expected: expected,
                drifted: drifted,
                location: location,
                sourceStatus: sourceStatus
            )
        )
    }

    mutating func drift(_ variant: inout SimulatedVariant, _ sku: String) {
        let before = variant
        if drifts("price") { variant.price = moved(variant.price) }
        if drifts("compare_at_price") {
            variant.compareAtPrice = before.compareAtPrice == nil ? added(to: before.price, hundredths: 130) : nil
        }
        if drifts("cost") { variant.cost = variant.cost.map { moved($0) } ?? added(to: "0", hundredths: 100) }
        if drifts("barcode") {
            variant.barcode =
                before.barcode == nil || random.chance(permille: 700) ? "9\(random.below(900_000_000))" : nil
        }
        if drifts("weight") {
            variant.weight = SimulatedWeight(
                value: (before.weight?.value ?? 0) + 0.25,
                unit: before.weight?.unit ?? "GRAMS"
            )
        }
        if drifts("taxable") { variant.taxable.toggle() }
        if drifts("requires_shipping") { variant.requiresShipping.toggle() }
        if drifts("country_of_origin") { variant.countryOfOrigin = before.countryOfOrigin == "JP" ? "KR" : "JP" }
        if drifts("hs_code") { variant.hsCode = before.hsCode == "950300" ? "950301" : "950300" }
        if drifts("inventory_policy") {
            variant.inventoryPolicy = before.inventoryPolicy == "DENY" ? "CONTINUE" : "DENY"
        }
        if drifts("tracked") { variant.tracked.toggle() }
        if before.tracked, variant.tracked, drifts("inventory"),
            let location = locations.first(where: { variant.inventory[$0] != nil }),
            let held = variant.inventory[location]
        {
            variant.inventory[location] = held + (random.chance(permille: 500) ? 1 : 17)
            note(sku, "inventory", String(held), String(variant.inventory[location] ?? 0), location)
        }
        for (field, expected, drifted) in Self.differences(before, variant) { note(sku, field, expected, drifted) }
    }

    private static func differences(
        _ before: SimulatedVariant,
        _ after: SimulatedVariant
    ) -> [(String, String?, String?)] {
        func weight(_ weight: SimulatedWeight?) -> String? { weight.map { "\($0.value) \($0.unit)" } }
        return [
            ("price", before.price, after.price), ("compare_at_price", before.compareAtPrice, after.compareAtPrice),
            ("cost", before.cost, after.cost), ("barcode", before.barcode, after.barcode),
            ("weight", weight(before.weight), weight(after.weight)),
            ("taxable", String(before.taxable), String(after.taxable)),
            ("requires_shipping", String(before.requiresShipping), String(after.requiresShipping)),
            ("country_of_origin", before.countryOfOrigin, after.countryOfOrigin),
            ("hs_code", before.hsCode, after.hsCode),
            ("inventory_policy", before.inventoryPolicy, after.inventoryPolicy),
            ("tracked", String(before.tracked), String(after.tracked)),
        ].filter { $0.1 != $0.2 }
    }

    /// A little more or less: never a jump that a brake would hold.
    private mutating func moved(_ text: String) -> String {
        let minor = DecimalText.minorUnits(text, digits: digits) ?? 0
        let change = [1, 1, max(1, minor / 20), -max(1, minor / 50)][random.below(4)]
        return DecimalText.money(max(1, minor + change), digits: digits)
    }

    private func added(to text: String, hundredths: Int64) -> String {
        let minor = DecimalText.minorUnits(text, digits: digits) ?? 0
        return DecimalText.money(max(499, minor * hundredths / 100), digits: digits)
    }

    mutating func drift(_ product: inout SimulatedProduct, _ skus: [String]) {
        let before = product
        if drifts("title") { product.title += " (local)" }
        if drifts("description") { product.description += "<p>Edited here.</p>" }
        if drifts("vendor") { product.vendor += " GmbH" }
        if drifts("product_type") { product.productType += " & more" }
        if drifts("tags") {
            product.tags = before.tags.isEmpty ? ["local"] : Array(before.tags.dropFirst()) + ["local"]
        }
        if drifts("status") { product.status = before.status == "ACTIVE" ? "DRAFT" : "ACTIVE" }
        if drifts("seo_title") { product.seoTitle = (before.seoTitle ?? before.title) + " – shop" }
        if drifts("seo_description") { product.seoDescription = before.seoDescription == nil ? "Buy it here." : nil }
        if drifts("handle"), handles.insert(before.handle + "-local").inserted { product.handle += "-local" }
        func tags(_ product: SimulatedProduct) -> String {
            ProductRecord.normalised(product.tags).joined(separator: ", ")
        }
        let fields: [(String, String?, String?)] = [
            ("title", before.title, product.title), ("description", before.description, product.description),
            ("vendor", before.vendor, product.vendor), ("product_type", before.productType, product.productType),
            ("tags", tags(before), tags(product)), ("status", before.status, product.status),
            ("handle", before.handle, product.handle), ("seo_title", before.seoTitle, product.seoTitle),
            ("seo_description", before.seoDescription, product.seoDescription),
        ]
        for (field, expected, drifted) in fields where expected != drifted {
            for sku in skus { note(sku, field, expected, drifted) }
        }
    }
}
