import ClearingModel
import Glibc
import Pricing
import TestSupport
import Testing

/// A spread option and its market, in one row of a table.
struct SpreadQuote: Sendable, CustomTestStringConvertible {
    var right = OptionRight.call
    var style = OptionStyle.premium
    var first = 122.0
    var second = 120.0
    var strike = 3.0
    var rate = 0.1
    var volatility = (first: 0.2, second: 0.2)
    var correlation = 0.5
    var time = 0.1

    var option: PreparedSpreadOption {
        PreparedSpreadOption(
            SpreadOptionTerms(right: right, strike: strike, style: style, rate: rate),
            volatility: SpreadVolatility(
                first: volatility.first, second: volatility.second, correlation: correlation),
            time: time)
    }
    var value: Double { option.value(first: first, second: second) }
    var valueAtOnce: Double {
        spreadOptionValue(
            SpreadOptionTerms(right: right, strike: strike, style: style, rate: rate), first: first, second: second,
            volatility: SpreadVolatility(
                first: volatility.first, second: volatility.second, correlation: correlation),
            time: time)
    }
    var delta: SpreadDelta { option.delta(first: first, second: second) }
    var testDescription: String {
        "\(right) \(style) F1=\(first) F2=\(second) K=\(strike) r=\(rate) σ=\(volatility) ρ=\(correlation) T=\(time)"
    }

    func with(_ change: (inout SpreadQuote) -> Void) -> SpreadQuote {
        var copy = self
        change(&copy)
        return copy
    }

    static func random(_ generator: inout SeededGenerator) -> SpreadQuote {
        var quote = SpreadQuote(right: generator.number(0...1) < 0.5 ? .call : .put)
        quote.style = generator.number(0...1) < 0.3 ? .futures : .premium
        quote.first = generator.number(60...140)
        quote.second = generator.number(60...140)
        quote.strike = generator.number(-30...30)
        quote.rate = generator.number(-0.03...0.1)
        quote.volatility = (generator.number(0.05...0.8), generator.number(0.05...0.8))
        quote.correlation = generator.number(-0.95...0.95)
        quote.time = generator.number(0.01...2)
        return quote
    }
}

@Suite struct SpreadOptionTests {
    static let published: [(Double, Double, Double, Double, Double)] = [
        // σ1, σ2, T, ρ, value
        (0.20, 0.20, 0.1, -0.5, 4.7530), (0.20, 0.20, 0.1, 0, 3.7970), (0.20, 0.20, 0.1, 0.5, 2.5537),
        (0.20, 0.20, 0.5, -0.5, 10.7517), (0.20, 0.20, 0.5, 0, 8.7020), (0.20, 0.20, 0.5, 0.5, 6.0257),
        (0.25, 0.20, 0.1, -0.5, 5.4275), (0.25, 0.20, 0.1, 0, 4.3712), (0.25, 0.20, 0.1, 0.5, 3.0086),
        (0.25, 0.20, 0.5, -0.5, 12.1941), (0.25, 0.20, 0.5, 0, 9.9340), (0.25, 0.20, 0.5, 0.5, 7.0067),
        (0.20, 0.25, 0.1, -0.5, 5.4061), (0.20, 0.25, 0.1, 0, 4.3451), (0.20, 0.25, 0.1, 0.5, 2.9723),
        (0.20, 0.25, 0.5, -0.5, 12.1483), (0.20, 0.25, 0.5, 0, 9.8780), (0.20, 0.25, 0.5, 0.5, 6.9284),
    ]

    /// Haug 2007 p. 214: F1 = 122, F2 = 120, K = 3, r = 10 %.
    @Test(arguments: published) func `a spread option has its published value`(
        _ row: (Double, Double, Double, Double, Double)
    ) {
        let quote = SpreadQuote(volatility: (row.0, row.1), correlation: row.3, time: row.2)
        #expect(abs(quote.value - row.4) <= 5.1e-5, "\(quote.testDescription): \(quote.value)")
    }

    @Test func `Haug's example of a spread of 28 and 20 at 7 is worth 2·1670`() {
        let quote = SpreadQuote(
            first: 28, second: 20, strike: 7, rate: 0.05, volatility: (0.29, 0.36), correlation: 0.42, time: 0.25)
        #expect(abs(quote.value - 2.1670) <= 5.1e-5, "Haug 2007 p. 213: \(quote.value)")
    }

    @Test func `a call less its put is the discounted spread less the strike`() {
        var generator = SeededGenerator(seed: 51)
        for _ in 0..<500 {
            let quote = SpreadQuote.random(&generator)
            let call = quote.with { $0.right = .call }
            let put = quote.with { $0.right = .put }
            let discount = quote.style == .futures ? 1 : exp(-quote.rate * quote.time)
            let forward = discount * (quote.first - quote.second - quote.strike)
            #expect(abs(call.value - put.value - forward) <= 1e-11, "\(quote.testDescription)")
            #expect(quote.valueAtOnce.bitPattern == quote.value.bitPattern, "\(quote.testDescription)")
            #expect(abs(call.delta.first - put.delta.first - discount) <= 1e-13, "\(quote.testDescription)")
            #expect(abs(call.delta.second - put.delta.second + discount) <= 1e-13, "\(quote.testDescription)")
        }
    }

