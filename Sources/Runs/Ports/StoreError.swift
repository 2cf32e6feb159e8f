public import Catalog

/// Why a store could not be read or written.
public enum StoreError: Error, Sendable, Hashable {
    /// 401: the token is wrong, changed or expired.
    case unauthorized(shop: ShopDomain)
    /// 402, 403, 404, 423 or 430: the shop is frozen, locked, gone, or refuses the app.
    case closed(shop: ShopDomain, status: Int, reason: String)
    /// A right is missing; the store named it.
    case missingScope(shop: ShopDomain, operation: String, reason: String)
    /// Another API version answered than was asked for (FAULTS SN-7).
    case otherVersion(shop: ShopDomain, asked: String, answered: String)
    /// Another shop answers at this address.
    case otherShop(shop: ShopDomain, answered: String)
    /// The certificate, the address or the answer's form cannot be trusted.
    case untrusted(shop: ShopDomain, reason: String)
    /// The snapshot could not be proven complete (FAULTS SN-*).
    case incomplete(shop: ShopDomain, reason: String)
    /// Connection failures or 5xx to the end of the budget, or the circuit breaker is open.
    case unavailable(shop: ShopDomain, operation: String, reason: String)
    /// A write was sent and no answer came: it may have been carried out.
    case unknownOutcome(shop: ShopDomain, operation: String, reason: String)
    /// The store answered with errors that a repetition cannot heal.
    case refused(shop: ShopDomain, operation: String, code: String, message: String)
    /// An idempotency key was used with other arguments: a fault of this program (FAULTS AP-5).
    case keyMisused(shop: ShopDomain, operation: String)
    /// The first attempt under this key failed at the store: read, then a new key (FAULTS AP-5).
    case keySpent(shop: ShopDomain, operation: String)
    /// A local file could not be written.
    case file(path: String, reason: String)
    /// The run is being stopped.
    case cancelled(shop: ShopDomain)
}

extension StoreError {
    /// What the failure asks of the run.
    public enum Disposition: Sendable, Hashable {
        /// This call failed; others may succeed.
        case skip
        /// Nothing more can succeed at this store in this run.
        case stopStore
        /// A check of our own failed: stop writing everywhere.
        case stopAll
    }

    /// What the failure asks of the run.
    public var disposition: Disposition {
        switch self {
        case .refused, .unknownOutcome, .keySpent: .skip
        case .keyMisused: .stopAll
        default: .stopStore
        }
    }
}

extension StoreError: CustomStringConvertible {
    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .unauthorized(let shop):
            "\(shop) refuses the token (401): put a current one into the credential file \(shop)"
        case .closed(let shop, let status, let reason):
            "\(shop) refuses the app (\(status)): \(reason)"
        case .missingScope(let shop, let operation, let reason):
            "\(shop): \(operation.asCall) lacks a right: \(reason); grant the scope, release the app version and install it again"
        case .otherVersion(let shop, let asked, let answered):
            "\(shop) answered in API version \(answered), \(asked) was asked for: update synctec"
        case .otherShop(let shop, let answered):
            "\(shop) is answered by \(answered): check the shop's address and whose token it is"
        case .untrusted(let shop, let reason):
            "\(shop) cannot be trusted: \(reason)"
        case .incomplete(let shop, let reason):
            "\(shop): the snapshot is not proven complete: \(reason); nothing was built on it"
        case .unavailable(let shop, let operation, let reason):
            "\(shop): \(operation.asCall) got no useful answer: \(reason); try again later"
        case .unknownOutcome(let shop, let operation, let reason):
            "\(shop): \(operation.asCall) was sent and the answer was lost: \(reason)"
        case .refused(let shop, let operation, let code, let message):
            "\(shop): \(operation.asCall) refused\(code.isEmpty ? "" : " (\(code))"): \(message)"
        case .keyMisused(let shop, let operation):
            "\(shop): \(operation.asCall) used an idempotency key twice with different arguments; report this, nothing more is written"
        case .keySpent(let shop, let operation):
            "\(shop): \(operation.asCall) failed under its idempotency key before"
        case .file(let path, let reason):
            "\(path): \(reason)"
        case .cancelled(let shop):
            "\(shop): stopped"
        }
    }
}

extension String {
    /// The name of an operation as a person reads it: `ShopIdentity` is `the call 'shop identity'`; other words stay as they are.
    fileprivate var asCall: String {
        guard let first = unicodeScalars.first, first.properties.isUppercase,
            unicodeScalars.allSatisfy(\.properties.isAlphabetic)
        else { return self }
        let words = reduce(into: "") { words, sign in
            if sign.isUppercase, !words.isEmpty { words += " " }
            words += sign.lowercased()
        }
        return "the call '\(words)'"
    }
}
