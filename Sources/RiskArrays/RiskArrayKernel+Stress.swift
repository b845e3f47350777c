import Parameters
import Pricing
import Quantities

extension RiskArrayKernel {
    /// What one long unit of a series loses under each shock, by full revaluation, in published array units
    /// (docs/methodology.md §8.2); `prices` are those of the series' underlying under the same shocks.
    ///
    /// Loss positive, rounded half away from zero as published arrays are; base value, volatility floor and kernel as
    /// in them, `horizon` in the place of the look-ahead, nothing weighted. Linear futures are exact under relative and
    /// absolute moves; the rest comes from Double. Pure: equal inputs give equal bits. An option costs one preparation
    /// a move of its volatility and one value a shock.
    /// - Throws: `StressFault` with the place of the first shock under which the series has no value.
    package static func stressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: StressShockList, prices: StressedPrices
    ) throws(StressFaultAtShock) -> [Int64] {
        let (factor, decimals) = (valuation.contractValueFactor.double, terms.arrayDecimals)
        switch valuation.kind {
        case .linearFuture:
            return try losses(shocks) { place, shock throws(StressFault) in
                guard let change = try shock.exactChange(of: valuation.underlyingPrice) else {
                    let loss = valuation.underlyingPrice.double - (try prices.price(at: place))
                    return try units(of: factor * loss, decimals)
                }
                guard let units = (-change).minorUnits(times: valuation.contractValueFactor, decimals: decimals)
                else { throw .outOfRange }
                return units
            }
        case .costOfCarryFuture(let spot, let rate, let time):
            let base = costOfCarryFuture(spot: spot, rate: rate, time: time)
            return try losses(shocks) { place, _ throws(StressFault) in
                let spot = try prices.price(at: place)
                let value = costOfCarryFuture(spot: spot, rate: rate, time: time - horizon.years)
                return try units(of: factor * (base - value), decimals)
            }
        case .inverseFuture(let price):
            let contract = InverseContract(notional: factor, price: price)
            return try losses(shocks) { place, _ throws(StressFault) in
                let moved = try prices.price(at: place)
                guard moved > 0 else { throw .inverseDomain }
                return try units(of: -contract.gain(relativeMove: moved / price - 1), decimals)
            }
        case .option(let market):
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            let base = market.model.prepared(volatility: sigma, time: market.time, elapsed: .none)
                .value(underlying: market.underlying)
            let prepared = shocks.volatilityMoves.map { move in
                func shocked(_ volatility: Double) -> Double { max(move.moved(volatility), terms.volatilityFloor) }
                return market.model.prepared(
                    volatility: shocked(sigma), time: market.time, elapsed: horizon, shock: shocked)
            }
            return try losses(shocks) { place, _ throws(StressFault) in
                let value = prepared[shocks.volatilityPlaces[place]].value(underlying: try prices.price(at: place))
                return try units(of: factor * (base - value), decimals)
            }
        }
    }

    /// The loss under each shock by its place.
    @inline(__always)
    private static func losses(
        _ shocks: StressShockList, _ loss: (Int, StressShock) throws(StressFault) -> Int64
    ) throws(StressFaultAtShock) -> [Int64] {
        var losses: [Int64] = []
        losses.reserveCapacity(shocks.shocks.count)
        for (place, shock) in shocks.shocks.enumerated() {
            do throws(StressFault) {
                losses.append(try loss(place, shock))
            } catch {
                throw StressFaultAtShock(fault: error, shock: place)
            }
        }
        return losses
    }

    /// Array units, below 2^63 by more than a rounding.
    private static func units(of loss: Double, _ decimals: Int) throws(StressFault) -> Int64 {
        guard abs(loss) * PowersOfTen.double(decimals) < 9.2e18 else { throw .outOfRange }
        return arrayUnits(rounding: loss, decimals: decimals)
    }

    /// The same of one list of shocks that no other series shares.
    package static func stressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: [StressShock]
    ) throws(StressFaultAtShock) -> [Int64] {
        let list = StressShockList(shocks)
        return try stressLosses(
            of: valuation, volatility: volatility, terms: terms, horizon: horizon, shocks: list,
            prices: StressedPrices(valuation.underlyingPrice, list))
    }
}

/// Which of several shocks leaves a series without a value, and why.
package struct StressFaultAtShock: Error, Hashable, Sendable, CustomStringConvertible {
    package let fault: StressFault
    /// The place of the shock, from 0.
    package let shock: Int

    package var description: String { "shock \(shock + 1): \(fault)" }
}
