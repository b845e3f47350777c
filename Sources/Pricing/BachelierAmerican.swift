import Glibc

/// Barone-Adesi and Whaley's quadratic approximation made for a normal (arithmetic) future.
///
/// The early-exercise premium solves ½σ²·A″ = r/(1 − e^{−rT})·A, so A(F) = a·e^{φλ(F − F*)} with
/// λ·s = ℓ = √(2rT/(1 − e^{−rT})). Value matching and smooth pasting fix z* = φ(F* − K)/s by
/// (z − 1/ℓ)·(1 − e^{−rT}·N(z)) = e^{−rT}·n(z), which depends on rT only. A rate at or below 0 has no premium.
/// Source: our derivation by the method of Haug 2007 p. 97, checked against the arithmetic lattice.
struct BachelierAmerican: Sendable {
    let european: Bachelier
    /// z*, in standard deviations beyond the strike; +∞ where early exercise never pays.
    let criticalDistance: Double
    /// ℓ.
    let decay: Double
    /// a ≥ 0: the early-exercise premium at F*, in price units.
    let amplitude: Double

    init(_ terms: VanillaOption, deviation: Double, time: Double) {
        european = Bachelier(terms, deviation: deviation, time: time)
        let discount = european.discount
        let gap = -expm1(-terms.discountRate * time)
        guard gap > 0 else {
            (criticalDistance, decay, amplitude) = (.infinity, 0, 0)
            return
        }
        decay = (2 * terms.discountRate * time / gap).squareRoot()
        // The left side less the right rises and is convex beyond 1/ℓ: Newton overshoots once, then descends.
        var distance = 1 / decay + 0.5
        var worthGap = 0.0
        for _ in 0..<100 {
            let density = discount * normalDensity(distance)
            worthGap = gap + discount * cumulativeNormal(-distance)
            let step = ((distance - 1 / decay) * worthGap - density) / (worthGap + density / decay)
            distance -= step
            if abs(step) <= 1e-13 * distance { break }
        }
        criticalDistance = distance
        amplitude = deviation * (gap + discount * cumulativeNormal(-distance)) / decay
    }

    @inline(__always) func value(underlying: Double) -> Double {
        let intrinsic = european.sign * (underlying - european.strike)
        let distance = intrinsic * european.inverseDeviation
        if distance >= criticalDistance { return intrinsic }
        let premium = amplitude == 0 ? 0 : amplitude * exponential(decay * (distance - criticalDistance))
        return max(european.value(underlying: underlying) + premium, intrinsic)
    }
}
