/// Answers one call of the GraphQL endpoint: token, version, faults, cost, then the operation itself.
struct GraphQLCall {
    private let state: StoreState
    private let call: IncomingCall
    private let version: String

    init(_ state: StoreState, _ call: IncomingCall, version asked: String) {
        self.state = state
        self.call = call
        let supported = state.configuration.supportedVersions
        version = supported.contains(asked) ? asked : supported.first ?? asked
    }

    func answer() -> Answer {
        guard isAuthorised else {
            state.counters.unauthorized += 1
            return finished(
                .json(
                    ["errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"],
                    status: 401
                ),
                []
            )
        }
        guard let body = try? JSONParser.parse(call.body), let text = body["query"]?.text else {
            return finished(.json(["errors": ["query": "Required parameter missing or invalid"]], status: 400), [])
        }
        do {
            let operation = try PreparedOperation(
                text: text,
                operationName: body["operationName"]?.text,
                variables: body["variables"] ?? .null
            )
            return run(operation)
        } catch {
            count(body["operationName"]?.text ?? "invalid")
            return finished(.json(["errors": .array(error.list.map(\.json))]), [])
        }
    }

    private var isAuthorised: Bool {
        guard let token = call.headers["x-shopify-access-token"] else { return false }
        if let permanent = state.configuration.accessToken, permanent.utf8.elementsEqual(token.utf8) { return true }
        return state.tokens[token].map { state.seconds < $0 } ?? false
    }

    private func count(_ name: String) { state.counters.calls[name, default: 0] += 1 }

    private func run(_ operation: PreparedOperation) -> Answer {
        count(operation.name)
        var names = [operation.name, "any"] + operation.rootFields.filter { $0 != operation.name }
        if operation.operation.kind == .mutation { names.append("mutation") }
        let faults = state.faults.take(names: Array(Set(names)))
        if !faults.isEmpty { state.counters.faulted += 1 }
        if let instead = Self.replacement(faults, state) { return finished(instead, faults) }
        for case .edit(let edits) in faults {
            for edit in edits { try? state.control(edit) }
        }
        if operation.rootFields.contains("inventorySetQuantities") == false { sell(faults) }
        state.bucket.refill(at: state.milliseconds)
        if faults.contains(.throttled) || !state.bucket.take(operation.requestedCost) {
            return finished(throttled(operation.requestedCost), faults)
        }
        let execution = Execution(state, operation, faults: faults)
        let data = execution.data()
        let roots = operation.operation.kind == .mutation ? operation.rootFields.count : 0
        let actual = min(operation.requestedCost, max(0, execution.objects - roots) + roots * 10)
        state.bucket.giveBack(operation.requestedCost - actual)
        state.counters.costSpent += actual
        var errors = execution.errors.map(\.json)
        for case .graphQLErrors(let more) in faults { errors += more.elements ?? [more] }
        return finished(.json(body(data, errors, requested: operation.requestedCost, actual: actual)), faults)
    }

    private func sell(_ faults: [FaultAction]) {
        for case .sale(let sku?, let quantity) in faults {
            try? state.sell(sku: sku, quantity: quantity, location: nil)
        }
    }

    /// The answer of a fault that does nothing of what was asked.
    static func replacement(_ faults: [FaultAction], _ state: StoreState) -> Answer? {
        for fault in faults {
            switch fault {
            case .httpStatus(let status, let retryAfter):
                if status == 429 { state.counters.throttled += 1 }
                var answer = Answer.json(["errors": .string(HTTPReason.phrase(status))], status: status)
                if let retryAfter { answer.headers.append(("Retry-After", "\(retryAfter).0")) }
                return answer
            case .dropBeforeApply: return Answer(delivery: .dropped)
            case .redirect(let url): return Answer(status: 301, headers: [("Location", url)])
            case .body(let text): return .json(Array(text.utf8))
            default: continue
            }
        }
        return nil
    }

    private func throttled(_ requested: Int) -> Answer {
        state.counters.throttled += 1
        return .json([
            "errors": [["message": "Throttled", "extensions": ["code": "THROTTLED"]]],
            "extensions": ["cost": cost(requested: requested, actual: nil)],
        ])
    }

    private func cost(requested: Int, actual: Int?) -> JSONValue {
        let size = state.bucket.size
        return [
            "requestedQueryCost": .number(String(requested)),
            "actualQueryCost": actual.map { .number(String($0)) } ?? .null,
            "throttleStatus": [
                "maximumAvailable": .number("\(size.maximum).0"),
                "currentlyAvailable": .number(String(state.bucket.available)),
                "restoreRate": .number("\(size.restorePerSecond).0"),
            ],
        ]
    }

    private func body(_ data: [UInt8], _ errors: [JSONValue], requested: Int, actual: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("data")
        writer.raw(bytes: data)
        if !errors.isEmpty {
            writer.name("errors")
            writer.value(.array(errors))
        }
        writer.name("extensions")
        writer.value(["cost": cost(requested: requested, actual: actual)])
        writer.endObject()
        return writer.bytes
    }

    /// Puts the headers every answer has, and lets faults on answers happen.
    private func finished(_ answer: Answer, _ faults: [FaultAction]) -> Answer {
        var answer = AnswerFaults.apply(faults, to: answer, state)
        var version = version
        for case .otherVersion(let other) in faults { version = other }
        answer.headers.append(("X-Shopify-API-Version", version))
        answer.headers.append(("X-Request-Id", "\(state.signature())-\(state.seconds)"))
        answer.headers.append(("X-Shopify-Stage", "simulated"))
        return answer
    }
}
