import Catalog
import Reconciliation
import Testing

/// A closer look at descriptions takes differences back, and nothing else.
@Suite struct DescriptionAgreementTests {
    @Test func `products that agree after all have no difference in their descriptions`() throws {
        var bench = Bench(.plain(count: 4))
        bench.locked = FieldSet([.description, .title, .weight])
        for product in 0..<3 { bench.source.products[product].description = "<p>New</p>" }
        bench.source.products[1].title = "New"
        let comparison = try bench.run().comparison
        let found = comparison.differences.map(\.fields.fields)
        #expect(found == [[.description], [.title, .description], [.description]])
        let pairs = comparison.differingDescriptions
        #expect(pairs.map(\.destination) == [0, 1, 2])
        let closer = comparison.agreeing(onDescriptionsOf: Set(pairs.prefix(2)))
        #expect(closer.differences.map(\.fields.fields) == [[.title], [.description]])
        #expect(closer.differingDescriptions == Array(pairs.suffix(1)))
        #expect(closer.matched == comparison.matched)
        #expect(comparison.agreeing(onDescriptionsOf: []).differences == comparison.differences)
        // Another pair of products is another thing.
        let other = ProductPair(source: pairs[0].source, destination: pairs[2].destination)
        #expect(comparison.agreeing(onDescriptionsOf: [other]).differences == comparison.differences)
    }

    @Test func `what nobody can judge stays open`() throws {
        var bench = Bench(.plain(count: 1))
        bench.locked = FieldSet([.description, .weight])
        bench.source.products[0].description = "<p>New</p>"
        bench.source.products[0].variants[0].weight = ("-1", "KILOGRAMS")
        let comparison = try bench.run().comparison
        let closer = comparison.agreeing(onDescriptionsOf: Set(comparison.differingDescriptions))
        #expect(closer.differences.map(\.fields) == [FieldSet()])
        #expect(closer.differences.map(\.undecided) == [FieldSet(.weight)])
    }
}
