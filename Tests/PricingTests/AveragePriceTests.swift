import ClearingModel
import Glibc
import Pricing
import TestSupport
import Testing

/// An average-price option and its market, in one row of a table.
struct AverageQuote: Sendable, CustomTestStringConvertible {
    var right = OptionRight.call
    var style = OptionStyle.premium
    var underlying = 100.0
    var strike = 100.0
    var rate = 0.05
    var carry = 0.0
    var volatility = 0.2
    var first = 1.0 / 52
    var time = 0.5
    var made = 0
    var average = 0.0
    var left = 26
    var schedule = FixingSchedule.discrete

    var terms: AveragePriceTerms {
        AveragePriceTerms(
            right: right, strike: strike, style: style, rate: rate, carry: carry, fixingsMade: made,
            runningAverage: average, fixingsLeft: left, schedule: schedule)
    }
    var option: PreparedAveragePriceOption {
        PreparedAveragePriceOption(terms, volatility: volatility, timeToNextFixing: first, time: time)
    }
    var value: Double { option.value(underlying: underlying) }
    var delta: Double { option.delta(underlying: underlying) }
    var testDescription: String {
        "\(right) \(style) U=\(underlying) K=\(strike) r=\(rate) b=\(carry) σ=\(volatility) first=\(first) T=\(time) "
            + "made=\(made) at \(average) left=\(left) \(schedule)"
    }

    func with(_ change: (inout AverageQuote) -> Void) -> AverageQuote {
        var copy = self
        change(&copy)
        return copy
    }

    /// Haug's continuous examples: 270 days of averaging of which some have passed at an average of 100.
    static func continuous(_ strike: Double, _ volatility: Double, daysPassed: Int) -> AverageQuote {
        AverageQuote(
            strike: strike, rate: 0.1, carry: 0.05, volatility: volatility, first: 0,
            time: Double(270 - daysPassed) / 360, made: daysPassed, average: 100, left: 270 - daysPassed,
            schedule: .continuous)
    }

    static func random(_ generator: inout SeededGenerator) -> AverageQuote {
        var quote = AverageQuote(right: generator.number(0...1) < 0.5 ? .call : .put)
        quote.style = generator.number(0...1) < 0.3 ? .futures : .premium
        quote.schedule = generator.number(0...1) < 0.5 ? .discrete : .continuous
        quote.strike = generator.number(70...140)
        quote.rate = generator.number(-0.03...0.1)
        quote.carry = generator.number(0...1) < 0.4 ? 0 : generator.number(-0.1...0.1)
        quote.volatility = generator.number(0.02...1.5)
        quote.time = generator.number(0.003...3)
        quote.first = generator.number(-0.1...1) * quote.time
        quote.made = Int(generator.number(0...20))
        quote.average = generator.number(80...120)
        quote.left = 1 + Int(generator.number(0...40))
        return quote
    }
}

@Suite struct AveragePriceTests {
    static let published: [(AverageQuote, Double)] = [
        (
            AverageQuote(
                underlying: 6.8, strike: 6.9, rate: 0.07, carry: -0.02, volatility: 0.14, first: 0, left: 1,
                schedule: .continuous), 0.0944
        ),
        (
            AverageQuote(
                right: .put, underlying: 6.8, strike: 6.9, rate: 0.07, carry: -0.02, volatility: 0.14, first: 0,
                left: 1, schedule: .continuous), 0.2237
        ),
        (.continuous(95, 0.15, daysPassed: 0), 7.0544), (.continuous(95, 0.15, daysPassed: 90), 5.6731),
        (.continuous(95, 0.15, daysPassed: 180), 5.0806), (.continuous(95, 0.35, daysPassed: 0), 10.1213),
        (.continuous(95, 0.35, daysPassed: 90), 6.9705), (.continuous(95, 0.35, daysPassed: 180), 5.1411),
        (.continuous(100, 0.15, daysPassed: 0), 3.7845), (.continuous(100, 0.15, daysPassed: 90), 1.9964),
        (.continuous(100, 0.15, daysPassed: 180), 0.6722), (.continuous(100, 0.35, daysPassed: 0), 7.5038),
        (.continuous(100, 0.35, daysPassed: 90), 4.0687), (.continuous(100, 0.35, daysPassed: 180), 1.4222),
        (AverageQuote(strike: 80), 19.5152), (AverageQuote(right: .put, strike: 80), 0.0090),
        (AverageQuote(strike: 90), 10.1437), (AverageQuote(right: .put, strike: 90), 0.3906),
        (AverageQuote(strike: 100), 3.2700), (AverageQuote(right: .put, strike: 100), 3.2700),
        (AverageQuote(strike: 110), 0.5515), (AverageQuote(right: .put, strike: 110), 10.3046),
        (AverageQuote(strike: 120), 0.0479), (AverageQuote(right: .put, strike: 120), 19.5541),
    ]

