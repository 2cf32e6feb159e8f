/// Time as the ECB's publishing counts it: the hours of its business days.
///
/// Reference rates appear around 16:00 CET on every day on which TARGET is open: not at weekends, on 1 January, Good
/// Friday, Easter Monday, 1 May, 25 and 26 December (ECB, "Euro foreign exchange reference rates" and "TARGET closing
/// days"). A rate therefore ages only on those days; Friday's is as fresh on Sunday as it was at Friday's midnight.
enum BusinessTime {
    private static let secondsPerDay: Int64 = 86_400
    private static let centralEuropeanOffset: Int64 = 3600
    private static let publishedAt: Int64 = 16 * 3600
    /// Farther back than this, days are no longer told apart: every one counts.
    private static let mostDaysLookedAt: Int64 = 3660

    /// Seconds of business days since a rate of this day was published, 0 before that; `now` counts from 1970 in UTC.
    static func age(of date: CalendarDate, at now: Int64) -> Int64 {
        let today = dayOfCentralEurope(at: now)
        let start = Int64(date.daysSinceEpoch)
        guard today >= start else { return 0 }
        let secondsToday = now + centralEuropeanOffset - today * secondsPerDay
        guard today - start <= mostDaysLookedAt else { return (today - start) * secondsPerDay }
        var age = -publishedAt
        for day in start...today {
            guard day == start || isBusinessDay(day) else { continue }
            age += day == today ? secondsToday : secondsPerDay
        }
        return max(age, 0)
    }

    /// The day it is in Central Europe (without summer time), as days since 1970.
    static func dayOfCentralEurope(at now: Int64) -> Int64 {
        let local = now + centralEuropeanOffset
        let day = local / secondsPerDay
        return local % secondsPerDay < 0 ? day - 1 : day
    }

    private static func isBusinessDay(_ day: Int64) -> Bool {
        CalendarDate(daysSinceEpoch: Int(day)).map { !$0.isWeekend && !isClosingDay($0) } ?? false
    }

    private static func isClosingDay(_ date: CalendarDate) -> Bool {
        switch (date.month, date.day) {
        case (1, 1), (5, 1), (12, 25), (12, 26): return true
        default: break
        }
        guard let easter = easterSunday(of: date.year)?.daysSinceEpoch else { return false }
        return date.daysSinceEpoch == easter - 2 || date.daysSinceEpoch == easter + 1
    }

    /// The Gregorian Easter, by the anonymous algorithm as printed in Meeus, "Astronomical Algorithms", chapter 8.
    static func easterSunday(of year: Int) -> CalendarDate? {
        let a = year % 19
        let (b, c) = (year / 100, year % 100)
        let (d, e) = (b / 4, b % 4)
        let g = (b - (b + 8) / 25 + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let (i, k) = (c / 4, c % 4)
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return CalendarDate(year: year, month: sum / 31, day: sum % 31 + 1)
    }
}
