import Catalog
import Snapshots

extension ProductRow {
    /// The product fields that differ.
    func differences(from other: ProductRow, among fields: FieldSet) -> FieldSet {
        var found = FieldSet()
        if title != other.title { found.insert(.title) }
        if description != other.description { found.insert(.description) }
        if vendor != other.vendor { found.insert(.vendor) }
        if productType != other.productType { found.insert(.productType) }
        if tags != other.tags { found.insert(.tags) }
        if status != other.status { found.insert(.status) }
        if handle != other.handle { found.insert(.handle) }
        if seoTitle != other.seoTitle { found.insert(.seoTitle) }
        if seoDescription != other.seoDescription { found.insert(.seoDescription) }
        return found.intersection(fields)
    }
}

extension VariantRow {
    /// The variant fields that differ, money and stock left aside.
    func differences(from other: VariantRow, among fields: FieldSet) -> FieldSet {
        var found = FieldSet()
        if barcode != other.barcode { found.insert(.barcode) }
        if hsCode != other.hsCode { found.insert(.hsCode) }
        if weightMilligrams != other.weightMilligrams { found.insert(.weight) }
        if country != other.country { found.insert(.countryOfOrigin) }
        let flags = self.flags.symmetricDifference(other.flags)
        if flags.contains(.taxable) { found.insert(.taxable) }
        if flags.contains(.requiresShipping) { found.insert(.requiresShipping) }
        if flags.contains(.tracked) { found.insert(.tracked) }
        if flags.contains(.continuesSelling) { found.insert(.inventoryPolicy) }
        // What cannot be read here is not what the other has, though both are packed as none.
        found.formUnion(unreadableFields.symmetricDifference(other.unreadableFields))
        return found.intersection(fields)
    }

    /// The fields whose value in the store could not be read, money left aside: there is nothing to copy.
    var unreadableFields: FieldSet {
        guard !flags.isDisjoint(with: [.weightUnreadable, .countryUnreadable]) else { return FieldSet() }
        var found = FieldSet()
        if flags.contains(.weightUnreadable) { found.insert(.weight) }
        if flags.contains(.countryUnreadable) { found.insert(.countryOfOrigin) }
        return found
    }
}
