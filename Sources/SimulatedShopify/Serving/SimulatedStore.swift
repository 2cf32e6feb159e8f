import Foundation
import Synchronization

/// A whole pretend Shopify store: true state, the used part of the Admin GraphQL API over it, and a hand that plays
/// merchant, customer and gremlin.
///
/// Serve it with ``SimulatedServer``; a client cannot tell it from a real store by the answers it gets to the queries
/// and mutations of this product. It knows nothing of the product's other modules and shares no decoding with them: what
/// both believe about the API is written down twice, and the schema decides.
///
/// ```swift
/// let store = try SimulatedStore(SimulatedStoreConfiguration(shop: "north.myshopify.com", products: [lamp]))
/// let server = try await SimulatedServer.start([store])
/// try store.edit(sku: "LAMP-01", set: ["price": "12.00"])
/// store.add(FaultRule(match: "SetStock", action: .applyThenDrop))
/// await server.stop()
/// ```
///
/// Start reading at ``SimulatedStoreConfiguration`` (what a store is), then `StoreState` (what it holds), `GraphQLCall`
/// (the way of a call) and `Resolvers` (the fields).
public final class SimulatedStore: Sendable {
    private let state: Mutex<StoreState>
    /// The domain, `name.myshopify.com`.
    public let shop: String
    /// The port asked for; 0 for any free one.
    public let port: UInt16

    /// Makes a store that holds what the configuration says.
    ///
    /// - Throws: ``SimulatorError/badCatalogue(shop:reason:)``.
    public init(_ configuration: SimulatedStoreConfiguration) throws(SimulatorError) {
        shop = configuration.shop
        port = configuration.port
        state = Mutex(try StoreState(configuration))
    }

    /// Makes a mirrored store that remembers what was made to differ.
    public convenience init(_ configuration: SimulatedStoreConfiguration, truth: MirrorTruth) throws(SimulatorError) {
        try self.init(configuration)
        state.withLock { $0.truth = truth }
    }

    func answer(_ call: IncomingCall) -> Answer { state.withLock { $0.answer(call) } }

    func listens(at baseURL: String) { state.withLock { $0.baseURL = baseURL } }

    // MARK: Looking

    /// The permanent token, if the store takes one.
    public var accessToken: String? { state.withLock { $0.configuration.accessToken } }

    /// What the store was asked since the start or the last reset.
    public var counters: CallCounters { state.withLock { $0.counters } }

    /// Counts from zero again.
    public func resetCounters() { state.withLock { $0.counters = CallCounters() } }

    /// The whole catalogue, as `GET /__control/state` gives it.
    public var catalogue: JSONValue { state.withLock { $0.catalogueJSON } }

    /// What was made to differ from the store this one mirrors; nil where it mirrors none.
    public var truth: MirrorTruth? { state.withLock { $0.truth } }

    /// All variants that bear the SKU, as they stand in ``catalogue``, each with its product's fields as `product`.
    public func variants(sku: String) -> [JSONValue] { state.withLock { $0.variantsJSON(sku: sku) } }

    // MARK: Changing

    /// Sets fields of all variants that bear the SKU, or of their products.
    ///
    /// Names are those of the settings file.
    public func edit(sku: String, set fields: [String: JSONValue], location: String? = nil) throws(SimulatorError) {
        var body: [JSONValue.Member] = [
            .init("sku", .string(sku)),
            .init("set", .object(fields.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })),
        ]
        if let location { body.append(.init("location", .string(location))) }
        try control(.object(body))
    }

    /// A customer buys: available falls and committed rises, at the first active location unless one is named.
    public func sell(sku: String, quantity: Int = 1, location: String? = nil) throws(SimulatorError) {
        try state.withLock { state throws(SimulatorError) in
            try state.sell(sku: sku, quantity: quantity, location: location)
        }
    }

    /// Deletes all variants that bear the SKU, and products left without any.
    public func delete(sku: String) throws(SimulatorError) { try control(["do": "delete", "sku": .string(sku)]) }

    /// Puts another product in.
    public func add(_ product: SimulatedProduct) throws(SimulatorError) {
        try state.withLock { state throws(SimulatorError) in _ = try state.add(product) }
    }

    /// Does one edit, sale, deletion or addition written as for the control interface.
    public func control(_ body: JSONValue) throws(SimulatorError) {
        try state.withLock { state throws(SimulatorError) in try state.control(body) }
    }

    /// Changes what the store is or grants, as `POST /__control/configure` does: shop, name, currency, token, scopes,
    /// bulk_polls, escape_markup, clock_skew (seconds ahead), location (name and active).
    public func configure(_ body: JSONValue) throws(SimulatorError) {
        try state.withLock { state throws(SimulatorError) in try state.configure(body) }
    }

    /// Switches a location on or off.
    public func setLocation(_ name: String, isActive: Bool) {
        state.withLock { $0.location(named: name)?.isActive = isActive }
    }

    /// Takes scopes from the token, or gives it some.
    public func setScopes(_ scopes: [String]) { state.withLock { $0.configuration.scopes = scopes } }

    /// Changes what kind of store it says it is; prices keep their digits.
    public func setCurrency(_ currency: String) { state.withLock { $0.configuration.currency = currency } }

    /// Makes bulk operations complete after so many polls.
    public func setBulkPolls(_ polls: Int) { state.withLock { $0.configuration.bulkPolls = polls } }

    /// Changes the cost bucket.
    public func setBucket(_ size: SimulatedStoreConfiguration.CostBucketSize) {
        state.withLock { $0.bucket.resize(size, at: $0.milliseconds) }
    }

    /// Ends the life of all tokens got by client credentials.
    public func expireTokens() { state.withLock { $0.tokens.removeAll() } }

    // MARK: Faults

    /// Makes something go wrong on calls to come.
    public func add(_ rule: FaultRule) { state.withLock { $0.faults.add(rule) } }

    /// Takes all fault rules away.
    public func clearFaults() { state.withLock { $0.faults.clear() } }
}
