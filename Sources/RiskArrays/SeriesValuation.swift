import ClearingModel
import Pricing
import Quantities

/// How one series is revalued: everything its array needs except the scenarios, with the market already looked up.
package struct SeriesValuation: Sendable {
    /// How the value follows from the underlying.
    package enum Kind: Sendable {
        /// Value = price: the array follows from the scan range alone, exactly.
        case linearFuture(price: Double)
        /// Value = spot · e^(rate · time).
        case costOfCarryFuture(spot: Double, rate: Double, time: Double)
        /// Value = −notional / price in the base coin, the notional being the contract value factor.
        case inverseFuture(price: Double)
        case option(OptionMarket)
    }

    /// What an option is priced from. Prices in price units, time in years.
    package struct OptionMarket: Sendable {
        package let model: OptionValuationModel
        package let strike: ExactDecimal
        package let expiryDate: BusinessDate
        package let underlyingPrice: ExactDecimal
        package let underlying: Double
        package let settlement: Double
        package let time: Double
        /// Nil when the volatility is to be implied by the settlement price.
        package let assignedVolatility: Double?
    }

    /// Position in the clearing house's list of series.
    package let series: Int
    /// Position in the list of combined commodities' array terms.
    package let terms: Int
    package let kind: Kind
    /// What scenarios move, in price units: a future's own price, the spot it is carried from, an option's underlying.
    package let underlyingPrice: ExactDecimal
    /// The series' own price, in price units.
    package let settlement: ExactDecimal
    /// Price units, 0 or more, unrounded (docs/methodology.md §3).
    package let priceScanRange: ExactDecimal
    package let contractValueFactor: ExactDecimal
}

/// What the series of one combined commodity share when they are revalued.
package struct ArrayTerms: Sendable {
    package let combinedCommodity: CombinedCommodityCode
    /// Decimals of a published array value.
    package let arrayDecimals: Int
    package let deltaKind: DeltaKind
    /// Decimals of a published delta.
    package let deltaDecimals: Int
    /// The look-ahead h: how much nearer expiry the shocked value stands.
    package let lookAhead: LookAhead
    package let volatilityFloor: Double
    package let scenarios: [ArrayScenario]
    /// Where composite deltas are taken, in price scan ranges, and what each weighs, in the order of the sum.
    package let deltaWeights: [(priceMove: Double, weight: Double)]
    /// The different volatility moves of the scenarios, in order of appearance.
    package let volatilityMoves: [Double]
    /// Volatility points, or a fraction of the volatility where `isRelative`.
    package let volatilityScanRange: Double
    package let isVolatilityRelative: Bool

    /// σ + k·VSR or σ·(1 + k·VSR), never below the floor (docs/methodology.md §4).
    package func shocked(_ volatility: Double, by move: Double) -> Double {
        let shocked =
            isVolatilityRelative
            ? volatility * (1 + move * volatilityScanRange) : volatility + move * volatilityScanRange
        return max(shocked, volatilityFloor)
    }
}

/// A scenario as the valuation kernel runs it.
package struct ArrayScenario: Sendable {
    /// Multiples of the price scan range, exact and as a Double.
    package let priceMoveNumerator: ExactDecimal
    package let priceMoveDenominator: ExactDecimal
    package let priceMove: Double
    /// Position in the terms' `volatilityMoves`.
    package let volatilityMove: Int
    package let weight: ExactDecimal
}
