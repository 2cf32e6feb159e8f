import Foundation
import Pricing
import Testing

@Suite struct RateLimitsTests {
    /// Seconds since 1970 of a time in Central Europe, without summer time.
    private func at(_ date: String, _ hour: Int, _ minute: Int = 0) throws -> Int64 {
        Int64(try day(date).daysSinceEpoch) * 86_400 + Int64(hour - 1) * 3600 + Int64(minute) * 60
    }

    // MO-3. 2026-07-03 is a Friday; 2026-04-02 the Thursday before Easter; 2026-12-24 the day before the closing days.
    @Test(arguments: [
        ("2026-07-06", "2026-07-06", 9, 0), ("2026-07-06", "2026-07-06", 17, 1), ("2026-07-06", "2026-07-07", 16, 24),
        ("2026-07-03", "2026-07-04", 12, 8), ("2026-07-03", "2026-07-05", 23, 8), ("2026-07-03", "2026-07-06", 15, 23),
        ("2026-07-03", "2026-07-07", 4, 36), ("2026-04-02", "2026-04-06", 23, 8), ("2026-04-02", "2026-04-07", 16, 24),
        ("2026-12-24", "2026-12-28", 10, 18), ("2025-12-31", "2026-01-02", 10, 18),
        ("2026-04-30", "2026-05-04", 10, 18),
        ("2025-06-30", "2026-07-06", 16, 259 * 24),
    ])
    func `MO-3: a rate ages in hours of business days from 16:00 of its day`(
        date: String,
        today: String,
        hour: Int,
        age: Int64
    ) throws {
        let rate = try rate("0.925", .usd, .eur, on: date)
        #expect(RateLimits.age(of: rate, now: try at(today, hour)) == .seconds(age * 3600))
    }

    /// MO-3.
    @Test(arguments: [("2026-07-07", 3, 59, true), ("2026-07-07", 4, 0, true), ("2026-07-07", 4, 1, false)])
    func `MO-3: a rate is used up to its limit of age and not a minute longer`(
        today: String,
        hour: Int,
        minute: Int,
        isAccepted: Bool
    ) throws {
        let friday = try rate("0.925", .usd, .eur, on: "2026-07-03")
        let decision = RateLimits().decide(friday, now: try at(today, hour, minute), lastAccepted: nil)
        #expect((decision.rate != nil) == isAccepted)
        if case .refused(let refusal) = decision {
            #expect(
                refusal.description.hasPrefix("The rate 1 USD = 0.925 EUR (2026-07-03, table in settings) is 36 hours")
            )
        }
    }

    /// MO-3.
    @Test(arguments: [("2026-07-06", true), ("2026-07-07", true), ("2026-07-08", false), ("2027-07-06", false)])
    func `MO-3: a rate dated later than tomorrow is refused`(date: String, isAccepted: Bool) throws {
        let rate = try rate("0.925", .usd, .eur, on: date)
        let decision = RateLimits().decide(rate, now: try at("2026-07-06", 12), lastAccepted: nil)
        #expect(decision == (isAccepted ? .accepted(rate) : .refused(.inFuture(rate))))
    }

    /// MO-3: wrong, inverted, ×100, a digit lost.
    @Test(arguments: [
        ("1", "1.1", true), ("1", "0.9", true), ("1", "1.1000001", false), ("1", "0.8999999", false),
        ("0.925", "1.0810811", false), ("0.925", "92.5", false), ("0.925", "0.00925", false),
        ("162.33", "16.233", false),
        ("162.33", "0.0061603", false), ("0.925", "0.95", true),
    ])
    func `MO-3: a jump against the last accepted rate is refused`(last: String, new: String, isAccepted: Bool) throws {
        let (last, new) = (try rate(last, .usd, .eur, on: "2026-07-03"), try rate(new, .usd, .eur))
        let decision = RateLimits().decide(new, now: try at("2026-07-06", 17), lastAccepted: last)
        if isAccepted {
            #expect(decision == .accepted(new))
        } else {
            guard case .refused(.jump(new, lastAccepted: last, _, Percent(10))) = decision else {
                Issue.record("\(decision)")
                return
            }
        }
    }

    @Test(arguments: [
        ("1.0099999", false), ("1.01", true), ("0.9900001", false), ("0.99", true), ("1.03", true),
    ])
    func `inside the dead band prices stay on the last accepted rate`(new: String, follows: Bool) throws {
        let (last, new) = (try rate("1", .usd, .eur, on: "2026-01-05"), try rate(new, .usd, .eur))
        let decision = RateLimits().decide(new, now: try at("2026-07-06", 17), lastAccepted: last)
        #expect(decision.rate == (follows ? new : last))
    }

    @Test func `slow moves add up until the dead band is left`() throws {
        var accepted = try rate("1", .usd, .eur)
        var moves = 0
        for step in 1...30 {
            let new = try rate("1.0\(step < 10 ? "0" : "")\(step)", .usd, .eur)
            let decision = RateLimits().decide(new, now: try at("2026-07-06", 17), lastAccepted: accepted)
            if case .accepted(let rate) = decision {
                accepted = rate
                moves += 1
            }
        }
        #expect(moves == 2)
        #expect(accepted.text == "1.021")
    }

    /// MO-3.
    @Test func `MO-3: a rate for another pair than the last accepted one is refused`() throws {
        let (last, new) = (try rate("0.925", .usd, .eur), try rate("0.925", .usd, .gbp))
        let decision = RateLimits().decide(new, now: try at("2026-07-06", 17), lastAccepted: last)
        #expect(decision == .refused(.otherPair(new, lastAccepted: last)))
    }

    @Test func `crossed rates are compared exactly, and equal ones taken anew`() throws {
        let table = try RateTable(ecbDailyXML: Array(ecbDaily.utf8))
        let yesterday = try RateTable(ecbDailyXML: Array(ecbDaily.replacing("07-06", with: "07-03").utf8))
        let (last, new) = (try yesterday.rate(from: .usd, to: .jpy), try table.rate(from: .usd, to: .jpy))
        #expect(RateLimits().decide(new, now: try at("2026-07-06", 17), lastAccepted: last) == .accepted(new))
    }

    @Test func `equal currencies need no rate and never age`() throws {
        let identity = try ExchangeRate.identity(.eur, date: day("2020-01-01"))
        #expect(RateLimits().decide(identity, now: try at("2026-07-06", 17), lastAccepted: nil) == .accepted(identity))
    }

    @Test func `limits can be set, and travel`() throws {
        let limits = RateLimits(maxAge: .seconds(3600), maxJump: try percent("50%"), deadBand: .zero)
        let json = try JSONEncoder().encode(limits)
        #expect(try JSONDecoder().decode(RateLimits.self, from: json) == limits)
        let (last, new) = (try rate("1", .usd, .eur), try rate("1.4", .usd, .eur))
        #expect(limits.decide(new, now: try at("2026-07-06", 17), lastAccepted: last) == .accepted(new))
        #expect(limits.decide(new, now: try at("2026-07-06", 18), lastAccepted: last).rate == nil)
    }

    @Test func `a rate travels exactly`() throws {
        let rate = try RateTable(ecbDailyXML: Array(ecbDaily.utf8)).rate(from: .usd, to: .jpy)
        #expect(try JSONDecoder().decode(ExchangeRate.self, from: JSONEncoder().encode(rate)) == rate)
    }
}
