import Reconciliation
import Testing

@Suite struct SKULikenessTests {
    @Test(arguments: [
        ("abc-1", "ABC-1 "), ("\u{00E9}1", "e\u{0301}1"), ("00123", "123"), ("A_B.C", "abc"), ("\u{FF21}1", "a1"),
    ])
    func `SKUs that people mistype are alike: MA-3`(left: String, right: String) {
        #expect(SKULikeness(left) == SKULikeness(right))
    }

    @Test(arguments: [("ABC-1", "ABC-2"), ("A1B", "AB1"), ("100", "1000")])
    func `other SKUs are not alike`(left: String, right: String) {
        #expect(SKULikeness(left) != SKULikeness(right))
    }
}
