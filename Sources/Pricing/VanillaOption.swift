import ClearingModel
import Glibc

/// The law of the underlying (methodology §2).
///
/// `black76` prices on a future (no carry), `blackScholes` is the generalised form with the carry b given, and
/// `bachelier` is the arithmetic law on a future, with the volatility in price units, for products that can trade
/// at or below zero.
package enum PricingModel: UInt8, Sendable { case black76, blackScholes, bachelier }

/// When an option may be exercised.
package enum Exercise: Sendable, Equatable {
    case european
    case american(AmericanMethod)
}

/// What an option is, apart from the market: everything a model needs except underlying, volatility and time.
///
/// Strike in price units: above 0 under the lognormal models (a strike at or below 0 there makes the exercise
/// certain for a call and worthless for a put), any number under `bachelier`. Rate and carry are continuous, a year.
package struct VanillaOption: Sendable, Equatable {
    package let right: OptionRight
    package let strike: Double
    package let model: PricingModel
    package let exercise: Exercise
    package let style: OptionStyle
    /// Continuous interest rate a year; any sign. Not used to discount a futures-style option.
    package let rate: Double
    /// Cost of carry b a year (r for a share without dividend, r − q with a yield); only `blackScholes` reads it.
    package let carry: Double

    package init(
        right: OptionRight, strike: Double, model: PricingModel, exercise: Exercise = .european,
        style: OptionStyle = .premium, rate: Double, carry: Double = 0
    ) {
        self.right = right
        self.strike = strike
        self.model = model
        self.exercise = exercise
        self.style = style
        self.rate = rate
        self.carry = carry
    }

    /// The rate that discounts: 0 for a futures-style option.
    var discountRate: Double { style == .futures ? 0 : rate }

    /// The growth rate of the underlying's forward: b under `blackScholes`, else 0.
    var growthRate: Double { model == .blackScholes ? carry : 0 }

    /// ln K, for who values the option from logarithms; −∞ at a strike at or below 0.
    package var logStrike: Double { log(max(strike, 0)) }

    /// +1 for a call, −1 for a put.
    var sign: Double { right == .call ? 1 : -1 }
}
