import ClearingModel
import Glibc
import Pricing
import Testing

/// An option on a continuous average that is revalued a look-ahead later, with what it is then worth.
struct AverageAhead: Sendable, CustomTestStringConvertible {
    /// A call at 80 on 30 days of which 20 have passed at 80, σ 30 %, ten days to go.
    static let seasoned = AverageAhead(made: 20, average: 80, left: 10, time: 10)
    /// A put at 82 on 273 days of which 91 have passed at 79.50.
    static let long = AverageAhead(
        right: .put, strike: 82, rate: 0.08, made: 91, average: 79.5, left: 182, time: 182)
    /// A call at 82 on 27 days that begin in three, with a carry.
    static let later = AverageAhead(strike: 82, carry: 0.03, volatility: 0.4, left: 27, start: 3, time: 30)
    /// A put at 81 on the same days.
    static let laterPut = AverageAhead(
        right: .put, strike: 81, carry: -0.02, volatility: 0.4, left: 27, start: 3, time: 30)
    /// A call at 70 that what is fixed has made certain.
    static let certain = AverageAhead(strike: 70, made: 25, average: 85, left: 5, time: 5)

    var right = OptionRight.call
    var strike = 80.0
    var rate = 0.05
    var carry = 0.0
    var volatility = 0.3
    var made = 0
    var average = 0.0
    var left: Int
    /// Days to the first of the average and to the last.
    var start = 0.0
    var time: Double
    var days = 0.0
    var underlying = 80.0
    var value = 0.0
    var delta = 0.0

    func after(_ days: Double, at underlying: Double, value: Double, delta: Double) -> AverageAhead {
        var copy = self
        (copy.days, copy.underlying, copy.value, copy.delta) = (days, underlying, value, delta)
        return copy
    }

    /// The option after the look-ahead.
    var option: PreparedAveragePriceOption {
        PreparedAveragePriceOption(
            AveragePriceTerms(
                right: right, strike: strike, rate: rate, carry: carry, fixingsMade: made, runningAverage: average,
                fixingsLeft: left, schedule: .continuous),
            volatility: volatility, timeToNextFixing: (start - days) / 365, time: (time - days) / 365,
            fixingsPassed: days - start)
    }

    var testDescription: String { "\(right) struck at \(strike), \(made) made, \(days) days on at \(underlying)" }
}

@Suite struct AverageLookAheadTests {
    /// From a grid of 128 and 256 points a day, extrapolated, with QuantLib's Black formula, the days that have passed
    /// made at the underlying; a simulation of 200,000 paths of the average itself agrees with each within 0.02 (of the
    /// lognormal law) and three of its errors.
    static let rows: [AverageAhead] = [
        .seasoned.after(0, at: 80, value: 0.304598537, delta: 0.1683423),
        .seasoned.after(1, at: 80, value: 0.260104637, delta: 0.1679063),
        .seasoned.after(2, at: 80, value: 0.218009706, delta: 0.1675060),
        .seasoned.after(2, at: 86, value: 1.997835417, delta: 0.3329078),
        .seasoned.after(2, at: 74, value: 0.000010497, delta: 0.0000287),
        .seasoned.after(2.5, at: 80, value: 0.197906931, delta: 0.1673201),
        .seasoned.after(2.5, at: 86, value: 1.997951150, delta: 0.3329774),
        .seasoned.after(9, at: 80, value: 0.009643540, delta: 0.1661617),
        .seasoned.after(9, at: 86, value: 1.999726046, delta: 0.3332877),
        // All made: the payoff is known. (2/3)·80 + (1/3)·86 − 80.
        .seasoned.after(10, at: 83, value: 1, delta: 1.0 / 3),
        .seasoned.after(10, at: 86, value: 2, delta: 1.0 / 3),
        .seasoned.after(12, at: 86, value: 2, delta: 1.0 / 3),
        .seasoned.after(12, at: 74, value: 0, delta: 0),
        .long.after(1, at: 80, value: 3.710138576, delta: -0.3878663),
        .long.after(10, at: 80, value: 3.543153926, delta: -0.3967565),
        .long.after(10, at: 86, value: 1.654157657, delta: -0.2351127),
        .long.after(10, at: 74, value: 6.374619235, delta: -0.5385134),
        .long.after(60, at: 80, value: 2.728373774, delta: -0.4643275),
        .long.after(60, at: 86, value: 0.737892962, delta: -0.1993443),
        // The average has not begun, begins as the look-ahead ends, has begun within it.
        .later.after(2, at: 80, value: 1.317764288, delta: 0.3729000),
        .later.after(3, at: 80, value: 1.213252365, delta: 0.3645763),
        .later.after(5, at: 80, value: 1.006799756, delta: 0.3445797),
        .later.after(5, at: 86, value: 4.565016593, delta: 0.8125286),
        .later.after(29, at: 86, value: 3.999582976, delta: 0.9998645),
        .laterPut.after(10, at: 80, value: 1.864938137, delta: -0.6184460),
        .laterPut.after(10, at: 74, value: 7.024749334, delta: -0.9836635),
        .laterPut.after(31, at: 80, value: 1, delta: -1),
        .certain.after(1, at: 80, value: 14.158906236, delta: 0.1665754),
        .certain.after(2, at: 86, value: 15.160435071, delta: 0.1665982),
    ]

