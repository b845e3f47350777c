import ClearingModel
import Glibc

/// Barone-Adesi and Whaley's quadratic approximation of an American option, prepared for many underlyings.
///
/// V(U) = European + A·(U/U*)^q on the holding side of the critical price U*, intrinsic beyond it; never below the
/// intrinsic value. U* depends on strike, volatility, rate, carry and time only, so it is solved once, in
/// ``init(_:volatility:time:)``. Source: methodology §2; Haug 2007 pp. 97–101.
///
/// A call with b ≥ r and a put with r ≤ 0 have no early-exercise premium here. Where both rates are below zero and
/// two exercise boundaries can exist, the approximation keeps only the usual one.
struct BaroneAdesiWhaley: Sendable {
    let european: GeneralisedBlackScholes
    /// U*, in price units; +∞ (call) or 0 (put) where early exercise never pays.
    let criticalPrice: Double
    /// ln(U*/K).
    let logCritical: Double
    /// q2 > 1 for a call, q1 < 0 for a put.
    let exponent: Double
    /// A ≥ 0: the early-exercise premium at U*, in price units.
    let amplitude: Double

    /// Solves the critical price to 1e-12; volatility > 0 and time > 0. Two to four evaluations.
    init(_ terms: VanillaOption, volatility: Double, time: Double) {
        let european = GeneralisedBlackScholes(terms, deviation: volatility * time.squareRoot(), time: time)
        self.european = european
        let rate = terms.discountRate
        let never = terms.right == .call ? terms.growthRate >= rate : rate <= 0
        let boundary = ExerciseBoundary(terms, european: european, volatility: volatility, time: time)
        if !never, terms.strike > 0, let price = boundary.solve() {
            criticalPrice = price
            logCritical = log(price / terms.strike)
            exponent = boundary.exponent
            amplitude = terms.sign * price * boundary.terms(at: price).worthGap / boundary.exponent
        } else {
            criticalPrice = terms.right == .call ? .infinity : 0
            logCritical = 0
            exponent = 0
            amplitude = 0
        }
    }

    @inline(__always) func value(underlying: Double) -> Double {
        value(underlying: underlying, logMoneyness: european.logMoneyness(underlying))
    }

    /// The value from ln(U/K), which is made only where the option is held.
    @inline(__always)
    func value(underlying: Double, logMoneyness: @autoclosure () -> Double) -> Double {
        let sign = european.sign
        if underlying <= 0 { return max(european.valueAtZero, -sign * european.strike) }
        let intrinsic = sign * (underlying - european.strike)
        if sign * (underlying - criticalPrice) >= 0 { return intrinsic }
        let logMoneyness = logMoneyness()
        let premium = amplitude == 0 ? 0 : amplitude * exponential(exponent * (logMoneyness - logCritical))
        return max(european.value(underlying: underlying, logMoneyness: logMoneyness) + premium, intrinsic)
    }

    /// The values at two underlyings, with the bits of one at a time.
    @inline(__always) func pair(underlyings: DoublePair, logMoneyness: DoublePair) -> DoublePair {
        let sign = european.sign
        let power: DoublePair = exponent * (logMoneyness - logCritical)
        // Lane by lane: false of what is not a number, as the logarithm of a price below 0 is.
        guard all((sign * (underlyings - criticalPrice) .< 0) .& (power.magnitude .<= 708)) else {
            return DoublePair(
                value(underlying: underlyings.x, logMoneyness: logMoneyness.x),
                value(underlying: underlyings.y, logMoneyness: logMoneyness.y))
        }
        let intrinsic: DoublePair = sign * (underlyings - european.strike)
        let premium: DoublePair = amplitude == 0 ? .zero : amplitude * exponential(within: power, beyond: .zero)
        let held = european.pair(underlyings: underlyings, logMoneyness: logMoneyness) + premium
        return held.replacing(with: intrinsic, where: held .< intrinsic)
    }
}

