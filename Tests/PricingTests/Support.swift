import ClearingModel
import Pricing
import TestSupport
import Testing

/// An option and its market, in one row of a table.
struct Quote: Sendable, CustomTestStringConvertible {
    var right = OptionRight.call
    var model = PricingModel.black76
    var exercise = Exercise.european
    var style = OptionStyle.premium
    var underlying = 100.0
    var strike = 100.0
    var rate = 0.0
    var carry = 0.0
    var volatility = 0.2
    var time = 1.0

    var terms: VanillaOption {
        VanillaOption(
            right: right, strike: strike, model: model, exercise: exercise, style: style, rate: rate, carry: carry)
    }
    var value: Double { optionValue(terms, underlying: underlying, volatility: volatility, time: time) }
    var delta: Double { PreparedOption(terms, volatility: volatility, time: time).delta(underlying: underlying) }
    var greeks: OptionGreeks { optionGreeks(terms, underlying: underlying, volatility: volatility, time: time) }
    var testDescription: String {
        "\(right) \(model) \(exercise) \(style) U=\(underlying) K=\(strike) "
            + "r=\(rate) b=\(carry) σ=\(volatility) T=\(time)"
    }

    func with(_ change: (inout Quote) -> Void) -> Quote {
        var copy = self
        change(&copy)
        return copy
    }

    /// A random quote: moneyness e^±0.5, rates −2 % to 12 %, time up to two years.
    static func random(_ model: PricingModel, _ exercise: Exercise, _ generator: inout SeededGenerator) -> Quote {
        var quote = Quote(model: model, exercise: exercise)
        quote.right = generator.number(0...1) < 0.5 ? .call : .put
        quote.strike = generator.number(60...165)
        quote.rate = generator.number(-0.02...0.12)
        quote.carry = model == .blackScholes ? generator.number(-0.05...0.1) : 0
        quote.volatility = generator.number(0.05...1) * (model == .bachelier ? 100 : 1)
        quote.time = generator.number(0.005...2)
        return quote
    }
}

/// A quote with its expected figure, how close the model must come and who published it.
struct Example: Sendable, CustomTestStringConvertible {
    let quote: Quote
    let expected: Double
    let tolerance: Double
    let source: String

    init(_ quote: Quote, _ expected: Double, within tolerance: Double, _ source: String) {
        self.quote = quote
        self.expected = expected
        self.tolerance = tolerance
        self.source = source
    }

    var testDescription: String { "\(source): \(quote.testDescription)" }
}

let baroneAdesiWhaley = Exercise.american(.baroneAdesiWhaley)
let everyModel: [PricingModel] = [.black76, .blackScholes, .bachelier]
let everyExercise: [Exercise] = [
    .european, baroneAdesiWhaley, .american(.leisenReimer(steps: 51)), .american(.coxRossRubinstein(steps: 50)),
]
