/// `productUpdate(product:)`: writes the fields that are given, all of them or none.
///
/// Its user errors bear no code.
struct ProductUpdate {
    private let run: Execution
    private var errors = UserErrors(type: "UserError", hasCodes: false)

    init(_ run: Execution) { self.run = run }

    func payload(_ field: PlannedField) -> Resolved {
        var update = self
        let product = update.apply(field)
        return .object(
            .record(
                type: "ProductUpdatePayload",
                values: [
                    "product": .optional(product.map { .product($0) }), "userErrors": .objects(update.errors.list),
                ]
            )
        )
    }

    private mutating func apply(_ field: PlannedField) -> ProductRecord? {
        guard let input = field.arguments["product"] else {
            errors.add(["product"], "Product input can't be blank")
            return nil
        }
        guard let product = find(input["id"] ?? field.arguments["identifier"]?["id"]) else {
            errors.add(["id"], "Product does not exist")
            return nil
        }
        for case .userError(_, let path, let message, _) in run.faults { errors.add(path, message) }
        check(input, product)
        guard errors.isEmpty else { return product }
        write(input, product)
        return product
    }

    private func find(_ id: JSONValue?) -> ProductRecord? {
        guard let id = id?.text.flatMap({ ResourceID($0) }), id.type == "Product" else { return nil }
        return run.state.product(id.number)
    }

    private mutating func check(_ input: JSONValue, _ product: ProductRecord) {
        if let title = input["title"] {
            if title.text?.trimmed.isEmpty ?? true { errors.add(["title"], "Title can't be blank") }
        }
        for (name, label) in [
            ("title", "Title"), ("vendor", "Vendor"), ("productType", "Product type"), ("handle", "Handle"),
        ] {
            if let text = input[name]?.text, text.unicodeScalars.count > 255 {
                errors.add([name], "\(label) is too long (maximum is 255 characters)")
            }
        }
        if let tag = input["tags"]?.elements?.compactMap(\.text).first(where: { $0.unicodeScalars.count > 255 }) {
            errors.add(["tags"], "Tags is invalid: \(tag.prefix(20))… is too long (maximum is 255 characters)")
        }
        if let wanted = input["handle"]?.text {
            let handle = StoreState.handle(wanted)
            if handle != product.handle, run.state.isHandleTaken(handle) {
                errors.add(["handle"], "Handle '\(handle)' already in use. Please provide a new handle.")
            }
        }
    }

    private func write(_ input: JSONValue, _ product: ProductRecord) {
        if let title = text("title", input) { product.title = title.trimmed }
        if let html = text("descriptionHtml", input, emptyForNull: true) { product.descriptionHtml = html }
        if let vendor = text("vendor", input, emptyForNull: true) { product.vendor = vendor.trimmed }
        if let type = text("productType", input, emptyForNull: true) { product.productType = type.trimmed }
        if let status = text("status", input) { product.status = status }
        if let handle = text("handle", input) { run.state.rename(product, to: StoreState.handle(handle)) }
        if let tags = input["tags"] { product.setTags(tags.elements?.compactMap(\.text) ?? []) }
        if let seo = input["seo"] {
            if let title = seo["title"] { product.seoTitle = saved("seo_title", title.text ?? "").nonEmpty }
            if let text = seo["description"] {
                product.seoDescription = saved("seo_description", text.text ?? "").nonEmpty
            }
        }
        product.updatedAt = run.state.seconds
    }

    /// The text to save; nil where the field was not given (or is null and stays as it is).
    private func text(_ name: String, _ input: JSONValue, emptyForNull: Bool = false) -> String? {
        guard let value = input[name] else { return nil }
        guard let text = value.text else { return emptyForNull ? "" : nil }
        return saved(name, text)
    }

    private func saved(_ name: String, _ text: String) -> String {
        var text = text
        let names = [name, name == "descriptionHtml" ? "description" : name == "productType" ? "product_type" : name]
        for case .rewriteOnSave(let field, let from, let to) in run.faults where names.contains(field) {
            text = text.replacing(from, with: to)
        }
        return text
    }
}

extension String {
    /// The text, or nil where it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
