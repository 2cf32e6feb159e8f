/// `productVariantsBulkUpdate`: variants of one product; all or nothing unless `allowPartialUpdates`.
struct VariantsUpdate {
    private let run: Execution
    private let field: PlannedField
    private var errors = UserErrors(type: "ProductVariantsBulkUpdateUserError", hasCodes: true)

    init(_ run: Execution, _ field: PlannedField) {
        self.run = run
        self.field = field
    }

    func payload() throws(GraphQLError) -> Resolved {
        var update = self
        let number = try Resolvers.number(field.arguments["productId"], of: "Product")
        guard let product = number.flatMap({ run.state.product($0) }) else {
            update.errors.add(["productId"], "Product does not exist", "PRODUCT_DOES_NOT_EXIST")
            return update.result(nil, nil)
        }
        let written = update.apply(to: product)
        return update.result(product, written)
    }

    private func result(_ product: ProductRecord?, _ variants: [VariantRecord]?) -> Resolved {
        .object(
            .record(
                type: "ProductVariantsBulkUpdatePayload",
                values: [
                    "product": .optional(product.map { .product($0) }),
                    "productVariants": variants.map { .objects($0.map { .variant($0) }) } ?? .null,
                    "userErrors": .objects(errors.list),
                ]
            )
        )
    }

    private mutating func apply(to product: ProductRecord) -> [VariantRecord]? {
        let inputs = field.arguments["variants"]?.elements ?? []
        let isPartial = field.arguments["allowPartialUpdates"]?.boolean ?? false
        var sound: [(VariantRecord, JSONValue)] = []
        for (index, input) in inputs.enumerated() {
            let before = errors.list.count
            let variant = check(input, index, product)
            if let variant, errors.list.count == before { sound.append((variant, input)) }
        }
        guard errors.isEmpty || isPartial else { return nil }
        for (variant, input) in sound { write(input, variant) }
        if !sound.isEmpty { product.updatedAt = run.state.seconds }
        return sound.map(\.0)
    }

    private mutating func check(_ input: JSONValue, _ index: Int, _ product: ProductRecord) -> VariantRecord? {
        let path = ["variants", String(index)]
        for case .userError(let at, let inner, let message, let code) in run.faults where at == nil || at == index {
            errors.add(path + (inner.isEmpty ? ["id"] : inner), message, code ?? "INVALID_INPUT")
        }
        guard let id = input["id"]?.text else {
            errors.add(path + ["id"], "Product variant is missing ID attribute", "PRODUCT_VARIANT_ID_MISSING")
            return nil
        }
        guard let number = ResourceID(id), number.type == "ProductVariant",
            let variant = run.state.variant(number.number), variant.product === product
        else {
            errors.add(path + ["id"], "Product variant does not exist", "PRODUCT_VARIANT_DOES_NOT_EXIST")
            return nil
        }
        if input["inventoryQuantities"] != nil {
            errors.add(
                path + ["inventoryQuantities"],
                "Inventory quantities can only be provided during create. To update inventory for existing variants, use "
                    + "inventorySetQuantities",
                "NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE"
            )
        }
        checkAmounts(input, path)
        checkItem(input["inventoryItem"], path + ["inventoryItem"])
        if let barcode = input["barcode"]?.text, barcode.unicodeScalars.count > 255 {
            errors.add(path + ["barcode"], "Barcode is too long (maximum is 255 characters)", "TOO_LONG")
        }
        return variant
    }

    private mutating func checkAmounts(_ input: JSONValue, _ path: [String]) {
        for (name, label) in [("price", "Price"), ("compareAtPrice", "Compare at price")] {
            guard let value = input[name] else { continue }
            guard let text = value.text else {
                if name == "price" { errors.add(path + [name], "Price can't be blank", "BLANK") }
                continue
            }
            amount(text, label, path + [name])
        }
    }

    private mutating func amount(_ text: String, _ label: String, _ path: [String]) {
        if text.hasPrefix("-") {
            errors.add(path, "\(label) must be greater than or equal to 0", "NEGATIVE_PRICE_VALUE")
        } else if let minor = DecimalText.minorUnits(text, digits: run.state.digits) {
            if minor >= 1_000_000_000_000_000_000 / 10 {
                errors.add(path, "\(label) must be less than 1000000000000000000", "INVALID_VALUE")
            }
        } else {
            errors.add(
                path,
                "\(label) has more decimals than \(run.state.configuration.currency) allows",
                "INVALID_VALUE"
            )
        }
    }

    private mutating func checkItem(_ item: JSONValue?, _ path: [String]) {
        guard let item else { return }
        if let cost = item["cost"]?.text { amount(cost, "Cost", path + ["cost"]) }
        if let sku = item["sku"]?.text, sku.unicodeScalars.count > 255 {
            errors.add(path + ["sku"], "SKU is too long (maximum is 255 characters)", "TOO_LONG")
        }
        if let code = item["harmonizedSystemCode"]?.text, !code.isEmpty,
            !(6...13).contains(code.utf8.count) || !code.utf8.allSatisfy({ (48...57).contains($0) })
        {
            errors.add(
                path + ["harmonizedSystemCode"],
                "Harmonized system code must be a number of 6 to 13 digits",
                "INVALID_VALUE"
            )
        }
        if let weight = item["measurement"]?["weight"]?["value"]?.scalarText.flatMap({ Double($0) }), weight < 0 {
            errors.add(
                path + ["measurement", "weight"],
                "Weight must be greater than or equal to 0",
                "GREATER_THAN_OR_EQUAL_TO"
            )
        }
    }

    private func write(_ input: JSONValue, _ variant: VariantRecord) {
        let digits = run.state.digits
        if let price = input["price"]?.text.flatMap({ DecimalText.minorUnits($0, digits: digits) }) {
            variant.price = price
        }
        if let compareAt = input["compareAtPrice"] {
            variant.compareAtPrice = compareAt.text.flatMap { DecimalText.minorUnits($0, digits: digits) }
        }
        if let barcode = input["barcode"] { variant.barcode = barcode.text }
        if let taxable = input["taxable"]?.boolean { variant.taxable = taxable }
        if let policy = input["inventoryPolicy"]?.text { variant.inventoryPolicy = policy }
        if let item = input["inventoryItem"] {
            if let sku = item["sku"] { variant.sku = sku.text }
            if let cost = item["cost"] {
                variant.cost = cost.text.flatMap { DecimalText.minorUnits($0, digits: digits) }
            }
            if let tracked = item["tracked"]?.boolean { variant.tracked = tracked }
            if let ships = item["requiresShipping"]?.boolean { variant.requiresShipping = ships }
            if let country = item["countryCodeOfOrigin"] { variant.countryOfOrigin = country.text }
            if let code = item["harmonizedSystemCode"] { variant.hsCode = code.text?.nonEmpty }
            if let weight = item["measurement"]?["weight"],
                let value = weight["value"]?.scalarText.flatMap({ Double($0) }),
                let unit = weight["unit"]?.text
            {
                variant.weight = SimulatedWeight(value: value, unit: unit)
            }
        }
        variant.updatedAt = run.state.seconds
    }
}
