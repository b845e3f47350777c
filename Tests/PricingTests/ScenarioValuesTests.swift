import ClearingModel
import Pricing
import TestSupport
import Testing

/// An option's value in a scenario has the bits that it has alone, whatever the other scenarios are.
struct ScenarioValuesTests {
    /// Values in scenarios whose volatilities are given by their places, and each of them alone.
    private func values(
        _ terms: VanillaOption, _ volatilities: [Double], of places: [Int], time: Double, at prices: [Double],
        in values: inout ScenarioValues
    ) -> [(found: Double, alone: Double)] {
        let underlyings = Underlyings(prices)
        values.set(
            terms, volatilities: volatilities, of: places, time: time, at: underlyings, logStrike: terms.logStrike)
        return prices.indices.map { place in
            let option = PreparedOption(terms, volatility: volatilities[places[place]], time: time)
            return (values.values[place], option.value(at: underlyings, place, logStrike: terms.logStrike))
        }
    }

    private func isEqual(_ values: (found: Double, alone: Double)) -> Bool {
        values.found == values.alone || values.found.isNaN && values.alone.isNaN
    }

    @Test(arguments: everyModel, [Exercise.european, baroneAdesiWhaley])
    func `a value has the bits it has alone`(_ model: PricingModel, _ exercise: Exercise) {
        var generator = SeededGenerator(seed: 61)
        for round in 0..<600 {
            let count = [1, 2, 9, 14][round % 4]
            var room = ScenarioValues(scenarios: count)
            var quote = Quote.random(model, exercise, &generator)
            if generator.once(in: 6) { quote.rate = 0 }
            if generator.once(in: 6) { quote.carry = quote.rate }
            let shares = [1, 0.2, 1.7, 2.5, 0.9, 4, 1.1].prefix(generator.whole(1...7))
            let volatilities = shares.map { $0 * quote.volatility }
            var prices = (0..<count).map { _ in quote.underlying * generator.number(0.2...3) }
            if count > 6 {
                prices.replaceSubrange(
                    3...6, with: [0, -quote.underlying, quote.underlying * 1e-9, quote.underlying * 1e9])
            }
            let places = prices.map { _ in generator.whole(0...volatilities.count - 1) }
            let found = values(quote.terms, volatilities, of: places, time: quote.time, at: prices, in: &room)
            for (place, value) in found.enumerated() {
                #expect(isEqual(value), "\(quote.testDescription) at \(prices[place]), \(volatilities)")
                let direct = optionValue(
                    quote.terms, underlying: prices[place], volatility: volatilities[places[place]], time: quote.time)
                #expect(
                    abs(value.found - direct) <= 1e-12 * max(abs(prices[place]), quote.underlying),
                    "\(quote.testDescription) at \(prices[place])")
            }
        }
    }

    /// Early exercise is worth the more the higher the rate; near 0 its price runs away, and deep in the money the
    /// option is exercised at once.
    @Test(arguments: [-0.01, 0, 1e-9, 0.02, 0.3], [-0.2, 0, 0.02, 0.4])
    func `an American option's has them at every rate and carry`(_ rate: Double, _ carry: Double) {
        var room = ScenarioValues(scenarios: 12)
        let prices = [1, 20, 60, 90, 99, 99.9, 100, 101, 120, 180, 400, 5000]
        for (right, model) in [
            (OptionRight.call, PricingModel.black76), (.put, .black76), (.call, .blackScholes), (.put, .blackScholes),
        ] {
            for time in [1e-4, 0.1, 3] {
                let quote = Quote(
                    right: right, model: model, exercise: baroneAdesiWhaley, rate: rate, carry: carry, time: time)
                for shift in 0..<5 {
                    let places = prices.indices.map { ($0 + shift) % 5 }
                    let found = values(
                        quote.terms, [0.2, 1e-3, 5, 0.05, 1.5], of: places, time: time, at: prices, in: &room)
                    for value in found { #expect(isEqual(value), "\(quote.testDescription): \(value)") }
                }
            }
        }
    }

    @Test(arguments: everyModel, everyExercise)
    func `limits of time and volatility are those of one option`(_ model: PricingModel, _ exercise: Exercise) {
        var room = ScenarioValues(scenarios: 5)
        for time in [-1, 0, 1e-12, 0.5] {
            for strike in [-3, 0, 100.0] where strike > 0 || model == .bachelier || exercise == .european {
                for lowest in [0, 1e-12, 0.3, .nan] {
                    let quote = Quote(model: model, exercise: exercise, strike: strike, rate: 0.05, time: time)
                    let found = values(
                        quote.terms, [0.4, lowest], of: [0, 1, 0, 1, 1], time: time, at: [90, 100, 110, 120, 80],
                        in: &room)
                    for value in found { #expect(isEqual(value), "\(quote.testDescription), \(lowest): \(value)") }
                }
            }
        }
    }

    @Test(arguments: [Exercise.european, baroneAdesiWhaley])
    func `what is not a number harms no neighbour`(_ exercise: Exercise) {
        let quote = Quote(exercise: exercise, rate: 0.05)
        var room = ScenarioValues(scenarios: 4)
        let found = values(
            quote.terms, [0.2, 0.3], of: [0, 1, 0, 1], time: 1, at: [.nan, 100, 90, .nan], in: &room)
        #expect(found[0].found.isNaN && found[3].found.isNaN)
        #expect(found[1].found > 0 && found.allSatisfy(isEqual))
    }
}
