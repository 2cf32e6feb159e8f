import Catalog
import Reconciliation
import Testing

@testable import Reporting

struct BrakeAdviceTests {
    @Test(arguments: Brake.allCases)
    func `a brake names the approval exactly where an approval releases it`(brake: Brake) throws {
        let hash = try ExampleReport().plan.hash()
        let hit = BrakeHit(brake: brake, extent: .stages([.prices]), detail: "")
        let isReleasable = ![.exchangeRate, .currency, .planStale].contains(brake)
        #expect(hit.advice(hash: hash).contains("synctec approve \(hash.short)") == isReleasable)
    }

    @Test(arguments: [
        (BrakeHit.Extent.stages([.prices]), "prices"), (.stages([.content, .prices]), "prices, content"),
        (.stages(Set(PlanStage.allCases)), "everything"), (.field(.hsCode), "hs_code"),
        (.stockToZero, "stock that would go to zero"),
    ])
    func `what a brake stops is said in words`(extent: BrakeHit.Extent, text: String) {
        #expect(extent.text == text)
    }
}
