import ClearingModel

/// The sensitivities of one long option, in price units per unit of what moves (methodology §2).
package struct OptionGreeks: Sendable, Equatable {
    /// Per unit of the underlying: calls ≥ 0, puts ≤ 0.
    package let delta: Double
    /// Change of delta per unit of the underlying.
    package let gamma: Double
    /// Per 1.00 of volatility; a point is a hundredth of it. Under `bachelier` per price unit of volatility.
    package let vega: Double
    /// Change of value when one calendar day (1/365 of a year) passes and nothing else moves, by revaluation.
    package let thetaPerDay: Double
    /// Per 1.00 of the continuous rate. Under `blackScholes` the carry moves with the rate (the yield r − b stays).
    package let rho: Double

    package init(delta: Double, gamma: Double, vega: Double, thetaPerDay: Double, rho: Double) {
        self.delta = delta
        self.gamma = gamma
        self.vega = vega
        self.thetaPerDay = thetaPerDay
        self.rho = rho
    }
}

/// The Greeks of one long option: European in closed form, American and degenerate ones by central differences.
///
/// Arguments as in ``optionValue(_:underlying:volatility:time:)``. At time ≤ 0 everything but delta is 0. Gamma and
/// vega are 0 at a volatility ≤ 0. Steps: gamma 1e-3·U (lattices 1e-2·U), vega 1e-3·σ, rho 1e-5 (American only).
package func optionGreeks(
    _ terms: VanillaOption, underlying: Double, volatility: Double, time: Double
) -> OptionGreeks {
    let option = PreparedOption(terms, volatility: volatility, time: time)
    let delta = option.delta(underlying: underlying)
    if time <= 0 { return OptionGreeks(delta: delta, gamma: 0, vega: 0, thetaPerDay: 0, rho: 0) }
    let value = option.value(underlying: underlying)
    let later = optionValue(terms, underlying: underlying, volatility: volatility, time: time - 1.0 / 365)
    let curvature = curvature(terms, option: option, underlying: underlying, volatility: volatility, time: time)
    return OptionGreeks(
        delta: delta, gamma: curvature.gamma, vega: curvature.vega, thetaPerDay: later - value,
        rho: rho(terms, option: option, underlying: underlying, volatility: volatility, time: time))
}

private func curvature(
    _ terms: VanillaOption, option: PreparedOption, underlying: Double, volatility: Double, time: Double
) -> (gamma: Double, vega: Double) {
    let gammaStep: Double
    switch option.kernel {
    case .deterministic: return (0, 0)
    case .lognormal(let kernel):
        if underlying <= 0 { return (0, 0) }
        let density = kernel.weightedDensity(underlying: underlying)
        return (density * kernel.inverseDeviation / (underlying * underlying), density * time.squareRoot())
    case .normal(let kernel):
        let density = kernel.weightedDensity(underlying: underlying)
        return (density * kernel.inverseDeviation, density * time.squareRoot())
    case .quadratic: gammaStep = 1e-3 * underlying
    case .normalQuadratic(let kernel): gammaStep = 1e-2 * kernel.european.deviation
    case .lattice(let kernel): gammaStep = kernel.walk == .arithmetic ? 0.1 * kernel.deviation : 1e-2 * underlying
    }
    if terms.model != .bachelier && underlying <= 0 { return (0, 0) }
    let middle = option.value(underlying: underlying)
    let up = option.value(underlying: underlying + gammaStep)
    let down = option.value(underlying: underlying - gammaStep)
    let volatilityStep = 1e-3 * volatility
    let higher = optionValue(terms, underlying: underlying, volatility: volatility + volatilityStep, time: time)
    let lower = optionValue(terms, underlying: underlying, volatility: volatility - volatilityStep, time: time)
    return ((up - 2 * middle + down) / (gammaStep * gammaStep), (higher - lower) / (2 * volatilityStep))
}

private func rho(
    _ terms: VanillaOption, option: PreparedOption, underlying: Double, volatility: Double, time: Double
) -> Double {
    if terms.exercise == .european {
        // The rate discounts, and the carry that moves with it lets the forward grow.
        let grown = terms.model == .blackScholes ? max(underlying, 0) * option.delta(underlying: underlying) : 0
        return time * (grown - (terms.style == .futures ? 0 : option.value(underlying: underlying)))
    }
    func value(shift: Double) -> Double {
        let shifted = VanillaOption(
            right: terms.right, strike: terms.strike, model: terms.model, exercise: terms.exercise,
            style: terms.style, rate: terms.rate + shift, carry: terms.carry + shift)
        return optionValue(shifted, underlying: underlying, volatility: volatility, time: time)
    }
    return (value(shift: 1e-5) - value(shift: -1e-5)) / 2e-5
}
