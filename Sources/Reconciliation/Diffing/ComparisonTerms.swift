import Catalog
import Pricing
import Snapshots

/// What all parts of a comparison share: the two stores as rows, and the rules in the form they are asked in.
///
/// A class with nothing but constants, so that no row costs a count of references.
final class ComparisonTerms: Sendable {
    let sourceIndex: SKUIndex
    let destinationIndex: SKUIndex
    let source: PackedSnapshot
    let destination: PackedSnapshot
    let rules: ComparisonRules
    let prices: PriceBook?
    let links: LinkTable
    let aliases: AliasTable
    let comparable: FieldSet
    /// The locked fields of a row that no exception is for.
    let locked: FieldSet
    let hasExceptions: Bool

    init(source: SKUIndex, destination: SKUIndex, rules: ComparisonRules, links: LinkTable) {
        sourceIndex = source
        destinationIndex = destination
        self.source = source.snapshot
        self.destination = destination.snapshot
        self.rules = rules
        self.links = links
        prices = rules.prices
        aliases = AliasTable(rules.aliases)
        comparable = source.snapshot.fields.intersection(destination.snapshot.fields)
        locked = rules.locked.intersection(comparable)
        hasExceptions = !rules.exceptions.isEmpty
    }

    var sourceRows: UnsafeBufferPointer<VariantRow> { source.variants }
    var sourceProducts: UnsafeBufferPointer<ProductRow> { source.products }
    var destinationRows: UnsafeBufferPointer<VariantRow> { destination.variants }
    var destinationProducts: UnsafeBufferPointer<ProductRow> { destination.products }
}
