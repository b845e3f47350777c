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
    let early: EarlyExercise

    init(european: GeneralisedBlackScholes, early: EarlyExercise) {
        self.european = european
        self.early = early
    }

    /// Solves the critical price to 1e-12; volatility > 0 and time > 0. Two to four evaluations.
    init(_ terms: VanillaOption, volatility: Double, time: Double) {
        let european = GeneralisedBlackScholes(terms, deviation: volatility * time.squareRoot(), time: time)
        guard EarlyExercise.isPossible(terms) else {
            self.init(european: european, early: .never(terms.right))
            return
        }
        let boundary = ExerciseBoundary(terms, european: european, volatility: volatility, time: time)
        self.init(european: european, early: boundary.solve())
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
        if sign * (underlying - early.criticalPrice) >= 0 { return intrinsic }
        let logMoneyness = logMoneyness()
        let premium =
            early.amplitude == 0
            ? 0 : early.amplitude * exponential(early.exponent * (logMoneyness - early.logCritical))
        return max(european.value(underlying: underlying, logMoneyness: logMoneyness) + premium, intrinsic)
    }
}

/// Where an American option is exercised, and what its holder has of it before.
struct EarlyExercise: Sendable {
    /// U*, in price units; +∞ (call) or 0 (put) where early exercise never pays.
    let criticalPrice: Double
    /// ln(U*/K).
    let logCritical: Double
    /// q2 > 1 for a call, q1 < 0 for a put.
    let exponent: Double
    /// A ≥ 0: the early-exercise premium at U*, in price units.
    let amplitude: Double

    static func never(_ right: OptionRight) -> EarlyExercise {
        EarlyExercise(criticalPrice: right == .call ? .infinity : 0, logCritical: 0, exponent: 0, amplitude: 0)
    }

    /// Whether there is a price at which an option may be exercised early.
    static func isPossible(_ terms: VanillaOption) -> Bool {
        let never = terms.right == .call ? terms.growthRate >= terms.discountRate : terms.discountRate <= 0
        return !never && terms.strike > 0
    }
}

/// What the equation of the critical price has of rate, carry and time alone.
struct ExerciseGaps: Sendable {
    /// e^{−rT}.
    let discountFactor: Double
    /// 1 − e^{−rT}.
    let discount: Double
    /// 1 − e^{(b−r)T}.
    let carry: Double
    /// r/(1 − e^{−rT}), with its limit 1/T at r = 0.
    let rateOverGap: Double

    /// Time > 0.
    init(_ terms: VanillaOption, time: Double) {
        let rate = terms.discountRate
        discountFactor = exponential(-rate * time)
        discount = -expm1(-rate * time)
        carry = -expm1((terms.growthRate - rate) * time)
        rateOverGap = rate == 0 ? 1 / time : rate / discount
    }
}

/// The equation of the critical price and its solution.
///
/// With φ = ±1, E1 = 1 − e^{(b−r)T}·N(φ·d1) and E2 = 1 − e^{−rT}·N(φ·d2), value matching and smooth pasting give
/// (1 − 1/q)·U*·E1 = K·E2. Written with E1 = (1 − e^{(b−r)T}) + e^{(b−r)T}·N(−φ·d1), nothing cancels as r → 0.
struct ExerciseBoundary {
    let european: GeneralisedBlackScholes
    let exponent: Double
    let gaps: ExerciseGaps
    /// Where the iteration starts.
    let start: Double

    init(_ terms: VanillaOption, european: GeneralisedBlackScholes, volatility: Double, time: Double) {
        self.european = european
        let rate = terms.discountRate
        let carry = terms.growthRate
        let variance = volatility * volatility
        gaps = ExerciseGaps(terms, time: time)
        let ratio = 2 * gaps.rateOverGap / variance
        exponent = Self.root(2 * carry / variance - 1, ratio, sign: terms.sign)
        let perpetual = Self.root(2 * carry / variance - 1, 2 * rate / variance, sign: terms.sign)
        start = Self.seed(
            terms, far: terms.strike / (1 - 1 / perpetual), drift: european.drift, deviation: european.deviation)
    }

    /// The root of q² + (N − 1)·q − c = 0 with the given sign, without cancellation; c > 0.
    private static func root(_ linear: Double, _ constant: Double, sign: Double) -> Double {
        let spread = (linear * linear + 4 * constant).squareRoot()
        return sign * linear > 0 ? sign * 2 * constant / (abs(linear) + spread) : 0.5 * (sign * spread - linear)
    }

    /// Barone-Adesi and Whaley's first guess, from the perpetual option's critical price; `drift` is bT.
    static func seed(_ terms: VanillaOption, far: Double, drift: Double, deviation: Double) -> Double {
        let strike = terms.strike
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
        let worthGap = gaps.carry + european.carryFactor * cumulativeNormal(-sign * d1)
        let costGap = gaps.discount + gaps.discountFactor * cumulativeNormal(-sign * d2)
        let excess = (1 - 1 / exponent) * price * worthGap - european.strike * costGap
        return (worthGap, european.carryFactor * normalDensity(d1), d1, excess)
    }

    /// What follows from the critical price; no early exercise where the equation has no root.
    func solve() -> EarlyExercise {
        guard let price = criticalPrice() else { return .never(european.sign > 0 ? .call : .put) }
        return EarlyExercise(
            criticalPrice: price, logCritical: log(price / european.strike), exponent: exponent,
            amplitude: european.sign * price * terms(at: price).worthGap / exponent)
    }

    /// The critical price to 1e-12 of itself by Halley's method inside a bracket, nil where the equation has no root.
    private func criticalPrice() -> Double? {
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
