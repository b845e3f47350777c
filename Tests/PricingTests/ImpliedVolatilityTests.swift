import ClearingModel
import Glibc
import Pricing
import TestSupport
import Testing

private func solve(_ quote: Quote, _ price: Double) -> ImpliedVolatility {
    impliedVolatility(quote.terms, price: price, underlying: quote.underlying, time: quote.time)
}

@Suite struct ImpliedVolatilityTests {
    private static func oil(_ right: OptionRight, _ strike: Double) -> Quote {
        Quote(right: right, underlying: 70, strike: strike, rate: 0.04, time: 60.0 / 365)
    }

    /// Expected is the volatility; the price is the quote's `underlying`-style settlement, given beside it.
    static let solved: [(quote: Quote, price: Double, volatility: Double)] = [
        (oil(.call, 75), 2.06, 0.34984014631693805),
        (oil(.put, 60), 0.61, 0.3442050523215072),
        (oil(.put, 65), 1.62, 0.3292475790461293),
        (
            Quote(model: .bachelier, underlying: -37.63, strike: -35, rate: 0.04, time: 29.0 / 365), 12.27,
            120.79552023695936
        ),
        (
            Quote(right: .put, model: .bachelier, underlying: 20.43, strike: 0, rate: 0.04, time: 55.0 / 365), 3.10,
            66.22188516357197
        ),
        (
            Quote(right: .put, exercise: baroneAdesiWhaley, rate: 0.1, time: 60.0 / 365), 3.99,
            0.24996888277349624
        ),
    ]

    @Test(arguments: solved)
    func `the volatility of a settlement price is the one computed separately`(
        _ row: (quote: Quote, price: Double, volatility: Double)
    ) {
        guard case .solved(let volatility) = solve(row.quote, row.price) else {
            Issue.record("not solved: \(row.quote.testDescription)")
            return
        }
        #expect(abs(volatility - row.volatility) <= 1e-12 * max(row.volatility, 1))
        let repriced = row.quote.with { $0.volatility = volatility }.value
        #expect(abs(repriced - row.price) <= 1e-14 * row.quote.strike.magnitude + 1e-13)
    }

    @Test func `a price at or below the value of no volatility is below intrinsic`() {
        #expect(solve(Self.oil(.call, 60), 9.90) == .belowIntrinsic)
        #expect(solve(Self.oil(.call, 55), 14.00) == .belowIntrinsic)
        for exercise in everyExercise {
            for model in everyModel {
                let quote = Quote(model: model, exercise: exercise, underlying: 110, rate: 0.05, carry: 0.05)
                let floor = quote.with { $0.volatility = 1e-6 }.value
                #expect(solve(quote, floor) == .belowIntrinsic)
                #expect(solve(quote, 0) == .belowIntrinsic)
                #expect(solve(quote, -1) == .belowIntrinsic)
                #expect(solve(quote, .nan) == .belowIntrinsic)
                #expect(solve(quote.with { $0.time = 0 }, 10) == .belowIntrinsic)
            }
        }
    }

    @Test func `a price above the value of the greatest volatility is above the maximum`() {
        for exercise in everyExercise {
            for model in everyModel {
                let quote = Quote(
                    model: model, exercise: exercise, underlying: 110, rate: 0.05, carry: 0.02, time: 0.3)
                let greatest = maximumVolatility(quote.terms, underlying: quote.underlying)
                let ceiling = quote.with { $0.volatility = greatest }.value
                #expect(solve(quote, ceiling.nextUp) == .aboveMaximum)
                #expect(solve(quote, .infinity) == .aboveMaximum)
                #expect(solve(quote.with { $0.time = 0 }, 10.5) == .aboveMaximum)
                guard case .solved(let volatility) = solve(quote, ceiling) else {
                    Issue.record("the ceiling itself is solvable: \(quote.testDescription)")
                    continue
                }
                #expect(abs(volatility / greatest - 1) <= 1e-6)
            }
        }
    }

    @Test func `the greatest normal volatility follows the price level and never falls below 500`() {
        let terms = Quote(model: .bachelier, strike: -35).terms
        #expect(maximumVolatility(terms, underlying: -37.63) == 500)
        #expect(maximumVolatility(terms, underlying: 5000) == 25000)
        #expect(maximumVolatility(Quote(strike: 3000).terms, underlying: 5000) == 5)
    }

    /// The error is weighed by vega: what a rounding of the price itself would move the volatility by.
    @Test func `a volatility survives the trip through its price`() {
        var generator = SeededGenerator(seed: 41)
        for (exercise, count) in [(Exercise.european, 20000), (baroneAdesiWhaley, 4000)] {
            for model in everyModel {
                for _ in 0..<count {
                    var quote = Quote.random(model, exercise, &generator)
                    quote.volatility *= generator.number(0.2...3)
                    let price = quote.value
                    let vega = (price - quote.with { $0.volatility *= 0.999 }.value) / (0.001 * quote.volatility)
                    guard vega > 1e-6 else { continue }
                    guard case .solved(let volatility) = solve(quote, price) else {
                        Issue.record("not solved: \(quote.testDescription)")
                        continue
                    }
                    let error = abs(volatility - quote.volatility)
                    #expect(
                        error * vega <= 1e-12 + 2e-14 * price || error <= 1e-12 * quote.volatility,
                        "\(quote.testDescription) \(volatility)")
                }
            }
        }
    }

    @Test func `where the price carries the volatility it comes back to the last digits`() {
        for strike in stride(from: 80.0, through: 125, by: 1) {
            for volatility in [0.1, 0.2, 0.4, 0.8] {
                let right: OptionRight = strike < 100 ? .put : .call
                let quote = Quote(right: right, strike: strike, rate: 0.03, volatility: volatility, time: 0.5)
                guard case .solved(let back) = solve(quote, quote.value) else {
                    Issue.record("not solved: \(quote.testDescription)")
                    continue
                }
                #expect(abs(back / volatility - 1) <= 1e-12, "\(quote.testDescription) \(back)")
                if abs(strike - 100) <= 5 { #expect(abs(back / volatility - 1) <= 2e-14, "\(back)") }
            }
        }
    }

    @Test func `an American lattice's volatility reprices its price`() {
        for exercise in everyExercise.dropFirst() {
            for strike in [85.0, 100, 115] {
                let quote = Quote(
                    right: .put, exercise: exercise, strike: strike, rate: 0.08, volatility: 0.3, time: 0.5)
                guard case .solved(let back) = solve(quote, quote.value) else {
                    Issue.record("not solved: \(quote.testDescription)")
                    continue
                }
                #expect(abs(back / 0.3 - 1) <= 1e-9, "\(quote.testDescription) \(back)")
            }
        }
    }

    @Test func `an American price a hair above intrinsic still solves`() {
        let quote = Quote(right: .put, exercise: baroneAdesiWhaley, underlying: 80, rate: 0.08, time: 0.5)
        guard case .solved(let volatility) = solve(quote, 20 + 1e-9) else {
            Issue.record("not solved")
            return
        }
        #expect(abs(quote.with { $0.volatility = volatility }.value - (20 + 1e-9)) <= 1e-13)
    }
}
