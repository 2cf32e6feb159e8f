public import Catalog
import Pricing
import Reconciliation
import Reporting
public import Settings
import Snapshots

/// Why a SKU has the values it has at each destination: from fresh snapshots, by the very code a run uses, writing nothing.
public struct ExplainRun: Sendable {
    /// What there is to say about one destination.
    public struct Explanation: Sendable, Hashable, Codable {
        /// The destination.
        public let shop: ShopDomain
        /// What the SKU's place is: matched, missing, held as duplicate.
        public let place: String
        /// The way to the price, a line per step; empty where there is none.
        public let price: [String]
        /// Every compared field: what it is, what it should be.
        public let fields: [Field]
    }

    /// One field of an ``Explanation``.
    public struct Field: Sendable, Hashable, Codable {
        /// Which field.
        public let field: CatalogField
        /// What the settings do with it for this SKU.
        public let policy: FieldPolicy
        /// The source's own value; empty where there is none.
        public let source: String
        /// The value the destination has; empty where there is none.
        public let destination: String
        /// What a run would write; empty where it would write nothing.
        public let wanted: String
        /// Who moved; empty where the values agree or are not compared.
        public let verdict: String
    }

    private let ports: RunPorts
    private let settings: TeamSettings
    private let only: Set<ShopDomain>
    private let run: RunID
    private let holder: String

    /// Prepares to explain at the destinations of `only`, or at all where it is empty; nothing is contacted.
    public init(settings: TeamSettings, only: Set<ShopDomain>, run: RunID, holder: String, ports: RunPorts) {
        self.ports = ports
        self.settings = settings
        self.only = only
        self.run = run
        self.holder = holder
    }

    /// Reads the stores and explains, destination by destination.
    public func explain(_ sku: SKU) async throws(RunError) -> [Explanation] {
        let lock: RunLock
        do {
            lock = try await ports.ledger.lock(.team(settings.team), holder: holder, at: ports.clock.now())
        } catch {
            throw .ledger(error)
        }
        let result: Result<[Explanation], RunError>
        do {
            result = .success(try await locked(sku, lock))
        } catch {
            result = .failure(error)
        }
        ports.discard(run)
        await ports.ledger.unlock(lock)
        return try result.get()
    }

    private func locked(_ sku: SKU, _ lock: RunLock) async throws(RunError) -> [Explanation] {
        let key = try await ports.fingerprintKey()
        let watch = try WatchList(settings)
        let source = try await SourceReader(
            ports: ports,
            settings: settings,
            run: run,
            lock: lock,
            watch: watch,
            key: key
        ).read(try ports.open(settings.source.store))
        let roll = try await TeamRoll.read(settings, from: ports.ledger, askedBy: holder, at: ports.clock.now())
        var explanations: [Explanation] = []
        for destination in settings.destinations where only.isEmpty || only.contains(destination.store.shop) {
            let shop = destination.store.shop
            guard roll.isApproved(shop) else {
                let place = DestinationReport(notApproved: shop, of: settings.team, state: roll.states[shop]).detail
                explanations.append(Explanation(shop: shop, place: place, price: [], fields: []))
                continue
            }
            let side = try await DestinationReader(
                ports: ports,
                settings: settings,
                destination: destination,
                source: SharedSource(source),
                key: key,
                watch: watch,
                run: run,
                lock: lock,
                isLeaving: false
            ).read()
            do throws(SnapshotError) {
                explanations.append(try explain(sku, destination, source, side))
            } catch {
                throw .snapshot(shop: destination.store.shop, reason: error.description)
            }
        }
        return explanations
    }

