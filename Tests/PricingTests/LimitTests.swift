import ClearingModel
import Glibc
import Pricing
import Testing

@Suite struct LimitTests {
    static let kinds = everyModel.flatMap { model in everyExercise.map { Quote(model: model, exercise: $0) } }
        .flatMap { quote in [quote, quote.with { $0.right = .put }] }
        .flatMap { quote in [quote, quote.with { $0.style = .futures }] }
        .map { quote in
            quote.with {
                $0.rate = 0.06
                $0.carry = 0.02
                if $0.model == .bachelier { $0.volatility = 20 }
            }
        }

    @Test(arguments: kinds) func `at and after expiry an option is worth its intrinsic value`(_ quote: Quote) {
        let sign = quote.right == .call ? 1.0 : -1.0
        for time in [0, -0.01] {
            for underlying in [90.0, 100, 110] {
                let expired = quote.with { ($0.time, $0.underlying) = (time, underlying) }
                let intrinsic = sign * (underlying - 100)
                #expect(expired.value == max(intrinsic, 0))
                #expect(expired.delta == (intrinsic > 0 ? sign : intrinsic == 0 ? sign / 2 : 0))
                let greeks = expired.greeks
                #expect(greeks.gamma == 0 && greeks.vega == 0 && greeks.thetaPerDay == 0 && greeks.rho == 0)
            }
        }
    }

    @Test(arguments: kinds.filter { $0.model != .bachelier })
    func `a lognormal underlying at or below zero takes the limit at zero`(_ quote: Quote) {
        let european = quote.exercise == .european
        let discounts = quote.style == .premium
        let strikeToday = european && discounts ? 100 * exp(-0.06) : 100
        let atZero = quote.right == .call ? 0 : strikeToday
        for underlying in [0, -0.01, -250] {
            let shocked = quote.with { $0.underlying = underlying }
            #expect(abs(shocked.value - atZero) <= 1e-12)
            let limit = quote.with { $0.underlying = 1e-3 }
            #expect(abs(shocked.value - limit.value) <= 1.1e-3)
            #expect(abs(shocked.delta - limit.delta) <= 1e-6)
            let expired = shocked.with { $0.time = 0 }
            #expect(expired.value == (quote.right == .call ? 0 : 100))
        }
    }

    @Test(arguments: kinds) func `volatility at or below zero gives the certain forward's value`(_ quote: Quote) {
        for underlying in [80.0, 99.9, 100, 101, 130] {
            let certain = quote.with { ($0.volatility, $0.underlying) = (0, underlying) }
            #expect(certain.value.isFinite && certain.delta.isFinite)
            #expect(certain.with { $0.volatility = -0.2 }.value == certain.value)
            for volatility in [1e-300, 1e-20, 1e-12] {
                let tiny = certain.with { $0.volatility = volatility }
                #expect(abs(tiny.value - certain.value) <= 1e-9, "\(underlying) \(volatility) \(tiny.value)")
                #expect(tiny.delta.isFinite)
            }
        }
    }

    @Test func `a certain forward is discounted and carried`() {
        let quote = Quote(model: .blackScholes, underlying: 100, strike: 95, rate: 0.05, carry: 0.02, volatility: 0)
        #expect(abs(quote.value - exp(-0.05) * (100 * exp(0.02) - 95)) <= 1e-13)
        #expect(quote.with { $0.exercise = baroneAdesiWhaley }.value >= 5)
        #expect(quote.with { ($0.right, $0.strike) = (.put, 95) }.value == 0)
        #expect(abs(quote.with { $0.style = .futures }.value - (100 * exp(0.02) - 95)) <= 1e-13)
    }

    @Test func `an infinite volatility is worth the discounted underlying or strike`() {
        let quote = Quote(rate: 0.05, volatility: .infinity)
        #expect(abs(quote.value - 100 * exp(-0.05)) <= 1e-12)
        #expect(abs(quote.with { $0.right = .put }.value - 100 * exp(-0.05)) <= 1e-12)
    }

    @Test(arguments: kinds) func `what is not a number stays so`(_ quote: Quote) {
        #expect(quote.with { $0.volatility = .nan }.value.isNaN)
        #expect(quote.with { $0.underlying = .nan }.value.isNaN)
        #expect(quote.with { $0.time = .nan }.value.isNaN)
    }

    @Test func `a rate near zero joins the rate at zero`() {
        for exercise in everyExercise {
            for model in everyModel {
                for right in [OptionRight.call, .put] {
                    let zero = Quote(
                        right: right, model: model, exercise: exercise, underlying: 97,
                        volatility: model == .bachelier ? 30 : 0.3)
                    for rate in [1e-14, 1e-11, 1e-9, -1e-11] {
                        let near = zero.with { ($0.rate, $0.carry) = (rate, rate / 2) }
                        #expect(abs(near.value - zero.value) <= 1e-7, "\(near.testDescription)")
                    }
                }
            }
        }
    }

    @Test func `a call whose carry covers the rate and a put without interest are European`() {
        for (right, rate, carry) in [(OptionRight.call, 0.05, 0.05), (.call, 0.05, 0.08), (.put, 0.0, -0.03)] {
            let european = Quote(right: right, model: .blackScholes, underlying: 104, rate: rate, carry: carry)
            #expect(european.with { $0.exercise = baroneAdesiWhaley }.value == european.value)
        }
    }

    @Test func `an American futures-style option on a future is the European undiscounted`() {
        for right in [OptionRight.call, .put] {
            for model in [PricingModel.black76, .bachelier] {
                let european = Quote(
                    right: right, model: model, style: .futures, underlying: 104, rate: 0.09,
                    volatility: model == .bachelier ? 30 : 0.3)
                #expect(european.with { $0.exercise = baroneAdesiWhaley }.value == european.value)
                #expect(european.with { $0.rate = 0 }.value == european.value)
            }
        }
    }

    @Test func `a strike at or below zero makes a lognormal call certain`() {
        for strike in [0.0, -10] {
            for exercise in everyExercise {
                let call = Quote(exercise: exercise, strike: strike, rate: 0.05)
                #expect(call.value >= exp(-0.05) * (100 - strike) - 1e-9)
                #expect(call.with { $0.right = .put }.value == 0)
            }
        }
    }
}