    @Test func `a call is the put on the opposite spread at the opposite strike`() {
        var generator = SeededGenerator(seed: 52)
        for _ in 0..<500 {
            let quote = SpreadQuote.random(&generator)
            let mirror = quote.with {
                $0.right = quote.right == .call ? .put : .call
                ($0.first, $0.second, $0.strike) = (quote.second, quote.first, -quote.strike)
                $0.volatility = (quote.volatility.second, quote.volatility.first)
            }
            #expect(abs(quote.value - mirror.value) <= 1e-12, "\(quote.testDescription)")
            #expect(abs(quote.delta.first - mirror.delta.second) <= 1e-13, "\(quote.testDescription)")
            #expect(abs(quote.delta.second - mirror.delta.first) <= 1e-13, "\(quote.testDescription)")
        }
    }

    @Test func `the deltas of a spread are the slopes of its value`() {
        var generator = SeededGenerator(seed: 53)
        for _ in 0..<500 {
            let quote = SpreadQuote.random(&generator)
            let bump = 1e-3
            let byFirst = quote.with { $0.first += bump }.value - quote.with { $0.first -= bump }.value
            let bySecond = quote.with { $0.second += bump }.value - quote.with { $0.second -= bump }.value
            #expect(abs(byFirst / (2 * bump) - quote.delta.first) <= 1e-6, "\(quote.testDescription)")
            #expect(abs(bySecond / (2 * bump) - quote.delta.second) <= 1e-6, "\(quote.testDescription)")
        }
    }

    @Test func `without strike it is Margrabe's exchange option from either side`() {
        let quote = SpreadQuote(strike: 0)
        let below = quote.with { $0.strike = -1e-12 }
        #expect(abs(quote.value - below.value) <= 1e-11)
        #expect(abs(quote.delta.second - below.delta.second) <= 1e-9)
    }

    @Test func `at expiry a spread option is worth its intrinsic value`() {
        for time in [0, -0.3] {
            for (strike, value, delta) in [(1.0, 1.0, 1.0), (2, 0, 0.5), (3, 0, 0), (-4, 6, 1)] {
                let call = SpreadQuote(strike: strike, time: time)
                #expect(call.value == value)
                #expect(call.delta == SpreadDelta(first: delta, second: -delta))
                let put = call.with { $0.right = .put }
                #expect(put.value == max(strike - 2, 0))
                #expect(put.delta == SpreadDelta(first: delta - 1, second: 1 - delta))
            }
        }
    }

    @Test func `legs without volatility, or equal ones moving as one, leave the certain spread`() {
        let certain = SpreadQuote(strike: -1, volatility: (0, 0))
        #expect(abs(certain.value - 3 * exp(-0.01)) <= 1e-13)
        #expect(certain.with { $0.volatility = (-0.2, -1) }.value == certain.value)
        #expect(abs(certain.with { $0.volatility = (1e-300, 1e-20) }.value - certain.value) <= 1e-12)
        let exchange = SpreadQuote(strike: 0, volatility: (0.3, 0.3), correlation: 1)
        #expect(abs(exchange.value - 2 * exp(-0.01)) <= 1e-12)
        #expect(exchange.delta.first.isFinite && exchange.delta.second.isFinite)
    }

    @Test func `a futures price at or below zero counts as zero`() {
        for strike in [5.0, 0, -5] {
            for right in [OptionRight.call, .put] {
                for gone in [0, -1e-9, -40] {
                    let noSecond = SpreadQuote(right: right, second: gone, strike: strike, rate: 0.1)
                    let black = Quote(
                        right: right, underlying: 122, strike: strike, rate: 0.1, volatility: 0.2, time: 0.1)
                    #expect(abs(noSecond.value - black.value) <= 1e-12, "\(noSecond.testDescription)")
                    let noFirst = SpreadQuote(right: right, first: gone, second: 7, strike: strike, rate: 0.1)
                    let mirror = Quote(
                        right: right == .call ? .put : .call, underlying: 7, strike: -strike, rate: 0.1,
                        volatility: 0.2, time: 0.1)
                    if strike < 0 {
                        #expect(abs(noFirst.value - mirror.value) <= 1e-12, "\(noFirst.testDescription)")
                    } else {
                        let certain = right == .call ? 0 : exp(-0.01) * (7 + strike)
                        #expect(abs(noFirst.value - certain) <= 1e-12, "\(noFirst.testDescription)")
                    }
                    let none = noFirst.with { $0.second = gone }
                    let payoff = right == .call ? max(-strike, 0) : max(strike, 0)
                    #expect(abs(none.value - exp(-0.01) * payoff) <= 1e-13, "\(none.testDescription)")
                    #expect(none.delta.first.isFinite && none.delta.second.isFinite)
                }
            }
        }
    }

    @Test func `a strike that outweighs the second future still has a value`() {
        for strike in stride(from: -200.0, through: -100, by: 10) {
            let quote = SpreadQuote(strike: strike, rate: 0)
            #expect(quote.value >= 2 - strike)
            #expect(quote.value <= 2 - strike + 1)
        }
    }

    @Test func `a spread of what is not a number is none`() {
        #expect(SpreadQuote(first: .nan).value.isNaN)
        #expect(SpreadQuote(second: .nan).value.isNaN)
        #expect(SpreadQuote(volatility: (.nan, 0.2)).value.isNaN)
        #expect(SpreadQuote(correlation: .nan).value.isNaN)
        #expect(SpreadQuote(time: .nan).value.isNaN)
    }
}
