import Catalog
import Reconciliation
import Reporting
import Testing

/// What reads badly when nobody looks: counts of one, and the same advice again and again.
@Suite struct WordingTests {
    @Test(arguments: [(0, "0 variants"), (1, "1 variant"), (2, "2 variants"), (-1, "-1 variants")])
    func `a count takes its noun in the right number`(count: Int, text: String) {
        #expect("\(count, of: "variant")" == text)
    }

    private static func hit(_ brake: Brake) -> BrakeHit {
        BrakeHit(brake: brake, extent: .stages([.prices]), detail: "why")
    }

    @Test func `brakes that ask for the same thing stand together, and the advice once after the last`() throws {
        let hash = try #require(PlanHash(String(repeating: "ab", count: 32)))
        let brakes = [Self.hit(.priceChanges), Self.hit(.exchangeRate), Self.hit(.heldItems), Self.hit(.firstRun)]
        let told = brakes.withAdvice(hash: hash)
        #expect(told.map(\.brake.brake) == [.priceChanges, .heldItems, .firstRun, .exchangeRate])
        #expect(told.map { $0.advice == nil } == [true, true, false, false])
        #expect(told[2].advice == "read the plan, then: synctec approve abababababab")
        #expect(told[3].advice?.hasPrefix("approval does not release this") == true)
        #expect([BrakeHit]().withAdvice(hash: nil).isEmpty)
    }
}
