import Quantities
import Testing
import Validation

/// Overlapping windows and verdicts of docs/methodology.md §12.3, by hand.
struct ThinningTests {
    private func terms(_ confidence: String = "0.99", days: Int) throws -> ValidationTerms {
        try ValidationTerms(confidence: #require(ExactDecimal(confidence)), horizonDays: days)
    }

    /// `.` a tested night without an exception, `x` one with, `-` one not tested.
    private func outcomes(_ text: String) -> [Bool?] { text.map { $0 == "-" ? nil : $0 == "x" } }

    private func pairs(_ tests: CoverageTests) -> [Int] {
        [tests.pairs.n00, tests.pairs.n01, tests.pairs.n10, tests.pairs.n11]
    }

    @Test func `a night that is not tested breaks the chain`() throws {
        let unit = try #require(UnitTests(outcomes("--.xx-x..x-"), terms: terms(days: 1)))
        #expect(unit.raw.nights == 7 && unit.raw.exceptions == 4)
        // .x xx | x. .. .x
        #expect(pairs(unit.raw) == [1, 2, 1, 1])
        #expect(unit.thinned == nil)
    }

    @Test func `interleaved nights count from the first that is tested, and are paired a horizon apart`() throws {
        let unit = try #require(UnitTests(outcomes("-x..xx-x."), terms: terms(days: 3)))
        let thinned = try #require(unit.thinned)
        #expect(thinned.series.map(\.remainder) == [0, 1, 2])
        // From place 1: x x x; . x .; . -
        #expect(thinned.series.map(\.tests.nights) == [3, 3, 1])
        #expect(thinned.series.map(\.tests.exceptions) == [3, 1, 0])
        #expect(pairs(thinned.series[0].tests) == [0, 0, 0, 2])
        #expect(pairs(thinned.series[1].tests) == [0, 1, 1, 0])
        #expect(pairs(thinned.series[2].tests) == [0, 0, 0, 0])
        #expect(thinned.series[2].tests.independence == nil)
        #expect(unit.raw.nights == 7)
    }

    /// The smallest p-value times the horizon, not times the number of rows.
    @Test func `a remainder without a tested night has no row and still counts in the horizon`() throws {
        let unit = try #require(UnitTests(outcomes("x-.-x-.-"), terms: terms("0.75", days: 4)))
        let thinned = try #require(unit.thinned)
        #expect(thinned.series.map(\.remainder) == [0, 2])
        #expect(thinned.atLeastP == 4 * 0.0625)
        #expect(thinned.atMostP == 1)
    }

    @Test func `p-values without a pair are left out of the smallest, and where none has one there is none`() throws {
        let one = try #require(UnitTests(outcomes("...-x-"), terms: terms(days: 2)).flatMap(\.thinned))
        #expect(one.series.map(\.tests.independenceP).contains(nil))
        let smallest = one.series.compactMap(\.tests.independenceP).min()
        #expect(one.independenceP == smallest.map { min(1, 2 * $0) })
        let none = try #require(UnitTests(outcomes(".."), terms: terms(days: 2)).flatMap(\.thinned))
        #expect(none.independenceP == nil && none.conditionalP == nil)
        #expect(none.zone == .green)
    }

    @Test func `no tested night, no tests`() throws {
        #expect(try UnitTests(outcomes("---"), terms: terms(days: 1)) == nil)
        #expect(try UnitTests([], terms: terms(days: 2)) == nil)
    }

    /// Of 250 nights at 99 %: five are yellow with P(X ≥ 5) above 5 %, seven below it, ten red.
    @Test(arguments: [
        (0, 1, Verdict.accept), (4, 50, .accept), (5, 50, .watch), (6, 40, .reject), (10, 20, .reject),
        // Three in a row: green, and not independent.
        (3, 1, .watch),
    ])
    func `a verdict is of too little margin, of a zone, of runs`(exceptions: Int, apart: Int, verdict: Verdict) throws {
        var nights = [Bool?](repeating: false, count: 250)
        for index in 0..<exceptions { nights[10 + index * apart] = true }
        let unit = try #require(UnitTests(nights, terms: terms(days: 1)))
        #expect(unit.raw.exceptions == exceptions)
        #expect(unit.verdict == verdict)
    }

    /// 1,200 nights without an exception: P(X ≤ 0) and Kupiec's test reject, the verdict does not.
    @Test func `too much margin never rejects`() throws {
        let unit = try #require(UnitTests([Bool?](repeating: false, count: 1_200), terms: terms(days: 1)))
        #expect(unit.raw.atMostP < 0.0001 && unit.raw.proportionOfFailuresP < 0.0001)
        #expect(unit.verdict == .accept)
    }

    /// Every exception twice: all nights are rejected, interleaved ones are not.
    @Test func `over more than a day the interleaved nights decide`() throws {
        var nights = [Bool?](repeating: false, count: 500)
        for index in [100, 200, 300, 400] {
            nights[index] = true
            nights[index + 1] = true
        }
        let daily = try #require(UnitTests(nights, terms: terms(days: 1)))
        let twoDays = try #require(UnitTests(nights, terms: terms(days: 2)))
        #expect((daily.raw.independenceP ?? 1) < 0.0001 && daily.verdict == .watch)
        #expect(twoDays.verdict == .accept)
        #expect(twoDays.raw.independence == daily.raw.independence)
    }
}
