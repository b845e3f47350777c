import Glibc

/// European options on a lognormal underlying with cost of carry b, prepared for many underlyings.
///
/// Value = φ·(U·e^{(b−r)T}·N(φ·d1) − K·e^{−rT}·N(φ·d2)), d1 = (ln(U/K) + bT)/s + s/2, d2 = d1 − s, s = σ√T > 0.
/// Covers Black–Scholes, yields and foreign rates, Black-76 (b = 0) and futures-style options (r = 0).
/// Source: methodology §2; Haug 2007 p. 8. An underlying at or below 0 takes the limit at 0.
struct GeneralisedBlackScholes: Sendable {
    let sign: Double
    let strike: Double
    /// K·e^{−rT}.
    let discountedStrike: Double
    /// e^{(b−r)T}.
    let carryFactor: Double
    /// bT.
    let drift: Double
    /// σ√T.
    let deviation: Double
    let inverseDeviation: Double

    /// Prepares for time > 0 and deviation > 0.
    @inline(__always) init(_ terms: VanillaOption, deviation: Double, time: Double) {
        let rate = terms.discountRate
        let growth = terms.growthRate
        sign = terms.sign
        strike = terms.strike
        let discount = exponential(-rate * time)
        discountedStrike = terms.strike * discount
        carryFactor = growth == 0 ? discount : exponential((growth - rate) * time)
        drift = growth * time
        self.deviation = deviation
        inverseDeviation = 1 / deviation
    }

    /// Prepares from the factor e^{−rT}, the growth F/U > 0 of the forward and σ√T > 0.
    init(sign: Double, strike: Double, discount: Double, growth: Double, deviation: Double) {
        self.sign = sign
        self.strike = strike
        discountedStrike = strike * discount
        carryFactor = growth * discount
        drift = log(growth)
        self.deviation = deviation
        inverseDeviation = 1 / deviation
    }

    /// The same law at another strike; `discount` is e^{−rT}.
    func struck(at strike: Double, discount: Double) -> GeneralisedBlackScholes {
        GeneralisedBlackScholes(
            sign: sign, strike: strike, discountedStrike: strike * discount, carryFactor: carryFactor, drift: drift,
            deviation: deviation, inverseDeviation: inverseDeviation)
    }

    /// The same option at another σ√T > 0, with its inverse.
    @inline(__always) func with(deviation: Double, inverse: Double) -> GeneralisedBlackScholes {
        GeneralisedBlackScholes(
            sign: sign, strike: strike, discountedStrike: discountedStrike, carryFactor: carryFactor, drift: drift,
            deviation: deviation, inverseDeviation: inverse)
    }

    private init(
        sign: Double, strike: Double, discountedStrike: Double, carryFactor: Double, drift: Double, deviation: Double,
        inverseDeviation: Double
    ) {
        self.sign = sign
        self.strike = strike
        self.discountedStrike = discountedStrike
        self.carryFactor = carryFactor
        self.drift = drift
        self.deviation = deviation
        self.inverseDeviation = inverseDeviation
    }

    /// ln(U/K); +∞ at a strike at or below 0, where a call is certain to be exercised.
    @inline(__always) func logMoneyness(_ underlying: Double) -> Double { log(underlying / max(strike, 0)) }

    @inline(__always) func d1(_ logMoneyness: Double) -> Double {
        (logMoneyness + drift) * inverseDeviation + 0.5 * deviation
    }

    @inline(__always) func d2(_ logMoneyness: Double) -> Double {
        (logMoneyness + drift) * inverseDeviation - 0.5 * deviation
    }

    @inline(__always) func value(underlying: Double) -> Double {
        if underlying <= 0 { return valueAtZero }
        return value(underlying: underlying, logMoneyness: logMoneyness(underlying))
    }

    /// The value from ln(U/K), for who values many options at the same underlyings.
    ///
    /// U·e^{(b−r)T}·n(d1) is K·e^{−rT}·n(d2), so that one exponential serves both distribution functions, and what is
    /// left of an option far out of the money is the difference of two Mills ratios, not of two values nearly equal.
    @inline(__always) func value(underlying: Double, logMoneyness: Double) -> Double {
        let d1 = sign * d1(logMoneyness)
        let d2 = sign * d2(logMoneyness)
        let worth = underlying * carryFactor
        guard abs(d1) < bellEnd, abs(d2) < bellEnd else {
            return max(sign * (worth * cumulativeNormal(d1) - discountedStrike * cumulativeNormal(d2)), 0)
        }
        return exchangeValue(sign: sign, worth: worth, cost: discountedStrike, d1: d1, d2: d2)
    }

