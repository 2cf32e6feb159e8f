import Settings
import Testing

// PL-5
struct PlanRulesTests {
    private static let rich = """
        team: SP-TEAM-7KQ2MX
        source: { shop: a.myshopify.com, share: { tags: [wholesale, "b2b"] } }
        fields: { vendor: locked, tags: create-only }
        rates: { source: ecb, dead_band: 2% }
        destinations:
          - shop: b.myshopify.com
            fields: { title: locked }
            exceptions: { sku: { "L-1": { price: ignored, cost: ignored } }, tag: { Sale: { price: locked } } }
            price_rules:
              - { match: { vendor: Acme }, from: "10", markup: 35%, ending: ".99" }
              - { match: { sku: [A, B] }, offset: "1.50", minimum: "4.99" }
              - { markup: 20%, floor: cost, ceiling: "100" }
            location_groups: [{ name: main, source: [R, V], destination: X, buffer: 2 }]
            sku_aliases: { "S-1": "D-1", "S-2": "D-2" }
        """

    private func rules(_ text: String) throws -> String {
        let settings = try parsed(text)
        return settings.rules(for: try #require(settings.destinations.first))
    }

    @Test(arguments: [
        ("tags: [wholesale, \"b2b\"]", "tags: [wholesale]"), ("vendor: locked", "vendor: create-only"),
        ("dead_band: 2%", "dead_band: 3%"), ("source: ecb", "file: r.csv"), ("title: locked", "title: ignored"),
        ("\"L-1\"", "\"L-2\""), ("cost: ignored", "cost: create-only"), ("Sale: {", "Sail: {"), ("Acme", "Acma"),
        ("from: \"10\"", "from: \"11\""), ("from: \"10\"", "below: \"10\""), ("35%", "36%"), (".99", ".95"),
        ("ending: \".99\"", "rounding: whole"), ("sku: [A, B]", "sku: [A]"), ("1.50", "1.51"), ("4.99", "4.98"),
        ("floor: cost", "floor: \"5\""), ("ceiling: \"100\"", "ceiling: compare-at"), ("[R, V]", "[R]"),
        ("destination: X", "destination: Z"), ("buffer: 2", "buffer: 3"), ("\"D-2\"", "\"D-3\""),
        ("\"S-2\"", "\"S-3\""),
        ("b.myshopify.com", "c.myshopify.com"), ("a.myshopify.com", "d.myshopify.com"),
    ])
    func `a rule that changed changes the text`(old: String, new: String) throws {
        #expect(Self.rich.contains(old))
        #expect(try rules(Self.rich) != rules(Self.rich.replacing(old, with: new, maxReplacements: 1)))
    }

    @Test(arguments: [
        ("tags: [wholesale, \"b2b\"]", "tags: [B2B, wholesale]"), ("markup: 35%", "markup: 35.0%"), ("\"10\"", "10.00"),
        ("{ vendor: locked, tags: create-only }", "{ tags: create-only, vendor: locked, title: create-only }"),
        ("[R, V]", "[V, R]"), ("sku: [A, B]", "sku: [B, A]"), ("name: main", "name: other"),
        ("source: ecb, dead", "source: ecb, max_age: 12h, dead"),
        ("team: SP", "brakes: { price_changes: 1% }\nteam: SP"),
        ("{ \"S-1\": \"D-1\", \"S-2\": \"D-2\" }", "{ \"S-2\": \"D-2\", \"S-1\": \"D-1\" }"),
        ("sku_aliases", "missing: report\n    order_push: { enabled: false, wait: 5m }\n    sku_aliases"),
    ])
    func `order, spelling and what only judges a plan don't`(old: String, new: String) throws {
        #expect(Self.rich.contains(old))
        #expect(try rules(Self.rich) == rules(Self.rich.replacing(old, with: new, maxReplacements: 1)))
    }

    @Test
    func `the order of price rules counts`() throws {
        let swapped = Self.rich.replacing("{ vendor: Acme }", with: "{ tag: one }").replacing(
            "{ sku: [A, B] }",
            with: "{ tag: two }"
        )
        let other = swapped.replacing("tag: one", with: "tag: 3").replacing("tag: two", with: "tag: one").replacing(
            "tag: 3",
            with: "tag: two"
        )
        #expect(try rules(swapped) != rules(other))
    }

    @Test
    func `the rates of a table are no rule, and texts can't run into one another`() throws {
        let table = Self.rich.replacing("source: ecb", with: "table: { EUR: 1 }")
        #expect(try rules(table) == rules(table.replacing("EUR: 1", with: "EUR: 2")))
        #expect(try rules(table) != rules(Self.rich))
        let one = Self.rich.replacing("[R, V]", with: "[R, \"V\\\",\\\"W\"]")
        let other = Self.rich.replacing("[R, V]", with: "[R, V, W]")
        #expect(try rules(one) != rules(other))
    }
}
