import Quantities

/// Which rule gave an option its volatility (docs/methodology.md §2).
package enum VolatilityRule: String, Sendable {
    case implied, assigned, paired
    case nearestStrike = "nearest_strike"
    case floor
}

/// What is published for one series: its risk array and delta, rounded as they are used (docs/methodology.md §4).
package struct PublishedRiskArray: Hashable, Sendable {
    package let series: SeriesCode
    /// Decimals of the array's values: they are whole units of 10^-arrayDecimals.
    package let arrayDecimals: Int
    /// What one long unit loses under each scenario, in scenario order; gains are negative.
    package let values: [Int64]
    /// Composite (or plain) delta in units of 0.0001.
    package let compositeDelta: Int64
    /// The series' own price scan range as an amount a unit of price, unrounded.
    package let priceScanRange: ExactDecimal
    /// The volatility used; nil for linear futures.
    package let volatility: Double?
    package let volatilityRule: VolatilityRule?

    package init(
        series: SeriesCode, arrayDecimals: Int, values: [Int64], compositeDelta: Int64, priceScanRange: ExactDecimal,
        volatility: Double? = nil, volatilityRule: VolatilityRule? = nil
    ) {
        self.series = series
        self.arrayDecimals = arrayDecimals
        self.values = values
        self.compositeDelta = compositeDelta
        self.priceScanRange = priceScanRange
        self.volatility = volatility
        self.volatilityRule = volatilityRule
    }
}
