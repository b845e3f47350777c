import ClearingModel
import Pricing
import Quantities

/// The valuation kernel: what one long unit of a series loses under each scenario (docs/methodology.md §4).
package enum RiskArrayKernel {
    /// The array of one series and its composite delta, published and rounded.
    ///
    /// Loss positive, gain negative, in array units of the contract's currency. Pure:
    /// equal inputs give equal bits. An option costs one preparation a volatility move and one value a scenario.
    package static func array(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, series: SeriesCode
    ) -> PublishedRiskArray {
        let values: [Int64]
        let delta: Double
        var greeks: SeriesGreeks?
        switch valuation.kind {
        case .linearFuture:
            values = terms.scenarios.map { linearLoss(valuation, $0, decimals: terms.arrayDecimals) }
            delta = 1
            greeks = SeriesGreeks(delta: 1)
        case .costOfCarryFuture(let spot, let rate, let time):
            let base = costOfCarryFuture(spot: spot, rate: rate, time: time)
            let scanRange = valuation.priceScanRange.double
            values = losses(valuation, terms, base: base) { scenario in
                costOfCarryFuture(
                    spot: spot + scenario.priceMove * scanRange, rate: rate, time: time - terms.lookAhead.years)
            }
            delta = 1
            greeks = SeriesGreeks(delta: costOfCarryFuture(spot: 1, rate: rate, time: time))
        case .inverseFuture(let price):
            let contract = InverseContract(notional: valuation.contractValueFactor.double, price: price)
            let scanRange = valuation.priceScanRange.double / price
            values = terms.scenarios.map { scenario in
                let gain = contract.gain(relativeMove: scenario.priceMove * scanRange)
                return arrayUnits(rounding: -scenario.weight.double * gain, decimals: terms.arrayDecimals)
            }
            delta = 1
            greeks = SeriesGreeks(delta: contract.delta())
        case .option(let market):
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before its array is computed")
            }
            greeks = SeriesGreeks(
                market.model.greeks(underlying: market.underlying, volatility: sigma, time: market.time))
            values = optionLosses(valuation, market, sigma, terms)
            delta =
                terms.deltaKind == .plain
                ? market.model.prepared(volatility: sigma, time: market.time, elapsed: .none)
                    .delta(underlying: market.underlying)
                : compositeDelta(market, sigma, scanRange: valuation.priceScanRange.double, terms)
        }
        return PublishedRiskArray(
            series: series, arrayDecimals: terms.arrayDecimals, values: values,
            compositeDelta: CompositeDelta(rounding: delta, decimals: terms.deltaDecimals),
            priceScanRange: valuation.priceScanRange,
            volatility: volatility?.volatility, volatilityRule: volatility?.rule, greeks: greeks)
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
        let base = market.model.prepared(volatility: volatility, time: market.time, elapsed: .none)
            .value(underlying: market.underlying)
        let shocked = terms.volatilityMoves.map { move in
            market.model.prepared(
                volatility: terms.shocked(volatility, by: move), time: market.time, elapsed: terms.lookAhead
            ) { terms.shocked($0, by: move) }
        }
        let scanRange = valuation.priceScanRange.double
        return losses(valuation, terms, base: base) { scenario in
            shocked[scenario.volatilityMove].value(underlying: market.underlying + scenario.priceMove * scanRange)
        }
    }

    /// Σ w·delta(U + a·PSR, σ, T − h) over the set's points (docs/methodology.md §4).
    private static func compositeDelta(
        _ market: SeriesValuation.OptionMarket, _ volatility: Double, scanRange: Double, _ terms: ArrayTerms
    ) -> Double {
        let option = market.model.prepared(volatility: volatility, time: market.time, elapsed: terms.lookAhead)
        return terms.deltaWeights.reduce(0) { sum, point in
            sum + point.weight * option.delta(underlying: market.underlying + point.priceMove * scanRange)
        }
    }
}
