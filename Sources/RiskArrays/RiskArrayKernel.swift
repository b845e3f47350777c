import ClearingModel
import Pricing
import Quantities

/// The valuation kernel: what one long unit of a series loses under each scenario (docs/methodology.md §4).
package enum RiskArrayKernel {
    /// The array of one series and its composite delta, published and rounded.
    ///
    /// Loss positive, gain negative, in array units of the contract's currency; the delta in ten-thousandths. Pure:
    /// equal inputs give equal bits. An option costs one preparation a volatility move and one value a scenario.
    package static func array(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, series: SeriesCode
    ) -> PublishedRiskArray {
        let values: [Int64]
        let delta: Double
        switch valuation.kind {
        case .linearFuture:
            values = terms.scenarios.map { linearLoss(valuation, $0, decimals: terms.arrayDecimals) }
            delta = 1
        case .costOfCarryFuture(let spot, let rate, let time):
            let base = costOfCarryFuture(spot: spot, rate: rate, time: time)
            let scanRange = valuation.priceScanRange.double
            values = losses(valuation, terms, base: base) { scenario in
                costOfCarryFuture(spot: spot + scenario.priceMove * scanRange, rate: rate, time: time - terms.lookAhead)
            }
            delta = 1
        case .option(let market):
            let sigma = volatility?.volatility ?? terms.volatilityFloor
            values = optionLosses(valuation, market, sigma, terms)
            delta =
                terms.deltaKind == .plain
                ? PreparedOption(market.terms, volatility: sigma, time: market.time).delta(
                    underlying: market.underlying)
                : compositeDelta(market, sigma, scanRange: valuation.priceScanRange.double, terms)
        }
        return PublishedRiskArray(
            series: series, arrayDecimals: terms.arrayDecimals, values: values,
            compositeDelta: arrayUnits(rounding: delta, decimals: 4), priceScanRange: valuation.priceScanRange,
            volatility: volatility?.volatility, volatilityRule: volatility?.rule)
    }

    /// −w·m·PSR·CVF, rounded from the exact product: 0.33·3·1750 = 1732.5 is an everyday tie.
    private static func linearLoss(_ valuation: SeriesValuation, _ scenario: ArrayScenario, decimals: Int) -> Int64 {
        let gain =
            scenario.weight * scenario.priceMoveNumerator * valuation.priceScanRange
            * valuation.contractValueFactor
        return Int64((-gain).divided(by: scenario.priceMoveDenominator, roundedToScale: decimals).mantissa)
    }

    /// round(w · CVF · (base − shocked value)) for each scenario.
    private static func losses(
        _ valuation: SeriesValuation, _ terms: ArrayTerms, base: Double, shockedValue: (ArrayScenario) -> Double
    ) -> [Int64] {
        let factor = valuation.contractValueFactor.double
        return terms.scenarios.map { scenario in
            arrayUnits(
                rounding: scenario.weight.double * factor * (base - shockedValue(scenario)),
                decimals: terms.arrayDecimals)
        }
    }

    private static func optionLosses(
        _ valuation: SeriesValuation, _ market: SeriesValuation.OptionMarket, _ volatility: Double, _ terms: ArrayTerms
    ) -> [Int64] {
        let base = PreparedOption(market.terms, volatility: volatility, time: market.time)
            .value(underlying: market.underlying)
        let shocked = terms.volatilityMoves.map { move in
            PreparedOption(
                market.terms, volatility: terms.shocked(volatility, by: move), time: market.time - terms.lookAhead)
        }
        let scanRange = valuation.priceScanRange.double
        return losses(valuation, terms, base: base) { scenario in
            shocked[scenario.volatilityMove].value(underlying: market.underlying + scenario.priceMove * scanRange)
        }
    }

    /// Σ w·delta(U + a·PSR, σ, T − h) over a = 0, ±1/3, ±2/3, ±1 (docs/methodology.md §4).
    private static func compositeDelta(
        _ market: SeriesValuation.OptionMarket, _ volatility: Double, scanRange: Double, _ terms: ArrayTerms
    ) -> Double {
        let option = PreparedOption(market.terms, volatility: volatility, time: market.time - terms.lookAhead)
        var delta = 0.270 * option.delta(underlying: market.underlying)
        for (thirds, weight) in [(1.0, 0.217), (2.0, 0.111), (3.0, 0.037)] {
            let move = thirds / 3 * scanRange
            delta += weight * option.delta(underlying: market.underlying + move)
            delta += weight * option.delta(underlying: market.underlying - move)
        }
        return delta
    }
}
