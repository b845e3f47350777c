import ClearingModel
import Glibc
import Pricing
import TestSupport
import Testing

@Suite struct PropertyTests {
    private func forEachQuote(
        _ count: Int, seed: UInt64, exercises: [Exercise] = everyExercise, _ check: (Quote) -> Void
    ) {
        var generator = SeededGenerator(seed: seed)
        for exercise in exercises {
            for model in everyModel {
                for index in 0..<count {
                    let quote = Quote.random(model, exercise, &generator)
                    check(index % 3 == 0 ? quote.with { $0.style = .futures } : quote)
                }
            }
        }
    }

    @Test func `a European call less its put is the discounted forward less the strike`() {
        forEachQuote(500, seed: 21, exercises: [.european]) { quote in
            let call = quote.with { $0.right = .call }
            let put = quote.with { $0.right = .put }
            let rate = quote.style == .futures ? 0 : quote.rate
            let forward = quote.underlying * exp(quote.carry * quote.time)
            let parity = exp(-rate * quote.time) * (forward - quote.strike)
            #expect(abs(call.value - put.value - parity) <= 1e-12 * quote.strike, "\(quote.testDescription)")
            let slope = exp((quote.carry - rate) * quote.time)
            #expect(abs(call.delta - put.delta - slope) <= 1e-14 * slope * 10, "\(quote.testDescription)")
        }
    }

    @Test func `an American option is worth at least the European and the intrinsic value`() {
        forEachQuote(200, seed: 22) { quote in
            let sign = quote.right == .call ? 1.0 : -1.0
            let european = quote.with { $0.exercise = .european }.value
            // A lattice is a discretisation of the European value too.
            let lattice = quote.exercise != .european && quote.exercise != baroneAdesiWhaley
            let scale = quote.volatility * quote.time.squareRoot() * (quote.model == .bachelier ? 1 : 100)
            #expect(quote.value >= european - (lattice ? 0.02 * scale + 1e-9 : 1e-12), "\(quote.testDescription)")
            if quote.exercise != .european {
                #expect(quote.value >= sign * (quote.underlying - quote.strike), "\(quote.testDescription)")
            }
        }
    }

    @Test func `a call rises and a put falls with the underlying, and neither by more than it`() {
        forEachQuote(100, seed: 23) { quote in
            let sign = quote.right == .call ? 1.0 : -1.0
            let option = PreparedOption(quote.terms, volatility: quote.volatility, time: quote.time)
            // A carry above the rate lets a European option move by more than its underlying.
            let steepest = max(exp((quote.carry - quote.rate) * quote.time), exp(-quote.rate * quote.time))
            let bound = quote.style == .futures ? exp(abs(quote.carry) * quote.time) : max(steepest, 1)
            var last = option.value(underlying: 40)
            for underlying in stride(from: 44.0, through: 200, by: 4) {
                let value = option.value(underlying: underlying)
                #expect(sign * (value - last) >= -1e-10, "\(quote.testDescription) at \(underlying)")
                #expect(abs(value - last) <= 4 * bound + 1e-8, "\(quote.testDescription) at \(underlying)")
                last = value
            }
        }
    }

    @Test func `an option rises with volatility`() {
        forEachQuote(100, seed: 24, exercises: [.european, baroneAdesiWhaley]) { quote in
            var last = 0.0
            for factor in stride(from: 0.2, through: 3, by: 0.2) {
                let value = quote.with { $0.volatility *= factor }.value
                #expect(value >= last - 1e-10, "\(quote.testDescription) × \(factor)")
                last = value
            }
        }
    }

    @Test func `a prepared option gives the same bits as preparing each time`() {
        forEachQuote(50, seed: 25) { quote in
            let option = PreparedOption(quote.terms, volatility: quote.volatility, time: quote.time)
            for underlying in [70.0, 95, 100, 133] {
                let again = quote.with { $0.underlying = underlying }
                #expect(option.value(underlying: underlying).bitPattern == again.value.bitPattern)
                #expect(option.delta(underlying: underlying).bitPattern == again.delta.bitPattern)
            }
        }
    }

    @Test func `the Barone-Adesi–Whaley value is continuous and smooth at the critical price`() {
        forEachQuote(100, seed: 26, exercises: [baroneAdesiWhaley]) { quote in
            let option = PreparedOption(quote.terms, volatility: quote.volatility, time: quote.time)
            for underlying in stride(from: 20.0, through: 300, by: 0.5) {
                let bump = 1e-3
                let up = option.value(underlying: underlying + bump) - option.value(underlying: underlying)
                let down = option.value(underlying: underlying) - option.value(underlying: underlying - bump)
                #expect(abs(up - down) <= 1e-6 + 0.3 * bump * bump, "\(quote.testDescription) at \(underlying)")
            }
        }
    }
}
