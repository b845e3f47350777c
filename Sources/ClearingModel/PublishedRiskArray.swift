import Quantities

/// Which rule gave an option its volatility (docs/methodology.md §2).
package enum VolatilityRule: String, Sendable {
    case implied, assigned, paired
    case nearestStrike = "nearest_strike"
    case floor
}

/// The sensitivities of one long unit in price units, for one contract value factor of 1 (docs/methodology.md §2.5).
package struct SeriesGreeks: Hashable, Sendable {
    /// Per unit of the underlying price: of a linear future 1, of an inverse one in base coins a contract.
    package let delta: Double
    /// Change of delta per unit of the underlying price; nil for futures, like the others.
    package let gamma: Double?
    /// Per 1.00 of volatility, under Bachelier per price unit of it.
    package let vega: Double?
    /// Over one calendar day, by revaluation.
    package let theta: Double?
    /// Per 1.00 of the rate.
    package let rho: Double?

    package init(
        delta: Double, gamma: Double? = nil, vega: Double? = nil, theta: Double? = nil, rho: Double? = nil
    ) {
        self.delta = delta
        self.gamma = gamma
        self.vega = vega
        self.theta = theta
        self.rho = rho
    }
}

/// What is published for one series: its risk array and delta, rounded as they are used (docs/methodology.md §4).
package struct PublishedRiskArray: Hashable, Sendable {
    package let series: SeriesCode
    /// Decimals of the array's values: they are whole units of 10^-arrayDecimals.
    package let arrayDecimals: Int
    /// What one long unit loses under each scenario, in scenario order; gains are negative.
    package let values: [Int64]
    /// Composite (or plain) delta of one long unit.
    package let compositeDelta: CompositeDelta
    /// The series' own price scan range as an amount a unit of price, unrounded.
    package let priceScanRange: ExactDecimal
    /// The volatility used; nil for linear futures.
    package let volatility: Double?
    package let volatilityRule: VolatilityRule?
    /// At the settlement; nil where they are not asked for.
    package let greeks: SeriesGreeks?

    package init(
        series: SeriesCode, arrayDecimals: Int, values: [Int64], compositeDelta: CompositeDelta,
        priceScanRange: ExactDecimal,
        volatility: Double? = nil, volatilityRule: VolatilityRule? = nil, greeks: SeriesGreeks? = nil
    ) {
        self.series = series
        self.arrayDecimals = arrayDecimals
        self.values = values
        self.compositeDelta = compositeDelta
        self.priceScanRange = priceScanRange
        self.volatility = volatility
        self.volatilityRule = volatilityRule
        self.greeks = greeks
    }
}
