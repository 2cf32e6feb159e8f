import Runs
import Testing

@Suite struct ExitStatusTests {
    @Test(arguments: [
        (Runs.ExitStatus.ok, Int32(0)), (.attention, 1), (.unknown, 1), (.brake, 2), (.snapshot, 3), (.store, 3),
        (.database, 3),
        (.locked, 3), (.interrupted, 3), (.internal, 3), (.delivery, 4), (.usage, 64),
    ])
    func `every name has its number`(status: Runs.ExitStatus, code: Int32) {
        #expect(status.code == code)
    }

    @Test func `of many parts the gravest gives the number`() {
        let gravest: [Runs.ExitStatus] = [
            .internal, .database, .store, .snapshot, .locked, .interrupted, .brake, .delivery, .unknown, .attention,
            .ok,
        ]
        #expect(gravest.shuffled().sorted(by: >) == gravest)
    }
}
