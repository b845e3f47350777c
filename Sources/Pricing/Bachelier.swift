/// European options on a normal (arithmetic) future, prepared for many underlyings.
///
/// Value = e^{−rT}·(φ·(F − K)·N(φ·d) + s·n(d)), d = (F − K)/s, s = σ√T > 0 with σ in price units a √year.
/// Any sign of F and K; r = 0 for futures-style. Source: methodology §2; Haug 2007 p. 12.
struct Bachelier: Sendable {
    let sign: Double
    let strike: Double
    /// e^{−rT}.
    let discount: Double
    /// σ√T, in price units.
    let deviation: Double
    let inverseDeviation: Double

    /// Prepares for time > 0 and deviation > 0.
    @inline(__always) init(_ terms: VanillaOption, deviation: Double, time: Double) {
        sign = terms.sign
        strike = terms.strike
        discount = exponential(-terms.discountRate * time)
        self.deviation = deviation
        inverseDeviation = 1 / deviation
    }

    @inline(__always) func value(underlying: Double) -> Double {
        let distance = sign * (underlying - strike)
        let d = distance * inverseDeviation
        guard abs(d) < bellEnd else { return d.isNaN ? d : max(discount * distance, 0) }
        let bell = bell(abs(d))
        let mass = NormalSide(d).mass(tail: bell * millsRatio(abs(d)))
        return max(discount * (distance * mass + deviation * (inverseRootTwoPi * bell)), 0)
    }

    @inline(__always) func delta(underlying: Double) -> Double {
        sign * discount * cumulativeNormal(sign * (underlying - strike) * inverseDeviation)
    }

    /// e^{−rT}·n(d): vega is this times √T, gamma this over s.
    @inline(__always) func weightedDensity(underlying: Double) -> Double {
        discount * normalDensity((underlying - strike) * inverseDeviation)
    }
}
