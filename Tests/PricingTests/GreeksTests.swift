import ClearingModel
import Glibc
import Pricing
import TestSupport
import Testing

@Suite struct GreeksTests {
    @Test func `European Greeks agree with differences of the value`() {
        var generator = SeededGenerator(seed: 31)
        for model in everyModel {
            for index in 0..<300 {
                var quote = Quote.random(model, .european, &generator)
                quote.time = max(quote.time, 0.05)
                if index % 4 == 0 { quote.style = .futures }
                let greeks = quote.greeks
                let bump = 0.01
                let up = quote.with { $0.underlying += bump }
                let down = quote.with { $0.underlying -= bump }
                #expect(greeks.delta == quote.delta)
                #expect(abs((up.value - down.value) / (2 * bump) - greeks.delta) <= 1e-4, "\(quote.testDescription)")
                #expect(abs((up.delta - down.delta) / (2 * bump) - greeks.gamma) <= 1e-4, "\(quote.testDescription)")
                let step = quote.volatility * 1e-4
                let higher = quote.with { $0.volatility += step }.value
                let lower = quote.with { $0.volatility -= step }.value
                #expect(abs((higher - lower) / (2 * step) - greeks.vega) <= 1e-4, "\(quote.testDescription)")
                let richer = quote.with { ($0.rate, $0.carry) = ($0.rate + 1e-5, $0.carry + 1e-5) }.value
                let poorer = quote.with { ($0.rate, $0.carry) = ($0.rate - 1e-5, $0.carry - 1e-5) }.value
                #expect(abs((richer - poorer) / 2e-5 - greeks.rho) <= 1e-4, "\(quote.testDescription)")
            }
        }
    }

    @Test func `theta is the change of value over one calendar day`() {
        for exercise in everyExercise {
            let quote = Quote(exercise: exercise, rate: 0.05, volatility: 0.3, time: 0.25)
            let later = quote.with { $0.time -= 1.0 / 365 }
            #expect(quote.greeks.thetaPerDay == later.value - quote.value)
            #expect(quote.greeks.thetaPerDay < 0)
        }
        let lastDay = Quote(underlying: 103, volatility: 0.3, time: 1.0 / 365)
        #expect(lastDay.greeks.thetaPerDay == 3 - lastDay.value)
    }

    @Test func `an American delta is the central difference of a ten-thousandth of the underlying`() {
        for exercise in everyExercise.dropFirst() {
            let quote = Quote(right: .put, exercise: exercise, underlying: 96, rate: 0.1, volatility: 0.25, time: 0.5)
            let up = quote.with { $0.underlying = 96 + 96e-4 }.value
            let down = quote.with { $0.underlying = 96 - 96e-4 }.value
            #expect(abs(quote.delta - (up - down) / (2 * 96e-4)) <= 1e-12)
        }
    }

    @Test func `American Greeks of an option never exercised early are the European ones`() {
        for model in [PricingModel.black76, .bachelier] {
            let european = Quote(
                model: model, style: .futures, underlying: 103, volatility: model == .bachelier ? 30 : 0.3, time: 0.5)
            let expected = european.greeks
            let greeks = european.with { $0.exercise = baroneAdesiWhaley }.greeks
            #expect(abs(greeks.delta / expected.delta - 1) <= 1e-6)
            #expect(abs(greeks.gamma / expected.gamma - 1) <= 1e-3)
            #expect(abs(greeks.vega / expected.vega - 1) <= 1e-5)
            #expect(greeks.rho == 0)
        }
    }

    @Test func `a lattice's gamma is that of the quadratic approximation within a few per cent`() {
        let quote = Quote(right: .put, exercise: baroneAdesiWhaley, rate: 0.05, volatility: 0.3, time: 0.5)
        let lattice = quote.with { $0.exercise = .american(.leisenReimer(steps: 201)) }
        #expect(abs(lattice.greeks.gamma / quote.greeks.gamma - 1) <= 0.05)
        #expect(abs(lattice.greeks.vega / quote.greeks.vega - 1) <= 0.02)
        #expect(abs(lattice.greeks.rho / quote.greeks.rho - 1) <= 0.15)
    }
}