    /// The continuous ones are in Haug 1998 pp. 99–100, the weekly ones on futures in Haug 2007 p. 201.
    @Test(arguments: published) func `an average-price option has its published value`(
        _ quote: AverageQuote, _ expected: Double
    ) {
        #expect(abs(quote.value - expected) <= 5.1e-5, "\(quote.value)")
    }

    @Test func `one fixing at expiry is the European option`() {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<300 {
            let quote = AverageQuote.random(&generator).with { ($0.made, $0.left, $0.schedule) = (0, 1, .discrete) }
            let european = Quote(
                right: quote.right, model: .blackScholes, style: quote.style, underlying: 100, strike: quote.strike,
                rate: quote.rate, carry: quote.carry, volatility: quote.volatility, time: quote.time)
            #expect(abs(quote.value - european.value) <= 1e-11, "\(quote.testDescription)")
            #expect(abs(quote.delta - european.delta) <= 1e-12, "\(quote.testDescription)")
        }
    }

    @Test func `a call less its put is the discounted mean of the average less the strike`() {
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<500 {
            let quote = AverageQuote.random(&generator).with { ($0.first, $0.schedule) = (0.2 * $0.time, .discrete) }
            let step = quote.left > 1 ? 0.8 * quote.time / Double(quote.left - 1) : 0
            let times = (0..<quote.left).map { quote.left == 1 ? quote.time : 0.2 * quote.time + Double($0) * step }
            let open = times.map { 100 * exp(quote.carry * $0) }.reduce(0, +)
            let mean = (Double(quote.made) * quote.average + open) / Double(quote.made + quote.left)
            let discount = quote.style == .futures ? 1 : exp(-quote.rate * quote.time)
            let call = quote.with { $0.right = .call }
            let put = quote.with { $0.right = .put }
            #expect(
                abs(call.value - put.value - discount * (mean - quote.strike)) <= 1e-11, "\(quote.testDescription)")
        }
    }

    @Test func `delta is the slope of the value`() {
        var generator = SeededGenerator(seed: 43)
        for _ in 0..<500 {
            let quote = AverageQuote.random(&generator)
            let up = quote.option.value(underlying: 100.01)
            let down = quote.option.value(underlying: 99.99)
            let curvature = 1 / (quote.volatility * quote.time.squareRoot())
            let slope = (up - down) / 0.02
            #expect(abs(slope - quote.delta) <= 1e-6 + 1e-8 * curvature * curvature, "\(quote.testDescription)")
        }
    }

    @Test func `many fixings approach the continuous average`() {
        for (first, carry, volatility) in [(0.0, 0.0, 0.3), (0.2, 0.08, 0.3), (0.1, -0.3, 1.2), (0.4, 1e-9, 3.0)] {
            let continuous = AverageQuote(
                carry: carry, volatility: volatility, first: first, time: 1, schedule: .continuous)
            let gaps = [1000, 10000].map { count in
                abs(continuous.with { ($0.schedule, $0.left) = (.discrete, count) }.value - continuous.value)
            }
            // The step 1/count is the error's order.
            #expect(gaps[1] <= 0.11 * gaps[0] + 1e-9, "\(continuous.testDescription) \(gaps)")
            #expect(gaps[1] <= 0.03, "\(continuous.testDescription) \(gaps)")
        }
    }

    @Test func `a carry near zero joins the carry at zero`() {
        for schedule in [FixingSchedule.discrete, .continuous] {
            for volatility in [1e-4, 0.01, 0.3, 2, 6] {
                let zero = AverageQuote(volatility: volatility, time: 1.5, schedule: schedule)
                for carry in [1e-15, 1e-12, -1e-12, 1e-10] {
                    let near = zero.with { $0.carry = carry }
                    #expect(abs(near.value - zero.value) <= 1e-11 + 150 * abs(carry), "\(near.testDescription)")
                }
            }
        }
    }

    @Test func `at expiry what is open of the average is the underlying`() {
        for schedule in [FixingSchedule.discrete, .continuous] {
            for time in [0, -0.2] {
                let quote = AverageQuote(
                    underlying: 110, strike: 101, first: 0, time: time, made: 3, average: 96, left: 1,
                    schedule: schedule)
                #expect(abs(quote.value) == 0)
                #expect(abs(quote.with { $0.underlying = 120 }.value - 1) <= 1e-13)
                #expect(abs(quote.with { $0.right = .put }.value - 1.5) <= 1e-13)
                #expect(quote.with { $0.right = .put }.delta == -0.25)
                #expect(abs(quote.with { ($0.strike, $0.average) = (99, 100) }.delta - 0.25) <= 1e-15)
            }
        }
    }

    @Test func `when all fixings are made the payoff is certain and only discounted`() {
        let quote = AverageQuote(strike: 95, made: 20, average: 100, left: 0)
        #expect(abs(quote.value - 5 * exp(-0.025)) <= 1e-13)
        #expect(quote.delta == 0)
        #expect(quote.with { $0.right = .put }.value == 0)
        #expect(quote.with { ($0.style, $0.underlying) = (.futures, -5) }.value == 5)
        let unmoved = quote.with { $0.underlying = .infinity }
        #expect(unmoved.value == quote.value)
    }

    @Test func `a strike below the part already fixed makes a call certain`() {
        let quote = AverageQuote(strike: 40, made: 10, average: 100, left: 10)
        let mean = 0.5 * 100 + 0.5 * 100.0
        #expect(abs(quote.value - exp(-0.025) * (mean - 40)) <= 1e-12)
        #expect(abs(quote.delta - 0.5 * exp(-0.025)) <= 1e-13)
        #expect(quote.with { $0.right = .put }.value == 0)
        #expect(abs(quote.with { $0.underlying = -3 }.value - exp(-0.025) * 10) <= 1e-12)
        #expect(abs(quote.with { $0.underlying = -3 }.delta - 0.5 * exp(-0.025)) <= 1e-13)
    }

    @Test func `an average's underlying at or below zero takes the limit at zero`() {
        for schedule in [FixingSchedule.discrete, .continuous] {
            let call = AverageQuote(made: 5, average: 90, left: 15, schedule: schedule)
            let put = call.with { $0.right = .put }
            for underlying in [0, -1e-9, -300] {
                #expect(call.option.value(underlying: underlying) == 0)
                #expect(call.option.delta(underlying: underlying) == 0)
                #expect(abs(put.option.value(underlying: underlying) - exp(-0.025) * (100 - 22.5)) <= 1e-12)
                #expect(abs(put.option.delta(underlying: underlying) + exp(-0.025) * 0.75) <= 1e-13)
            }
        }
    }

    @Test func `an average's volatility at or below zero leaves the certain mean`() {
        for schedule in [FixingSchedule.discrete, .continuous] {
            for carry in [0, 0.1] {
                for underlying in [90.0, 99.9, 101, 120] {
                    let certain = AverageQuote(
                        underlying: underlying, carry: carry, volatility: 0, schedule: schedule)
                    #expect(certain.with { $0.volatility = -1 }.value == certain.value)
                    for volatility in [1e-200, 1e-30, 1e-12] {
                        let tiny = certain.with { $0.volatility = volatility }
                        #expect(abs(tiny.value - certain.value) <= 1e-9, "\(tiny.testDescription)")
                        #expect(tiny.delta.isFinite)
                    }
                }
            }
        }
    }

    @Test func `an infinite volatility or what is not a number does not trap`() {
        for schedule in [FixingSchedule.discrete, .continuous] {
            for carry in [0, 0.1, -0.1] {
                let quote = AverageQuote(carry: carry, volatility: .infinity, schedule: schedule)
                #expect(quote.value > 90)
                #expect(quote.with { $0.volatility = 1e200 }.value > 90)
                #expect(quote.with { $0.volatility = .nan }.value.isNaN)
                #expect(quote.with { $0.underlying = .nan }.value.isNaN)
                #expect(quote.with { $0.time = .nan }.value.isNaN)
            }
        }
    }
}