/// The equation of the critical price and its solution.
///
/// With φ = ±1, E1 = 1 − e^{(b−r)T}·N(φ·d1) and E2 = 1 − e^{−rT}·N(φ·d2), value matching and smooth pasting give
/// (1 − 1/q)·U*·E1 = K·E2. Written with E1 = (1 − e^{(b−r)T}) + e^{(b−r)T}·N(−φ·d1), nothing cancels as r → 0.
struct ExerciseBoundary {
    let european: GeneralisedBlackScholes
    let exponent: Double
    let discount: Double
    /// 1 − e^{(b−r)T}.
    let carryGap: Double
    /// 1 − e^{−rT}.
    let discountGap: Double
    /// Where the iteration starts.
    let start: Double

    init(_ terms: VanillaOption, european: GeneralisedBlackScholes, volatility: Double, time: Double) {
        self.european = european
        let rate = terms.discountRate
        let carry = terms.growthRate
        let variance = volatility * volatility
        discount = exponential(-rate * time)
        carryGap = -expm1((carry - rate) * time)
        discountGap = -expm1(-rate * time)
        // M/k with its limit 2/(σ²T) at r = 0.
        let ratio = 2 * (rate == 0 ? 1 / time : rate / discountGap) / variance
        exponent = Self.root(2 * carry / variance - 1, ratio, sign: terms.sign)
        let perpetual = Self.root(2 * carry / variance - 1, 2 * rate / variance, sign: terms.sign)
        start = Self.seed(terms, perpetual: perpetual, time: time, deviation: european.deviation)
    }

    /// The root of q² + (N − 1)·q − c = 0 with the given sign, without cancellation; c > 0.
    private static func root(_ linear: Double, _ constant: Double, sign: Double) -> Double {
        let spread = (linear * linear + 4 * constant).squareRoot()
        return sign * linear > 0 ? sign * 2 * constant / (abs(linear) + spread) : 0.5 * (sign * spread - linear)
    }

    /// Barone-Adesi and Whaley's first guess, from the perpetual option's critical price.
    private static func seed(_ terms: VanillaOption, perpetual: Double, time: Double, deviation: Double) -> Double {
        let strike = terms.strike
        let far = strike / (1 - 1 / perpetual)
        let drift = terms.growthRate * time
        if terms.right == .call {
            return strike - (far - strike) * expm1(-(drift + 2 * deviation) * strike / (far - strike))
        }
        return far + (strike - far) * exponential((drift - 2 * deviation) * strike / (strike - far))
    }

    /// E1 and its density term at an underlying, and the equation's left side minus its right.
    func terms(at price: Double) -> (worthGap: Double, density: Double, d1: Double, excess: Double) {
        let sign = european.sign
        let d1 = european.d1(european.logMoneyness(price))
        let d2 = d1 - european.deviation
        let worthGap = carryGap + european.carryFactor * cumulativeNormal(-sign * d1)
        let costGap = discountGap + discount * cumulativeNormal(-sign * d2)
        let excess = (1 - 1 / exponent) * price * worthGap - european.strike * costGap
        return (worthGap, european.carryFactor * normalDensity(d1), d1, excess)
    }

    /// The critical price to 1e-12 of itself by Halley's method inside a bracket, nil where the equation has no root.
    func solve() -> Double? {
        let sign = european.sign
        let strike = european.strike
        var low = sign > 0 ? strike : 0
        var high = sign > 0 ? Double.infinity : strike
        var price = start > low && start < high ? start : strike * exponential(sign * european.deviation)
        for _ in 0..<100 {
            let point = terms(at: price)
            if point.excess < 0 { low = price } else { high = price }
            let density = sign * point.density * european.inverseDeviation
            let slope = (1 - 1 / exponent) * point.worthGap + density / exponent
            let bend = -density / price * (1 - 1 / exponent + point.d1 * european.inverseDeviation / exponent)
            let newton = point.excess / slope
            let next = price - newton / max(1 - 0.5 * newton * bend / slope, 0.5)
            // Third-order convergence on the scale s of the density: after this step the error is about 1e-15.
            if abs(next - price) <= 2e-5 * min(european.deviation, 1) * price { return isRoot(next) ? next : nil }
            price = next > low && next < high ? next : high == .infinity ? 2 * price : 0.5 * (low + high)
            if price > 1e30 * strike || price < 1e-30 * strike { return nil }
        }
        return nil
    }

    /// Refuses the edge of the bracket, where the iteration ends when the equation has no root.
    private func isRoot(_ price: Double) -> Bool {
        european.sign > 0 || price < european.strike * (1 - 1e-15)
    }
}
