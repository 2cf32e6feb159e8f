import Catalog
import Testing

@Suite struct CatalogFieldTests {
    @Test func `a field's position is its place among all, and its bit`() {
        #expect(CatalogField.allCases.map(\.position) == Array(CatalogField.allCases.indices))
        #expect(CatalogField.allCases.sorted() == CatalogField.allCases)
    }

    @Test(arguments: CatalogField.allCases)
    func `a set holds just the fields put in`(field: CatalogField) {
        var set = FieldSet.all
        set.remove(field)
        #expect(!set.contains(field))
        #expect(set.fields.count == CatalogField.allCases.count - 1)
        set.insert(field)
        #expect(set == .all)
        #expect(FieldSet([field]).fields == [field])
    }

    @Test func `money is variants' and stock is a level's`() {
        let money = CatalogField.allCases.filter(\.isMoney)
        #expect(money == [.price, .compareAtPrice, .cost])
        #expect(money.allSatisfy { $0.owner == .variant })
        #expect(CatalogField.inventory.owner == .inventoryLevel)
    }
}
