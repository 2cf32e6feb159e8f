import Catalog
import Reconciliation
import Snapshots
import Synchronization

/// A catalogue's file, read on all cores at once: the source's as a whole, a destination's past it.
///
/// A file that cannot be read in portions, whatever the cause, has to be read in one go, which also says what is wrong with it.
struct CatalogueFile: Sendable {
    /// What of a destination's catalogue decides how it is compared.
    struct Facts: Sendable, Equatable {
        let fields: FieldSet
        let hasSeveralLocations: Bool

        init(_ snapshot: PackedSnapshot) {
            fields = snapshot.fields
            hasSeveralLocations = snapshot.locations.count > 1
        }
    }

    private let path: String
    private let reader: SnapshotReader
    private let portions: PortionedFile
    /// nil where the file cannot be read in portions.
    private let first: SnapshotPortion?
    /// Whether the titles of what differs are kept.
    private let keepsTitles: Bool

    /// Opens a file and reads the first of its portions.
    ///
    /// Of a destination most that differs is named by its title; of the source little is.
    init(_ path: String, reader: SnapshotReader, isDestination: Bool) throws(SnapshotError) {
        self.path = path
        self.reader = reader
        keepsTitles = isDestination
        let portions = try reader.portions(ofFile: path)
        self.portions = portions
        do throws(SnapshotError) {
            first = try portions.portion(0, keepingTitles: isDestination)
        } catch .cancelled {
            throw .cancelled
        } catch {
            first = nil
        }
    }

    /// What the file's beginning tells of all of it; nil where it cannot be read in portions.
    var likelyFacts: Facts? { first.map { Facts($0.rows) } }

    /// All of it, read in one go.
    func whole() throws(SnapshotError) -> PackedSnapshot { try reader.read(file: path, expecting: nil) }

    /// All of it with an index.
    func indexed() async throws(SnapshotError) -> SKUIndex {
        if let first, let index = try await orNothing({ () throws(SnapshotError) in try await indexed(from: first) }) {
            return index
        }
        return SKUIndex(try whole())
    }

    private func indexed(from first: SnapshotPortion) async throws(SnapshotError) -> SKUIndex {
        let join = Mutex(SnapshotJoin(portions))
        try await inOrder(first, work: { portion throws(SnapshotError) in portion }) {
            portion throws(SnapshotError) in
            try join.withLock { join throws(SnapshotError) in try join.append(portion) }
        }
        let (index, ids) = try join.withLock { join throws(SnapshotError) in try join.indexed() }
        try ids.prove()
        return index
    }

    /// The comparison of a destination with its source by rules that suit ``likelyFacts``, for which only those rows are kept that
    /// somebody has to look at; nil where the file cannot be read so, or the facts are others.
    func comparison(with source: SKUIndex, rules: ComparisonRules) async throws(SnapshotError) -> CatalogComparison? {
        guard let first, let likelyFacts else { return nil }
        let terms = ComparisonTerms(
            source: source,
            destinationCurrency: first.rows.currency,
            fields: likelyFacts.fields,
            rules: rules
        )
        let found = try await orNothing { () throws(SnapshotError) in try await passed(from: first, terms) }
        return found.flatMap { Facts($0.destination) == likelyFacts ? $0 : nil }
    }

    private func passed(
        from first: SnapshotPortion,
        _ terms: ComparisonTerms
    ) async throws(SnapshotError) -> CatalogComparison {
        let passed = Mutex(Passed(rows: SnapshotJoin(portions), comparison: ComparisonJoin(terms)))
        try await inOrder(first) { portion throws(SnapshotError) in
            (portion, terms.walk(portion.rows))
        } take: { part throws(SnapshotError) in
            try passed.withLock { passed throws(SnapshotError) in try passed.take(part.0, part.1) }
        }
        let (snapshot, ids) = try passed.withLock { passed throws(SnapshotError) in try passed.finishedRows() }
        async let proof = Result { () throws(SnapshotError) in try ids.prove() }
        let found = passed.withLock { $0.comparison(with: snapshot) }
        try await proof.get()
        return found
    }

    /// Works on all portions at once and takes over what comes of them in the order of the file.
    private func inOrder<Part: Sendable>(
        _ first: SnapshotPortion,
        work: @escaping @Sendable (SnapshotPortion) throws(SnapshotError) -> Part,
        take: @escaping @Sendable (Part) throws(SnapshotError) -> Void
    ) async throws(SnapshotError) {
        try await InOrder.run(portions.count) { [portions, keepsTitles] number throws(SnapshotError) -> Part? in
            if number == 0 { return try work(first) }
            guard let portion = try portions.portion(number, keepingTitles: keepsTitles) else { return nil }
            return try work(portion)
        } take: { part throws(SnapshotError) in
            if let part { try take(part) }
        }
    }

    /// What could be read; nil where it failed, but for being stopped.
    private func orNothing<Value>(
        _ read: () async throws(SnapshotError) -> Value
    ) async throws(SnapshotError) -> Value? {
        do throws(SnapshotError) { return try await read() } catch .cancelled { throw .cancelled } catch { return nil }
    }
}

/// What was passed of a destination's file.
private struct Passed {
    let rows: SnapshotJoin
    var comparison: ComparisonJoin

    mutating func take(_ portion: SnapshotPortion, _ walk: ComparisonWalk) throws(SnapshotError) {
        let again = comparison.note(walk)
        let open = walk.openRows(and: again)
        let (firstRow, firstProduct) = try rows.append(portion, keeping: open)
        comparison.take(walk, keeping: open, firstRow: firstRow, firstProduct: firstProduct)
    }

    /// All rows that are kept.
    func finishedRows() throws(SnapshotError) -> (snapshot: PackedSnapshot, ids: UniqueIDs) {
        // Who bears a SKU first is in step until another bears it too.
        for (first, other) in comparison.sharedPlaces { rows.takeIn(place: first, sharingSKUOf: other) }
        return try rows.finished()
    }

    func comparison(with snapshot: PackedSnapshot) -> CatalogComparison {
        comparison.comparison(with: snapshot) { rows.product(atPlace: $0) }
    }
}
