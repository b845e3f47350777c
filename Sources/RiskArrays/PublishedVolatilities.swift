import ClearingModel

extension [PublishedRiskArray] {
    /// The volatility that each option was published with, by series; what values an option again starts from it.
    package var volatilities: [SeriesCode: SeriesVolatility] {
        Dictionary(
            compactMap { array in
                guard let volatility = array.volatility, let rule = array.volatilityRule else { return nil }
                return (array.series, SeriesVolatility(volatility: volatility, rule: rule))
            }, uniquingKeysWith: { first, _ in first })
    }
}
