import Parameters
import Pricing
import Quantities

extension RiskArrayKernel {
    /// Adds what one long unit of a series loses under each shock, by full revaluation, in published array units
    /// (docs/methodology.md §8.2); `prices` are those of the series' underlying under the same shocks.
    ///
    /// Loss positive, rounded half away from zero as published arrays are; base value, volatility floor and kernel as
    /// in them, `horizon` in the place of the look-ahead, nothing weighted. Linear futures are exact under relative and
    /// absolute moves; the rest comes from Double. Pure: equal inputs give equal bits. An option costs one preparation
    /// a move of its volatility and one value a shock.
    /// - Throws: `StressFault` with the place of the first shock under which the series has no value; the losses before
    ///   it are added.
    package static func addStressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: StressShockList, prices: StressedPrices, to losses: inout [Int64]
    ) throws(StressFaultAtShock) {
        let (factor, scale) = (valuation.contractValueFactor.double, PowersOfTen.double(terms.arrayDecimals))
        switch valuation.kind {
        case .linearFuture:
            try add(shocks, to: &losses) { place throws(StressFault) in
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
            try add(shocks, to: &losses) { place throws(StressFault) in
                let spot = try prices.price(at: place)
                let value = costOfCarryFuture(spot: spot, rate: rate, time: time - horizon.years)
                return try units(of: factor * (base - value), scale)
            }
        case .inverseFuture(let price):
            let contract = InverseContract(notional: factor, price: price)
            try add(shocks, to: &losses) { place throws(StressFault) in
                let moved = try prices.price(at: place)
                guard moved > 0 else { throw .inverseDomain }
                return try units(of: -contract.gain(relativeMove: moved / price - 1), scale)
            }
        case .option(let market):
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            let base = market.model.prepared(volatility: sigma, time: market.time, elapsed: .none)
                .value(underlying: market.underlying)
            let logStrike = market.model.logStrike
            var values = [Double](repeating: 0, count: shocks.shocks.count)
            for (move, own) in shocks.volatilityMoves {
                func shocked(_ volatility: Double) -> Double { max(move.moved(volatility), terms.volatilityFloor) }
                market.model.prepared(
                    volatility: shocked(sigma), time: market.time, elapsed: horizon, shock: shocked
                ).setValues(at: prices.underlyings, shocks.order, own, logStrike: logStrike, in: &values)
            }
            try add(shocks, to: &losses) { place throws(StressFault) in
                _ = try prices.price(at: place)
                return try units(of: factor * (base - values[place]), scale)
            }
        }
    }

    /// Adds the loss under each shock by its place.
    @inline(__always)
    private static func add(
        _ shocks: StressShockList, to losses: inout [Int64],
        _ loss: (Int) throws(StressFault) -> Int64
    ) throws(StressFaultAtShock) {
        for place in shocks.shocks.indices {
            do throws(StressFault) {
                losses.append(try loss(place))
            } catch {
                throw StressFaultAtShock(fault: error, shock: place)
            }
        }
    }

    /// Array units, below 2^63 by more than a rounding; `scale` is the power of ten of their decimals.
    @inline(__always)
    private static func units(of loss: Double, _ scale: Double) throws(StressFault) -> Int64 {
        guard abs(loss) * scale < 9.2e18 else { throw .outOfRange }
        return arrayUnits(rounding: loss, scale: scale)
    }

    /// The losses under shocks that no other series shares, in their order.
    package static func stressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: [StressShock]
    ) throws(StressFaultAtShock) -> [Int64] {
        let list = StressShockList(shocks)
        var losses: [Int64] = []
        try addStressLosses(
            of: valuation, volatility: volatility, terms: terms, horizon: horizon, shocks: list,
            prices: StressedPrices(valuation.underlyingPrice, list), to: &losses)
        return losses
    }
}

/// Which of several shocks leaves a series without a value, and why.
package struct StressFaultAtShock: Error, Hashable, Sendable, CustomStringConvertible {
    package let fault: StressFault
    /// The place of the shock, from 0.
    package let shock: Int

    package var description: String { "shock \(shock + 1): \(fault)" }
}
