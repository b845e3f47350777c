/// What solving a price for its volatility gives.
package enum ImpliedVolatility: Sendable, Equatable {
    /// The volatility a √year at which the model reprices the price.
    case solved(Double)
    /// The price is not above the value at the least volatility, 1e-6 (or is not a number).
    case belowIntrinsic
    /// The price is above the value at the greatest volatility, ``maximumVolatility(_:underlying:)``.
    case aboveMaximum
}

/// The least volatility that is solved for.
let minimumVolatility = 1e-6

/// The greatest volatility that is solved for: 5 under the lognormal models, 5·max(|F|, |K|, 100) under `bachelier`.
///
/// A normal volatility is in price units, so methodology §2's bound of 5 is made relative to the price level; 100
/// stands for the level of a product that trades near zero, whose own price says nothing of its volatility.
package func maximumVolatility(_ terms: VanillaOption, underlying: Double) -> Double {
    terms.model == .bachelier ? 5 * max(abs(underlying), max(abs(terms.strike), 100)) : 5
}

/// The volatility at which the model reprices a price of one long option (methodology §2).
///
/// Price and underlying in price units, time in years. Closed forms: the out-of-the-money time value is inverted by
/// Halley's method, 1–3 evaluations near the strike, about 350 ns with the bounds, as far as the price carries its
/// time value. American: bracketed secant from the European solution, 4–8 values, about 4 µs. Equal inputs give equal
/// bits.
package func impliedVolatility(
    _ terms: VanillaOption, price: Double, underlying: Double, time: Double
) -> ImpliedVolatility {
    let highestVolatility = maximumVolatility(terms, underlying: underlying)
    let lowest = optionValue(terms, underlying: underlying, volatility: minimumVolatility, time: time)
    // A price within rounding of the least value says nothing about volatility.
    let rounding = 1e-12 * max(abs(underlying), abs(terms.strike))
    guard price > lowest + rounding else { return .belowIntrinsic }
    let highest = optionValue(terms, underlying: underlying, volatility: highestVolatility, time: time)
    guard price <= highest else { return .aboveMaximum }
    let european = europeanVolatility(terms, price: price, underlying: underlying, time: time)
    if terms.exercise == .european, european > 0, european.isFinite {
        return .solved(min(max(european, minimumVolatility), highestVolatility))
    }
    // A European option with the price needs at least the American one's volatility.
    let start = european > minimumVolatility && european < highestVolatility ? european : 0.2 * highestVolatility
    let vega = europeanVega(terms, underlying: underlying, volatility: start, time: time)
    return .solved(
        VolatilityBracket(low: minimumVolatility, high: highestVolatility).solve(
            from: start, slope: vega, price: price
        ) { optionValue(terms, underlying: underlying, volatility: $0, time: time) })
}

private func europeanVega(_ terms: VanillaOption, underlying: Double, volatility: Double, time: Double) -> Double {
    let deviation = volatility * time.squareRoot()
    let density =
        terms.model == .bachelier
        ? Bachelier(terms, deviation: deviation, time: time).weightedDensity(underlying: underlying)
        : GeneralisedBlackScholes(terms, deviation: deviation, time: time).weightedDensity(underlying: underlying)
    return density * time.squareRoot()
}

/// The European closed form's volatility for a price, NaN where its time value is lost in rounding.
private func europeanVolatility(
    _ terms: VanillaOption, price: Double, underlying: Double, time: Double
) -> Double {
    let undiscounted = price * discountInverse(terms, time: time)
    let deviation: Double
    if terms.model == .bachelier {
        let distance = terms.sign * (underlying - terms.strike)
        deviation = normalDeviation(timeValue: undiscounted - max(distance, 0), distance: abs(distance))
    } else {
        let forward = underlying * growthFactor(terms, time: time)
        let timeValue = undiscounted - max(terms.sign * (forward - terms.strike), 0)
        deviation = lognormalDeviation(timeValue: timeValue, forward: forward, strike: terms.strike)
    }
    return deviation / time.squareRoot()
}
