import Pricing
import Quantities

/// What one shock makes of a series: its price, volatility and value before and after (docs/methodology.md §8.2).
package struct StressedValue: Sendable {
    /// What scenarios move, in price units: a future's own price, the spot it is carried from, an option's underlying.
    package let price: ExactDecimal
    /// The same once moved, as the kernel takes it.
    package let movedPrice: Double
    /// The same without a rounding; nil after a logarithmic move.
    package let exactMovedPrice: ExactDecimal?
    /// Nil for a future.
    package let volatility: Double?
    /// Not below the volatility floor; nil for a future.
    package let movedVolatility: Double?
    /// Of one long unit per unit of the contract value factor, in price units; of an inverse future −1/price.
    package let value: Double
    /// The same under the shock, the horizon nearer expiry.
    package let movedValue: Double
}

extension RiskArrayKernel {
    /// The prices, volatilities and values whose difference is the loss of `stressLosses`, for who wants to see them.
    ///
    /// Pure, as it.
    /// - Throws: `StressFault` where the series has no value under the shock.
    package static func stressedValue(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shock: StressShock
    ) throws(StressFault) -> StressedValue {
        let price = valuation.underlyingPrice
        let moved = try shock.moved(price)
        var exact: ExactDecimal?
        if let change = try shock.exactChange(of: price) { exact = price.checkedSum(change) }
        var (sigma, movedSigma): (Double?, Double?) = (nil, nil)
        let (value, movedValue): (Double, Double)
        switch valuation.kind {
        case .linearFuture: (value, movedValue) = (price.double, moved)
        case .costOfCarryFuture(let spot, let rate, let time):
            value = costOfCarryFuture(spot: spot, rate: rate, time: time)
            movedValue = costOfCarryFuture(spot: moved, rate: rate, time: time - horizon.years)
        case .inverseFuture(let price):
            guard moved > 0 else { throw .inverseDomain }
            (value, movedValue) = (-1 / price, -1 / moved)
        case .option(let market):
            guard let found = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            let list = StressShockList([shock])
            let volatilities = [max(list.volatilityChanges[0].moved(found), terms.volatilityFloor)]
            (sigma, movedSigma) = (found, volatilities[0])
            value = market.model.value(underlying: market.underlying, volatility: found, time: market.time)
            var values = ScenarioValues(scenarios: 1)
            market.model.setValues(
                &values, time: market.time, horizon: horizon, floor: terms.volatilityFloor, volatilities, list,
                Underlyings([moved]))
            movedValue = values.values[0]
        }
        return StressedValue(
            price: price, movedPrice: moved, exactMovedPrice: exact, volatility: sigma, movedVolatility: movedSigma,
            value: value, movedValue: movedValue)
    }
}
