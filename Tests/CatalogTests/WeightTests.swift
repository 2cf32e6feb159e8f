import Catalog
import Testing

@Suite struct WeightTests {
    @Test(arguments: [
        ("0.5", Weight.Unit.kilograms, Int64(500_000)), ("500", .grams, 500_000), ("500.0", .grams, 500_000),
        ("5e2", .grams, 500_000), ("0.0005", .grams, 0), ("0.0015", .grams, 2), ("0.0025", .grams, 2),
        ("1", .pounds, 453_592),
        ("1", .ounces, 28_350), ("0", .kilograms, 0), ("1e-3", .kilograms, 1000),
    ])
    func `weights are exact milligrams, half to even`(value: String, unit: Weight.Unit, milligrams: Int64) {
        #expect(Weight(value: value, unit: unit)?.milligrams == milligrams)
    }

    @Test(arguments: ["", "-1", "+1", "1.2.3", "abc", "1e999", "NaN", ".", "99999999999999999999999999999", "1 "])
    func `what is no weight is refused`(value: String) {
        #expect(Weight(value: value, unit: .kilograms) == nil)
    }

    @Test func `equal weights in other units are equal`() throws {
        let half = try #require(Weight(value: "0.5", unit: .kilograms))
        let grams = try #require(Weight(value: "500", unit: .grams))
        #expect(half == grams)
        #expect(Set([half, grams]).count == 1)
        #expect(half.description == "0.5 kg")
    }
}
