import Catalog
import Testing

@Suite struct SKUTests {
    @Test(arguments: ["", " ", "\t\n", "\u{00A0}"])
    func `a blank SKU is none: MA-2`(text: String) {
        #expect(SKU(text) == nil)
    }

    @Test(arguments: [("abc-1", "ABC-1"), ("abc-1", "abc-1 "), ("\u{00E9}", "e\u{0301}"), ("00123", "123")])
    func `SKUs that look alike are different: MA-3`(left: String, right: String) throws {
        let pair = try (#require(SKU(left)), #require(SKU(right)))
        #expect(pair.0 != pair.1)
        #expect(Set([pair.0, pair.1]).count == 2)
    }
}