    /// The same at any underlying: the logarithm of one at or below 0 is not used.
    @inline(__always) func valueOrLimit(underlying: Double, logMoneyness: Double) -> Double {
        underlying <= 0 ? valueAtZero : value(underlying: underlying, logMoneyness: logMoneyness)
    }

    /// The values after each move of an underlying above 0, two at a time, with the bits of one at a time.
    func values(underlying: Double, moves: LogarithmicMoves) -> [Double] {
        let start = logMoneyness(underlying)
        var values = [Double](repeating: 0, count: moves.moves.count)
        for first in stride(from: 0, to: values.count - 1, by: 2) {
            let change = DoublePair(moves.moves[first], moves.moves[first + 1])
            let factor = DoublePair(moves.factors[first], moves.factors[first + 1])
            let found = pair(underlyings: underlying * factor, logMoneyness: start + change)
            values[first] = found.x
            values[first + 1] = found.y
        }
        if let last = values.indices.last, last % 2 == 0 {
            values[last] = value(
                underlying: underlying * moves.factors[last], logMoneyness: start + moves.moves[last])
        }
        return values
    }

    /// The values at two underlyings, with the bits of one at a time; one at or below 0 takes its limit.
    @inline(__always) func pair(underlyings: DoublePair, logMoneyness: DoublePair) -> DoublePair {
        pair(
            underlyings: underlyings, logMoneyness: logMoneyness, DoublePair(repeating: deviation),
            DoublePair(repeating: inverseDeviation))
    }

    /// The same, each at a σ√T > 0 of its own in the place of this one's, with its inverse.
    @inline(__always) func pair(
        underlyings: DoublePair, logMoneyness: DoublePair, _ deviations: DoublePair, _ inverses: DoublePair
    ) -> DoublePair {
        let middle: DoublePair = (logMoneyness + drift) * inverses
        let d1: DoublePair = sign * (middle + 0.5 * deviations)
        let d2: DoublePair = sign * (middle - 0.5 * deviations)
        // Lane by lane: a largest value would hide what is not a number.
        guard all((d1.magnitude .< bellEnd) .& (d2.magnitude .< bellEnd)) else {
            return valuesApart(underlyings, logMoneyness, deviations, inverses)
        }
        return exchangeValue(
            sign: sign, worth: underlyings * carryFactor, cost: discountedStrike, d1: d1, d2: d2)
    }

    /// The same one at a time, where one of them may take a limit: rare, and kept out of the way of the others.
    @inline(never) private func valuesApart(
        _ underlyings: DoublePair, _ logMoneyness: DoublePair, _ deviations: DoublePair, _ inverses: DoublePair
    ) -> DoublePair {
        DoublePair(
            with(deviation: deviations.x, inverse: inverses.x)
                .valueOrLimit(underlying: underlyings.x, logMoneyness: logMoneyness.x),
            with(deviation: deviations.y, inverse: inverses.y)
                .valueOrLimit(underlying: underlyings.y, logMoneyness: logMoneyness.y))
    }

    /// dV/dU = φ·e^{(b−r)T}·N(φ·d1); its limit at 0 for an underlying at or below 0.
    @inline(__always) func delta(underlying: Double) -> Double {
        if underlying <= 0 { return isExercisedAtZero ? sign * carryFactor : 0 }
        return sign * carryFactor * cumulativeNormal(sign * d1(logMoneyness(underlying)))
    }

    /// φ·N(φ·d2): the probability of exercise with the right's sign; its limit at 0 as for delta.
    func exercise(underlying: Double) -> Double {
        if underlying <= 0 { return isExercisedAtZero ? sign : 0 }
        return sign * cumulativeNormal(sign * d2(logMoneyness(underlying)))
    }

    private var isExercisedAtZero: Bool { sign * strike < 0 || (sign > 0 && strike <= 0) }

    /// The limit of the value at U → 0: a call 0, a put K·e^{−rT}.
    @inline(__always) var valueAtZero: Double { max(-sign * discountedStrike, 0) }

    /// U·e^{(b−r)T}·n(d1): vega is this times √T, gamma this over U²·s.
    @inline(__always) func weightedDensity(underlying: Double) -> Double {
        if underlying <= 0 { return 0 }
        return underlying * carryFactor * normalDensity(d1(logMoneyness(underlying)))
    }
}
