extension StoreState {
    /// Plays the merchant or a customer as `POST /__control/…` says.
    func controlAnswer(_ call: IncomingCall, _ path: [String]) -> Answer {
        do throws(SimulatorError) {
            let body: JSONValue
            do {
                body = call.body.isEmpty ? .object([]) : try JSONParser.parse(call.body)
            } catch {
                throw SimulatorError.badControl("the body is no JSON: \(error.reason) at byte \(error.offset)")
            }
            return .json(try controlResult(call.method, path.joined(separator: "/"), body))
        } catch {
            return .json(["error": .string(error.description)], status: 400)
        }
    }

    private func controlResult(
        _ method: String,
        _ action: String,
        _ body: JSONValue
    ) throws(SimulatorError) -> JSONValue {
        switch (method, action) {
        case ("GET", "state"): return catalogueJSON
        case ("GET", "counters"): return counters.json
        case ("GET", "truth"): return truth?.json ?? .null
        case ("POST", "reset-counters"): counters = CallCounters()
        case ("POST", "edit"), ("POST", "sell"), ("POST", "delete"), ("POST", "add"):
            try control(.object([.init("do", .string(action))] + (body.members ?? [])))
        case ("POST", "fault"): faults.add(try FaultRule(json: body))
        case ("POST", "clear-faults"): faults.clear()
        case ("POST", "bucket"): try resizeBucket(body)
        case ("POST", "configure"): try configure(body)
        default: throw .badControl("no control action \(method) \(action)")
        }
        return ["ok": true]
    }

    private func resizeBucket(_ body: JSONValue) throws(SimulatorError) {
        guard let maximum = body["maximum"]?.integer, let rate = body["restore_rate"]?.integer else {
            throw .badControl("bucket needs maximum and restore_rate")
        }
        bucket.resize(.init(maximum: maximum, restorePerSecond: rate), at: milliseconds)
        if body["empty"]?.boolean == true { bucket.empty() }
    }

    /// Changes what the store is or grants, from the next call on.
    func configure(_ body: JSONValue) throws(SimulatorError) {
        for member in body.members ?? [] {
            switch (member.name, member.value) {
            case ("shop", .string(let text)): configuration.shop = text
            case ("name", .string(let text)): configuration.name = text
            case ("currency", .string(let text)): configuration.currency = text
            case ("token", .string(let text)): configuration.accessToken = text
            case ("scopes", .array(let scopes)): configuration.scopes = scopes.compactMap(\.text)
            case ("escape_markup", .bool(let flag)): configuration.escapesMarkup = flag
            case ("bulk_polls", .number(let digits)): configuration.bulkPolls = Int(digits) ?? 1
            case ("clock_skew", .number(let digits)): clockSkew = Double(digits) ?? 0
            case ("location", let value):
                guard let location = value["name"]?.text.flatMap({ location(named: $0) }),
                    let isActive = value["active"]?.boolean
                else { throw .badControl("location takes the name of one and active") }
                location.isActive = isActive
            default: throw .badControl("\(member.name) cannot be configured so")
            }
        }
    }

    /// Does one edit, sale, deletion or addition; `do` says which, edit where it is left out.
    func control(_ body: JSONValue) throws(SimulatorError) {
        switch body["do"]?.text ?? "edit" {
        case "edit": try edit(body)
        case "sell":
            guard let sku = body["sku"]?.text else { throw .badControl("sell needs a sku") }
            try sell(sku: sku, quantity: body["quantity"]?.integer ?? 1, location: body["location"]?.text)
        case "delete":
            let targets = try variants(for: body)
            for variant in targets { remove(variant) }
        case "add": _ = try add(SimulatedProduct(json: body["product"] ?? body, locations: locations.map(\.name)))
        case let other: throw .badControl("no edit is called \(other)")
        }
    }

    /// A customer buys: available falls, committed rises.
    func sell(sku: String, quantity: Int, location name: String?) throws(SimulatorError) {
        guard let variant = variants(sku: sku).first else { throw .badControl("no variant has the SKU \(sku)") }
        let level = variant.levels.first { name == nil ? $0.location.isActive : $0.location.name == name }
        guard let level else { throw .badControl("\(sku) is not stocked at \(name ?? "any location")") }
        level.available -= quantity
        level.committed += quantity
        level.updatedAt = seconds
    }

    func variants(for body: JSONValue) throws(SimulatorError) -> [VariantRecord] {
        if let sku = body["sku"]?.text {
            let found = variants(sku: sku)
            if !found.isEmpty { return found }
            throw .badControl("no variant has the SKU \(sku)")
        }
        if let id = body["variant"]?.text, let found = ResourceID(id).flatMap({ variant($0.number) }) { return [found] }
        if let id = body["product"]?.text, let found = ResourceID(id).flatMap({ product($0.number) }) {
            return found.variants
        }
        throw .badControl("name an existing sku, variant id or product id")
    }
}
