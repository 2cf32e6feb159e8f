public import Catalog
public import Pricing
public import Snapshots

/// What all parts of a comparison share: the source as rows, and the rules in the form they are asked in.
///
/// A class with nothing but constants, so that no row costs a count of references.
public final class ComparisonTerms: Sendable {
    let sourceIndex: SKUIndex
    let source: PackedSnapshot
    let destinationCurrency: Currency
    let rules: ComparisonRules
    let prices: PriceBook?
    let links: LinkTable
    let aliases: AliasTable
    let comparable: FieldSet
    /// The locked fields of a row that no exception is for.
    let locked: FieldSet
    let hasExceptions: Bool

    /// Prepares to compare with a destination of this currency whose lines all have these fields.
    public init(
        source: SKUIndex,
        destinationCurrency: Currency,
        fields: FieldSet,
        rules: ComparisonRules,
        links: LinkTable = .empty
    ) {
        sourceIndex = source
        self.source = source.snapshot
        self.destinationCurrency = destinationCurrency
        self.rules = rules
        self.links = links
        prices = rules.prices
        aliases = AliasTable(rules.aliases)
        comparable = source.snapshot.fields.intersection(fields)
        locked = rules.locked.intersection(comparable)
        hasExceptions = !rules.exceptions.isEmpty
    }

    convenience init(_ source: SKUIndex, _ destination: PackedSnapshot, _ rules: ComparisonRules, _ links: LinkTable) {
        self.init(
            source: source,
            destinationCurrency: destination.currency,
            fields: destination.fields,
            rules: rules,
            links: links
        )
    }

    /// Compares all rows of a destination, or of a part of it; any number of parts at once.
    public func walk(_ destination: PackedSnapshot) -> ComparisonWalk {
        ComparisonWalk(destination.variants.indices, of: destination, terms: self)
    }

    var sourceRows: UnsafeBufferPointer<VariantRow> { source.variants }
    var sourceProducts: UnsafeBufferPointer<ProductRow> { source.products }

    /// The fields that are locked for one of the source's rows, of those that can be compared.
    func lockedFields(of row: VariantRow) -> FieldSet {
        guard hasExceptions else { return locked }
        let product = Int(row.product)
        return rules.locked(
            sku: row.sku,
            product: sourceProducts[product],
            collections: rules.collections(ofProduct: product)
        ).intersection(comparable)
    }

    /// Whether the source shares a row.
    func shares(_ row: VariantRow) -> Bool {
        if case .everything = rules.share { return true }
        return rules.share.shares(sourceProducts[Int(row.product)])
    }
}
