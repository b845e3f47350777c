import Quantities

/// One market move of a scenario set (docs/methodology.md §3).
package struct ScenarioDefinition: Hashable, Sendable {
    /// 1, 2, … within its set.
    package let number: Int
    /// Price move in price scan ranges: `numerator / denominator`, so that thirds are exact; the denominator is above
    /// 0.
    package let priceMoveNumerator: ExactDecimal
    package let priceMoveDenominator: ExactDecimal
    /// Volatility move in volatility scan ranges.
    package let volatilityMove: ExactDecimal
    /// The share of the loss that counts, 0 … 1.
    package let weight: ExactDecimal
    /// The scenario with the opposite volatility move, itself where it has none; nil where pairs are not defined.
    package let pair: Int?

    package init(
        number: Int, priceMoveNumerator: ExactDecimal, priceMoveDenominator: ExactDecimal = .one,
        volatilityMove: ExactDecimal, weight: ExactDecimal = .one, pair: Int?
    ) {
        self.number = number
        self.priceMoveNumerator = priceMoveNumerator
        self.priceMoveDenominator = priceMoveDenominator
        self.volatilityMove = volatilityMove
        self.weight = weight
        self.pair = pair
    }
}