    private func explain(
        _ sku: SKU,
        _ destination: DestinationSettings,
        _ source: SourceSide,
        _ side: DestinationSide
    ) throws(SnapshotError) -> Explanation {
        let shop = destination.store.shop
        let comparison = side.comparison
        guard case .one(let row) = source.index.lookup(source.key.fingerprint(of: sku)) else {
            let place: String
            if case .many(let first) = source.index.lookup(source.key.fingerprint(of: sku)) {
                place =
                    "the source has it on \(source.index.rows(sharingWith: first).count) variants: nothing is written"
            } else {
                place = "the source has no such SKU"
            }
            return Explanation(shop: shop, place: place, price: [], fields: [])
        }
        let record = try comparison.source.variantRecord(row)
        let product = try comparison.source.productRecord(Int(comparison.source.variants[row].product))
        let price = self.price(row, comparison)
        guard let partner = comparison.partners.firstIndex(of: UInt32(row + 1)) else {
            let isDuplicate = comparison.duplicates.contains { $0.source.contains(row) }
            let place =
                isDuplicate
                ? "the destination has it on several variants: nothing is written"
                : comparison.missing.contains(row) ? "the destination has no such SKU" : "the source does not share it"
            return Explanation(shop: shop, place: place, price: price, fields: [])
        }
        let there = try comparison.destination.variantRecord(partner)
        let productThere = try comparison.destination.productRecord(
            Int(comparison.destination.variants[partner].product)
        )
        let fields = destination.fields(
            sku: sku,
            vendor: product.vendor,
            tags: product.tags,
            collections: source.watch.names(
                of: comparison.rules.collections,
                product: Int(comparison.source.variants[row].product)
            )
        )
        let planned = try plan(row, partner, comparison, destination, side.memory)
        let lines = CatalogField.allCases.map { field in
            let from: String
            let to: String
            if field == .inventory {
                from = comparison.rules.stock.map { group in
                    "\(comparison.source.available(ofVariant: row, at: group.source).sum)"
                }.joined(separator: " + ")
                to = comparison.rules.stock.map { group in
                    "\(comparison.destination.available(ofVariant: partner, at: group.destination).sum)"
                }.joined(separator: " + ")
            } else {
                from = (product[field] ?? record[field] ?? .absent).displayText
                to = (productThere[field] ?? there[field] ?? .absent).displayText
            }
            return Field(
                field: field,
                policy: fields[field],
                source: from,
                destination: to,
                wanted: planned[field]?.wanted ?? "",
                verdict: planned[field]?.verdict ?? ""
            )
        }
        return Explanation(
            shop: shop,
            place: "\(there.id) of \"\(productThere.title)\" at \(shop)",
            price: price,
            fields: lines
        )
    }

    /// What a run would do about the fields of one pair.
    private func plan(
        _ row: Int,
        _ partner: Int,
        _ comparison: CatalogComparison,
        _ destination: DestinationSettings,
        _ memory: DestinationMemory
    ) throws(SnapshotError) -> [CatalogField: (wanted: String, verdict: String)] {
        let pairs = comparison.openPairs.filter { $0.destination == partner }
        var planner = CorrectionPlanner(
            comparison: comparison,
            memory: memory.planMemory(rules: settings.rulesDigest(for: destination), alsoReleased: []),
            limits: destination.brakes
        )
        planner.plan(pairs[...], records: try RecordReader(comparison, readsItems: false).pairs(pairs))
        let plan = planner.finish(
            team: settings.team,
            destination: destination.store.shop,
            rules: "",
            snapshots: SnapshotDigests(source: "", destination: "")
        ).plan
        var planned: [CatalogField: (wanted: String, verdict: String)] = [:]
        for correction in plan.corrections {
            planned[correction.field] = (correction.new.displayText, correction.verdict.rawValue)
        }
        for item in plan.held {
            guard let field = item.field else { continue }
            let word = item.reason.isRefusal ? CorrectionRow.refused : CorrectionRow.held
            planned[field] = ("\(word): \(item.reason.rawValue)", item.verdict.rawValue)
        }
        return planned
    }

    private func price(_ row: Int, _ comparison: CatalogComparison) -> [String] {
        comparison.rules.explanation(of: row, in: comparison.source).map { explanation in
            explanation.steps.map { "\($0.label): \($0.text)" }
        } ?? ["no accepted rate: no price is made"]
    }
}
