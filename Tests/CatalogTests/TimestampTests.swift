import Catalog
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_795_424_400, "2026-11-23T09:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func `a time prints and reads back`(seconds: Int64, text: String) {
        #expect(Timestamp(seconds: seconds).description == text)
        #expect(Timestamp(text) == Timestamp(seconds: seconds))
    }

    @Test(
        arguments: [("2026-11-23T09:00:00.5Z", 500_000), ("2026-11-23T09:00:00.123456789Z", 123_456)]
            as [(String, Int64)]
    )
    func `a fraction of a second is read to the microsecond`(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == 1_795_424_400_000_000 + microseconds)
    }

    @Test(arguments: [
        "", "2026-02-29T00:00:00Z", "2026-02-31T00:00:00Z", "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00+01:00", "2026-01-01 00:00:00Z", "2026-1-01T00:00:00Z",
    ])
    func `what is no time is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `times add, subtract and sort: SC-2`() {
        let time = Timestamp(seconds: 100)
        #expect(time + .seconds(60) == Timestamp(seconds: 160))
        #expect(Timestamp(seconds: 160) - time == .seconds(60))
        #expect(time < time + .microseconds(1))
        #expect(Timestamp(microseconds: -1).seconds == -1)
        #expect(Timestamp(seconds: 1_795_424_400).folderName == "20261123T090000Z")
    }
}
