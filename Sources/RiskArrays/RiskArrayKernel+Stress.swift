import Parameters
import Pricing
import Quantities

/// What one series after another loses under the same shocks, with the room that it takes to work that out: none
/// allocates its own.
package struct StressLosses: Sendable {
    /// Array units, by shock: + loss, of the series that was valued last.
    package fileprivate(set) var units: [Int64]
    fileprivate var values: ScenarioValues
    fileprivate var volatilities: [Double] = []

    package init(shocks: Int) {
        units = [Int64](repeating: 0, count: shocks)
        values = ScenarioValues(scenarios: shocks)
    }
}

extension RiskArrayKernel {
    /// What one long unit of a series loses under each shock, by full revaluation, in published array units
    /// (docs/methodology.md §8.2); `prices` are those of the series' underlying under the same shocks.
    ///
    /// Loss positive, rounded half away from zero as published arrays are; base value, volatility floor and kernel as
    /// in them, `horizon` in the place of the look-ahead, nothing weighted. Linear futures are exact under relative and
    /// absolute moves; the rest comes from Double. Pure: equal inputs give equal bits. An option costs one preparation
    /// a move of its volatility and one value a shock.
    /// - Throws: `StressFault` with the place of the first shock under which the series has no value.
    package static func setStressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: StressShockList, prices: StressedPrices, in losses: inout StressLosses
    ) throws(StressFaultAtShock) {
        let (factor, scale) = (valuation.contractValueFactor.double, PowersOfTen.double(terms.arrayDecimals))
        switch valuation.kind {
        case .linearFuture:
            try set(&losses) { place throws(StressFault) in
                guard let change = try shocks.shocks[place].exactChange(of: valuation.underlyingPrice) else {
                    let loss = valuation.underlyingPrice.double - (try prices.price(at: place))
                    return try units(of: factor * loss, scale)
                }
                guard
                    let units = (-change).minorUnits(
                        times: valuation.contractValueFactor, decimals: terms.arrayDecimals)
                else { throw .outOfRange }
                return units
            }
        case .costOfCarryFuture(let spot, let rate, let time):
            let base = costOfCarryFuture(spot: spot, rate: rate, time: time)
            try set(&losses) { place throws(StressFault) in
                let spot = try prices.price(at: place)
                let value = costOfCarryFuture(spot: spot, rate: rate, time: time - horizon.years)
                return try units(of: factor * (base - value), scale)
            }
        case .inverseFuture(let price):
            let contract = InverseContract(notional: factor, price: price)
            try set(&losses) { place throws(StressFault) in
                let moved = try prices.price(at: place)
                guard moved > 0 else { throw .inverseDomain }
                return try units(of: -contract.gain(relativeMove: moved / price - 1), scale)
            }
        case .option(let market):
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            let base = market.model.value(underlying: market.underlying, volatility: sigma, time: market.time)
            losses.volatilities.removeAll(keepingCapacity: true)
            for change in shocks.volatilityChanges {
                losses.volatilities.append(max(change.moved(sigma), terms.volatilityFloor))
            }
            market.model.setValues(
                &losses.values, time: market.time, horizon: horizon, floor: terms.volatilityFloor, losses.volatilities,
                shocks, prices.underlyings)
            try setUnits(&losses, factor: factor, base: base, scale: scale, prices)
        }
    }

    /// Rounds the losses of an option whose values have been set.
    private static func setUnits(
        _ losses: inout StressLosses, factor: Double, base: Double, scale: Double, _ prices: StressedPrices
    ) throws(StressFaultAtShock) {
        let found = losses.values.values
        let values = found.span
        var units = losses.units.mutableSpan
        for place in 0..<min(prices.count, values.count, units.count) {
            let loss = factor * (base - values[place])
            guard isInRange(loss, scale) else { throw StressFaultAtShock(fault: .outOfRange, shock: place) }
            units[place] = arrayUnits(rounding: loss, scale: scale)
        }
        if let fault = prices.fault { throw fault }
    }

    /// Sets the loss under each shock by its place.
    @inline(__always)
    private static func set(
        _ losses: inout StressLosses, _ loss: (Int) throws(StressFault) -> Int64
    ) throws(StressFaultAtShock) {
        for place in losses.units.indices {
            do throws(StressFault) {
                losses.units[place] = try loss(place)
            } catch {
                throw StressFaultAtShock(fault: error, shock: place)
            }
        }
    }

    /// Whether a loss stays below 2^63 array units by more than a rounding; false of what is not a number.
    @inline(__always)
    private static func isInRange(_ loss: Double, _ scale: Double) -> Bool { abs(loss) * scale < 9.2e18 }

    /// Array units; `scale` is the power of ten of their decimals.
    @inline(__always)
    private static func units(of loss: Double, _ scale: Double) throws(StressFault) -> Int64 {
        guard isInRange(loss, scale) else { throw .outOfRange }
        return arrayUnits(rounding: loss, scale: scale)
    }

    /// The losses under shocks that no other series shares, in their order.
    package static func stressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: [StressShock]
    ) throws(StressFaultAtShock) -> [Int64] {
        let list = StressShockList(shocks)
        var losses = StressLosses(shocks: shocks.count)
        try setStressLosses(
            of: valuation, volatility: volatility, terms: terms, horizon: horizon, shocks: list,
            prices: StressedPrices(valuation.underlyingPrice, list), in: &losses)
        return losses.units
    }
}

/// Which of several shocks leaves a series without a value, and why.
package struct StressFaultAtShock: Error, Hashable, Sendable, CustomStringConvertible {
    package let fault: StressFault
    /// The place of the shock, from 0.
    package let shock: Int

    package var description: String { "shock \(shock + 1): \(fault)" }
}
