extension StoreState {
    /// Sets fields, by their names in the settings file, on a variant (or all variants of a SKU) and its product.
    func edit(_ body: JSONValue) throws(SimulatorError) {
        let targets = try variants(for: body)
        guard let fields = body["set"]?.members else { throw .badControl("edit needs set: {field: value}") }
        for variant in targets {
            for field in fields { try set(field.name, field.value, body["location"]?.text, variant) }
            variant.updatedAt = seconds
            variant.product.updatedAt = seconds
        }
    }

    private func set(
        _ name: String,
        _ value: JSONValue,
        _ location: String?,
        _ variant: VariantRecord
    ) throws(SimulatorError) {
        if try setProduct(name, value, variant.product) { return }
        switch name {
        case "price": variant.price = try minorUnits(name, value)
        case "compare_at_price": variant.compareAtPrice = value.isNull ? nil : try minorUnits(name, value)
        case "cost": variant.cost = value.isNull ? nil : try minorUnits(name, value)
        case "sku": variant.sku = value.text
        case "barcode": variant.barcode = value.text
        case "taxable": variant.taxable = try flag(name, value)
        case "requires_shipping": variant.requiresShipping = try flag(name, value)
        case "tracked": variant.tracked = try flag(name, value)
        case "country_of_origin": variant.countryOfOrigin = value.text
        case "hs_code": variant.hsCode = value.text
        case "inventory_policy": variant.inventoryPolicy = try text(name, value).uppercased()
        case "weight": try setWeight(value, variant)
        case "inventory": try setInventory(value, location, variant)
        default: throw .badControl("no field is called \(name)")
        }
    }

    private func setProduct(
        _ name: String,
        _ value: JSONValue,
        _ product: ProductRecord
    ) throws(SimulatorError) -> Bool {
        switch name {
        case "title": product.title = try text(name, value)
        case "description": product.descriptionHtml = try text(name, value)
        case "vendor": product.vendor = try text(name, value)
        case "product_type": product.productType = try text(name, value)
        case "status": product.status = try text(name, value).uppercased()
        case "tags": product.setTags(value.elements?.compactMap(\.text) ?? [])
        case "seo_title": product.seoTitle = value.text
        case "seo_description": product.seoDescription = value.text
        case "handle":
            let handle = Self.handle(try text(name, value))
            guard handle == product.handle || !isHandleTaken(handle) else {
                throw .badControl("the handle \(handle) is taken")
            }
            rename(product, to: handle)
        default: return false
        }
        return true
    }

    private func text(_ name: String, _ value: JSONValue) throws(SimulatorError) -> String {
        guard let text = value.text else { throw .badControl("\(name) takes a text") }
        return text
    }

    private func flag(_ name: String, _ value: JSONValue) throws(SimulatorError) -> Bool {
        guard let flag = value.boolean else { throw .badControl("\(name) takes true or false") }
        return flag
    }

    private func minorUnits(_ name: String, _ value: JSONValue) throws(SimulatorError) -> Int64 {
        guard let minor = value.scalarText.flatMap({ DecimalText.minorUnits($0, digits: digits) }) else {
            throw .badControl("\(name) takes an amount in \(configuration.currency)")
        }
        return minor
    }

    private func setWeight(_ value: JSONValue, _ variant: VariantRecord) throws(SimulatorError) {
        if value.isNull {
            variant.weight = nil
            return
        }
        let amount = (value["value"] ?? value).scalarText.flatMap { Double($0) }
        guard let amount else { throw .badControl("weight takes {value, unit} or a number") }
        variant.weight = SimulatedWeight(
            value: amount,
            unit: value["unit"]?.text?.uppercased() ?? variant.weight?.unit ?? "KILOGRAMS"
        )
    }

    private func setInventory(
        _ value: JSONValue,
        _ name: String?,
        _ variant: VariantRecord
    ) throws(SimulatorError) {
        guard let location = name.map({ location(named: $0) }) ?? variant.levels.first?.location ?? locations.first
        else { throw .badControl("no location is called \(name ?? "")") }
        if value.isNull {
            variant.levels.removeAll { $0.location === location }
            return
        }
        guard let quantity = value.integer else { throw .badControl("inventory takes a whole number") }
        if let level = variant.level(at: location) {
            level.available = quantity
            level.updatedAt = seconds
        } else {
            variant.levels.append(LevelRecord(location: location, variant: variant, available: quantity, at: seconds))
        }
    }
}