    @Test(arguments: rows) func `the days that a look-ahead passes are made at the underlying`(_ row: AverageAhead) {
        #expect(abs(row.option.value(underlying: row.underlying) - row.value) <= 1e-8)
        #expect(abs(row.option.delta(underlying: row.underlying) - row.delta) <= 1e-6)
    }

    /// The same option written as it stands after the look-ahead, the underlying's days among those made.
    @Test func `a day passed is a day made`() {
        for row in Self.rows where row.days > row.start && row.days == row.days.rounded() && row.days < row.time {
            let passed = Int(row.days - row.start)
            let made = row.made + passed
            let average = (Double(row.made) * row.average + Double(passed) * row.underlying) / Double(made)
            let written = PreparedAveragePriceOption(
                AveragePriceTerms(
                    right: row.right, strike: row.strike, rate: row.rate, carry: row.carry, fixingsMade: made,
                    runningAverage: average, fixingsLeft: row.left - passed, schedule: .continuous),
                volatility: row.volatility, timeToNextFixing: 0, time: (row.time - row.days) / 365)
            let difference =
                written.value(underlying: row.underlying) - row.option.value(underlying: row.underlying)
            #expect(abs(difference) <= 1e-12, "\(row.testDescription)")
        }
    }

    @Test func `a discrete fixing that the look-ahead has passed is made at the underlying`() {
        for (right, step, passed) in [(OptionRight.call, 1.0, 3), (.put, 7, 1), (.put, 1, 24)] {
            // Fixings at 1, 1 + step … days; the look-ahead stands a quarter of a day after the last one passed.
            let elapsed = 1.25 + Double(passed - 1) * step
            let ahead = AverageQuote(
                right: right, strike: 99, carry: 0.03, first: (1 - elapsed) / 365,
                time: (1 + 24 * step - elapsed) / 365, made: 5, average: 97, left: 25)
            for underlying in [90.0, 100, 110] {
                let made = 5 + passed
                let written = ahead.with {
                    ($0.made, $0.left, $0.first) = (made, 25 - passed, (step - 0.25) / 365)
                    $0.average = (5 * 97 + Double(passed) * underlying) / Double(made)
                }
                let found = ahead.option.value(underlying: underlying)
                #expect(abs(found - written.option.value(underlying: underlying)) <= 1e-12, "\(ahead.testDescription)")
            }
        }
    }

    @Test func `delta is the slope also where days have passed`() {
        for row in Self.rows where row.days < row.time {
            let up = row.option.value(underlying: row.underlying + 1e-3)
            let down = row.option.value(underlying: row.underlying - 1e-3)
            #expect(
                abs((up - down) / 2e-3 - row.option.delta(underlying: row.underlying)) <= 1e-6, "\(row.testDescription)"
            )
        }
    }

    @Test func `the limits hold where days have passed`() {
        let row = AverageAhead.seasoned.after(2, at: 0, value: 0, delta: 0)
        for underlying in [0.0, -5, -1e-300] {
            #expect(row.option.value(underlying: underlying) == 0)
            #expect(row.option.delta(underlying: underlying) == 0)
        }
        var put = row
        put.right = .put
        let discount = exp(-0.05 * 8 / 365)
        #expect(abs(put.option.value(underlying: -1) - discount * (80 - 160.0 / 3)) <= 1e-12)
        #expect(abs(put.option.delta(underlying: 0) + discount / 3) <= 1e-12)
        #expect(abs(row.option.value(underlying: 1e6) - discount * (160.0 / 3 + 1e6 / 3 - 80)) <= 1e-7)
        #expect(row.option.value(underlying: .nan).isNaN)
        var still = row
        still.volatility = 0
        #expect(abs(still.option.value(underlying: 86) - discount * 2) <= 1e-12)
        #expect(abs(still.option.delta(underlying: 86) - discount / 3) <= 1e-12)
    }
}
