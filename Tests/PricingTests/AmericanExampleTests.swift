import ClearingModel
import Pricing
import TestSupport
import Testing

private func futures(_ f: Double, _ exercise: Exercise) -> Quote {
    Quote(exercise: exercise, underlying: f, rate: 0.1, volatility: 0.15, time: 0.1)
}

private func american(
    _ right: OptionRight, _ s: Double, _ k: Double, r: Double, b: Double, _ v: Double, _ t: Double,
    _ method: AmericanMethod = .baroneAdesiWhaley
) -> Quote {
    Quote(
        right: right, model: .blackScholes, exercise: .american(method), underlying: s, strike: k, rate: r, carry: b,
        volatility: v, time: t)
}

@Suite struct AmericanExampleTests {
    /// Haug prints 0.0206, 1.8771 and 10.0089 with a looser iteration for the critical price.
    static let values = [
        Example(futures(90, baroneAdesiWhaley), 0.0206, within: 5e-5, "critical price converged"),
        Example(futures(100, baroneAdesiWhaley), 1.8769, within: 5e-5, "critical price converged"),
        Example(futures(110, baroneAdesiWhaley), 10.0061, within: 5e-5, "critical price converged"),
        Example(futures(90, baroneAdesiWhaley), 0.0206, within: 3e-3, "Haug 2007"),
        Example(futures(100, baroneAdesiWhaley), 1.8771, within: 3e-3, "Haug 2007"),
        Example(futures(110, baroneAdesiWhaley), 10.0089, within: 3e-3, "Haug 2007"),
        Example(
            Quote(
                model: .blackScholes, exercise: baroneAdesiWhaley, underlying: 42, strike: 40, rate: 0.04,
                carry: -0.04, volatility: 0.35, time: 0.75),
            5.3129, within: 5e-5, "published; Bjerksund–Stensland would give 5.2704"),
        Example(
            Quote(
                right: .put, model: .blackScholes, exercise: .american(.coxRossRubinstein(steps: 5)), underlying: 100,
                strike: 95, rate: 0.08, carry: 0.08, volatility: 0.3, time: 0.5),
            4.9192, within: 5e-5, "Haug 2007"),
    ]

    @Test(arguments: values) func `an American option has its published value`(_ example: Example) {
        #expect(abs(example.quote.value - example.expected) <= example.tolerance, "\(example.quote.value)")
    }

    static let references = [
        Example(
            american(.call, 100, 90, r: 0.1, b: 0, 0.25, 0.1232876712328767),
            10.383490369290712, within: 1e-12, "40 digits"),
        Example(
            american(.put, 100, 110, r: 0.1, b: 0, 0.25, 0.1232876712328767),
            10.561205613137747, within: 1e-12, "40 digits"),
        Example(
            american(.put, 100, 100, r: 0.08, b: 0.08, 0.3, 2),
            11.25199520587406, within: 1e-12, "40 digits"),
        Example(
            american(.call, 100, 120, r: 0.05, b: -0.03, 0.4, 1),
            7.9733348743822982, within: 1e-12, "40 digits"),
        Example(
            american(.put, 100, 80, r: 1e-06, b: 0, 0.2, 0.05),
            2.2599604160261101e-7, within: 1e-12, "40 digits"),
        Example(
            american(.call, 100, 100, r: -0.01, b: -0.03, 0.2, 0.5),
            5.0128290677856943, within: 1e-12, "40 digits"),
        Example(
            american(.put, 50, 100, r: 0.02, b: 0.01, 0.6, 0.5),
            50.24848848053338, within: 1e-12, "40 digits"),
    ]

    @Test(arguments: references) func `Barone-Adesi–Whaley agrees with forty-digit arithmetic`(_ example: Example) {
        #expect(abs(example.quote.value - example.expected) <= example.tolerance, "\(example.quote.value)")
    }

    static let lattices = [
        Example(
            american(.call, 100, 90, r: 0.1, b: 0, 0.25, 45.0 / 365, .leisenReimer(steps: 101)),
            10.390175970314004, within: 1e-8, "QuantLib 1.44"),
        Example(
            american(.put, 100, 110, r: 0.1, b: 0, 0.25, 45.0 / 365, .leisenReimer(steps: 101)),
            10.567403279925005, within: 1e-8, "QuantLib 1.44"),
        Example(
            american(.put, 100, 100, r: 0.08, b: 0.08, 0.3, 730.0 / 365, .leisenReimer(steps: 101)),
            11.129594427079944, within: 1e-8, "QuantLib 1.44"),
        Example(
            american(.call, 100, 120, r: 0.05, b: -0.03, 0.4, 365.0 / 365, .leisenReimer(steps: 101)),
            7.878344978972352, within: 1e-8, "QuantLib 1.44"),
    ]

    @Test(arguments: lattices) func `the Leisen–Reimer lattice agrees with QuantLib`(_ example: Example) {
        #expect(abs(example.quote.value - example.expected) <= example.tolerance, "\(example.quote.value)")
    }

    @Test func `the two lattices and the approximation meet`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<100 {
            let quote = Quote.random(.black76, .american(.leisenReimer(steps: 201)), &generator).with {
                ($0.volatility, $0.time) = ($0.volatility / 2, $0.time / 4)
            }
            let lattice = quote.value
            let other = quote.with { $0.exercise = .american(.coxRossRubinstein(steps: 800)) }.value
            let quadratic = quote.with { $0.exercise = baroneAdesiWhaley }.value
            #expect(abs(lattice - other) <= 0.02, "\(quote.testDescription)")
            // The quadratic approximation's own error grows with time, volatility and rate.
            #expect(abs(lattice - quadratic) <= 0.02 + 0.01 * lattice, "\(quote.testDescription)")
        }
    }

    @Test func `the approximation for the normal law stays close to the arithmetic lattice`() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<100 {
            let quote = Quote.random(.bachelier, baroneAdesiWhaley, &generator).with { $0.time /= 4 }
            let lattice = quote.with { $0.exercise = .american(.leisenReimer(steps: 400)) }.value
            #expect(abs(quote.value - lattice) <= 0.05 + 0.01 * lattice, "\(quote.testDescription) \(lattice)")
        }
    }

    @Test func `the approximation for the normal law is the lognormal one's limit at a high price level`() {
        for right in [OptionRight.call, .put] {
            for distance in [-25.0, -5, 0, 5, 25] {
                for time in [0.1, 1] {
                    let normal = Quote(
                        right: right, model: .bachelier, exercise: baroneAdesiWhaley, underlying: distance, strike: 0,
                        rate: 0.1, volatility: 30, time: time)
                    let level = 1e6
                    let lognormal = normal.with {
                        ($0.model, $0.underlying, $0.strike) = (.black76, level + distance, level)
                        $0.volatility = 30 / level
                    }
                    #expect(abs(normal.value - lognormal.value) <= 1e-3, "\(normal.testDescription)")
                }
            }
        }
    }

    @Test func `a lattice of even steps takes the next odd number and none counts as one`() {
        func value(_ steps: Int) -> Double { futures(100, .american(.leisenReimer(steps: steps))).value }
        #expect(value(50) == value(51))
        #expect(value(0) == value(1))
        #expect(value(-3) == value(1))
        #expect(value(51) != value(53))
    }
}
