import Catalog
import Runs
import Transport

/// Judges what came back, layer by layer: transport, status, version, `errors`.
///
/// The layer of `userErrors` is the caller's.
struct AnswerReading: Sendable {
    let shop: ShopDomain
    let operation: AdminOperation

    /// The verdict, and the cost where the answer told it.
    func verdict(on result: Result<HTTPResponse, HTTPError>) -> (verdict: AnswerVerdict, cost: CostReport?) {
        switch result {
        case .failure(let error): (verdict(on: error), nil)
        case .success(let response): verdict(on: response)
        }
    }

    private func verdict(on error: HTTPError) -> AnswerVerdict {
        switch error {
        case .refusedAddress, .untrusted:
            .failed(.untrusted(shop: shop, reason: error.description), mayHaveActed: false)
        case .file(let path, let reason): .failed(.file(path: path, reason: reason), mayHaveActed: false)
        case .cancelled: .failed(.cancelled(shop: shop), mayHaveActed: true)
        case .tooLarge:
            .failed(.unavailable(shop: shop, operation: operation.name, reason: error.description), mayHaveActed: true)
        case .notConnected, .interrupted, .timedOut:
            .trouble(.init(reason: error.description, mayHaveActed: error.mayHaveActed, isServerFailure: true))
        }
    }

    private func verdict(on response: HTTPResponse) -> (AnswerVerdict, CostReport?) {
        let answer = try? JSONValue(reading: response.body)
        let cost = answer.flatMap { CostReport(answer: $0) }
        guard response.status == 200 else { return (verdict(on: response, answer: answer), cost) }
        guard let answer, case .object = answer else {
            let reason = "an answer that is not JSON: \(ReplyText.quoted(response.body))"
            return (.trouble(.init(reason: reason + trace(response), mayHaveActed: true, isServerFailure: true)), cost)
        }
        let version = response.headers["X-Shopify-API-Version"] ?? ""
        guard version == AdminVersion.handle else {
            let answered = version.isEmpty ? "that is not named" : ReplyText.quoted(version)
            let error = StoreError.otherVersion(shop: shop, asked: AdminVersion.handle, answered: answered)
            return (.failed(error, mayHaveActed: true), cost)
        }
        let errors = AnswerErrors(answer)
        guard errors.isEmpty else { return (verdict(on: errors, answer: answer, response: response), cost) }
        guard let data = answer["data"], case .object = data else {
            let reason = "an answer without data" + trace(response)
            return (.trouble(.init(reason: reason, mayHaveActed: true, isServerFailure: true)), cost)
        }
        let date = response.headers["Date"].flatMap { Timestamp(httpDate: $0) }
        return (.good(AdminAnswer(data: AnswerField(value: data, path: ""), version: version, date: date)), cost)
    }

    private func verdict(on response: HTTPResponse, answer: JSONValue?) -> AnswerVerdict {
        let text = answer.map { AnswerErrors($0).text } ?? ""
        let said = (text.isEmpty ? ReplyText.quoted(response.body) : text) + trace(response)
        switch response.status {
        case 401: return .tokenRefused
        case 402, 403, 404, 423, 430:
            return .failed(.closed(shop: shop, status: response.status, reason: said), mayHaveActed: false)
        case 429:
            let asked = response.headers["Retry-After"].flatMap { Double($0) }.flatMap { $0 >= 0 ? $0 : nil }
            let wait = asked.map { Duration.seconds(min($0, 86_400)) }
            return .throttled(after: wait, reason: "status 429: \(said)")
        case 300..<400:
            return .failed(
                .untrusted(shop: shop, reason: "it redirects (status \(response.status)), which is not followed"),
                mayHaveActed: false
            )
        case 408, 500...:
            return .trouble(
                .init(reason: "status \(response.status): \(said)", mayHaveActed: true, isServerFailure: true)
            )
        default:
            let error = StoreError.refused(
                shop: shop,
                operation: operation.name,
                code: "HTTP \(response.status)",
                message: said
            )
            return .failed(error, mayHaveActed: false)
        }
    }

    /// Any entry makes the whole answer a failure, whatever data stands beside it (FAULTS SN-8).
    private func verdict(on errors: AnswerErrors, answer: JSONValue, response: HTTPResponse) -> AnswerVerdict {
        let reason = errors.text + trace(response)
        if errors.contains("THROTTLED") { return .throttled(after: nil, reason: reason) }
        if errors.contains("IDEMPOTENCY_CONCURRENT_REQUEST") { return .keyInFlight }
        if errors.contains("IDEMPOTENCY_KEY_PARAMETER_MISMATCH") {
            return .failed(.keyMisused(shop: shop, operation: operation.name), mayHaveActed: false)
        }
        if errors.contains("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED") {
            return .failed(.keySpent(shop: shop, operation: operation.name), mayHaveActed: false)
        }
        if errors.contains("INTERNAL_SERVER_ERROR") || errors.contains("TIMEOUT") {
            return .trouble(.init(reason: reason, mayHaveActed: true, isServerFailure: true))
        }
        let acted = operation.isMutation && Self.hasPayload(answer)
        if errors.contains("ACCESS_DENIED") {
            return .failed(.missingScope(shop: shop, operation: operation.name, reason: reason), mayHaveActed: acted)
        }
        let error = StoreError.refused(shop: shop, operation: operation.name, code: errors.firstCode, message: reason)
        return .failed(error, mayHaveActed: acted)
    }

    /// Whether a mutation left a payload, so that it ran though something about its answer failed.
    private static func hasPayload(_ answer: JSONValue) -> Bool {
        guard case .object(let members) = answer["data"] else { return false }
        return members.contains { $0.value != .null }
    }

    private func trace(_ response: HTTPResponse) -> String {
        response.headers["X-Request-Id"].map { " (request \(ReplyText.quoted($0)))" } ?? ""
    }
}
