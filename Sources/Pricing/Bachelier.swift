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

    private init(sign: Double, strike: Double, discount: Double, deviation: Double, inverseDeviation: Double) {
        self.sign = sign
        self.strike = strike
        self.discount = discount
        self.deviation = deviation
        self.inverseDeviation = inverseDeviation
    }

    /// The same option at another s > 0, with its inverse.
    private func with(deviation: Double, inverse: Double) -> Bachelier {
        Bachelier(
            sign: sign, strike: strike, discount: discount, deviation: deviation, inverseDeviation: inverse)
    }

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

    /// The values at two underlyings, each at an s > 0 of its own in the place of this one's, with its inverse, and
    /// with the bits of one at a time.
    @inline(__always) func pair(
        underlyings: DoublePair, _ deviations: DoublePair, _ inverses: DoublePair
    ) -> DoublePair {
        let distance: DoublePair = sign * (underlyings - strike)
        let d: DoublePair = distance * inverses
        guard all(d.magnitude .< bellEnd) else {
            return DoublePair(
                with(deviation: deviations.x, inverse: inverses.x).value(underlying: underlyings.x),
                with(deviation: deviations.y, inverse: inverses.y).value(underlying: underlyings.y))
        }
        let bell = bell(d.magnitude)
        let side = NormalSides(d)
        let mass: DoublePair = side.above(DoublePair(repeating: 1)) + side.towards(bell * millsRatio(d.magnitude))
        let value: DoublePair = discount * (distance * mass + deviations * (inverseRootTwoPi * bell))
        return value.replacing(with: 0, where: 0 .>= value)
    }

    @inline(__always) func delta(underlying: Double) -> Double {
        sign * discount * cumulativeNormal(sign * (underlying - strike) * inverseDeviation)
    }

    /// e^{−rT}·n(d): vega is this times √T, gamma this over s.
    @inline(__always) func weightedDensity(underlying: Double) -> Double {
        discount * normalDensity((underlying - strike) * inverseDeviation)
    }
}
