import Pricing
import Testing

@Suite struct CalendarDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-07-06", 20_640), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ])
    func `counts days from 1970 and back`(text: String, days: Int) throws {
        let date = try day(text)
        #expect(date.daysSinceEpoch == days)
        #expect(CalendarDate(daysSinceEpoch: days) == date)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "", "2026-7-6", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-04-00",
        "0000-01-01",
        "2026/07/06", "2026-07-06T00:00", "20260706", "-026-07-06", "２026-07-06",
    ])
    func `refuses what is no day`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `knows weekends and order`() throws {
        let days = try ["2026-07-03", "2026-07-04", "2026-07-05", "2026-07-06"].map(day)
        #expect(days.map(\.isWeekend) == [false, true, true, false])
        #expect(days.reversed().sorted() == days)
        #expect(CalendarDate(daysSinceEpoch: 2_932_897) == nil)
        #expect(CalendarDate(daysSinceEpoch: -719_163) == nil)
    }
}
