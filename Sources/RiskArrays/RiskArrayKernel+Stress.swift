import Parameters
import Pricing
import Quantities

extension RiskArrayKernel {
    /// What one long unit of a series loses under each shock, by full revaluation, in published array units
    /// (docs/methodology.md §8.2).
    ///
    /// Loss positive, rounded half away from zero as published arrays are; base value, volatility floor and kernel as
    /// in them, `horizon` in the place of the look-ahead, nothing weighted. Linear futures are exact under relative and
    /// absolute moves; the rest comes from Double. Pure: equal inputs give equal bits. An option costs one preparation
    /// and one value a shock.
    /// - Throws: `StressFault` with the place of the first shock under which the series has no value.
    package static func stressLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, horizon: LookAhead,
        shocks: some Collection<StressShock>
    ) throws(StressFaultAtShock) -> [Int64] {
        let factor = valuation.contractValueFactor.double
        let base: Double
        if case .option(let market) = valuation.kind {
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            base = market.model.prepared(volatility: sigma, time: market.time, elapsed: .none)
                .value(underlying: market.underlying)
        } else if case .costOfCarryFuture(let spot, let rate, let time) = valuation.kind {
            base = costOfCarryFuture(spot: spot, rate: rate, time: time)
        } else {
            base = valuation.underlyingPrice.double
        }
        var prepared: [PreparedMove] = []
        var losses: [Int64] = []
        losses.reserveCapacity(shocks.count)
        for (place, shock) in shocks.enumerated() {
            do throws(StressFault) {
                losses.append(
                    try stressLoss(
                        of: valuation, volatility, terms, horizon: horizon, shock, base: base, factor: factor,
                        &prepared))
            } catch {
                throw StressFaultAtShock(fault: error, shock: place)
            }
        }
        return losses
    }

    private static func stressLoss(
        of valuation: SeriesValuation, _ volatility: SeriesVolatility?, _ terms: ArrayTerms, horizon: LookAhead,
        _ shock: StressShock, base: Double, factor: Double, _ prepared: inout [PreparedMove]
    ) throws(StressFault) -> Int64 {
        let loss: Double
        switch valuation.kind {
        case .linearFuture:
            if let change = try shock.exactChange(of: valuation.underlyingPrice) {
                guard
                    let units = (-change).minorUnits(
                        times: valuation.contractValueFactor, decimals: terms.arrayDecimals)
                else { throw .outOfRange }
                return units
            }
            loss = factor * (base - (try shock.moved(valuation.underlyingPrice)))
        case .costOfCarryFuture(_, let rate, let time):
            let spot = try shock.moved(valuation.underlyingPrice)
            loss = factor * (base - costOfCarryFuture(spot: spot, rate: rate, time: time - horizon.years))
        case .inverseFuture(let price):
            let moved = try shock.moved(valuation.underlyingPrice)
            guard moved > 0 else { throw .inverseDomain }
            loss = -InverseContract(notional: factor, price: price).gain(relativeMove: moved / price - 1)
        case .option(let market):
            let underlying = try shock.moved(valuation.underlyingPrice)
            if let known = prepared.first(where: { $0.move == shock.volatility }) {
                loss = factor * (base - known.option.value(underlying: underlying))
                break
            }
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            func shocked(_ volatility: Double) -> Double { max(shock.moved(volatility), terms.volatilityFloor) }
            let option = market.model.prepared(
                volatility: shocked(sigma), time: market.time, elapsed: horizon, shock: shocked)
            prepared.append(PreparedMove(move: shock.volatility, option: option))
            loss = factor * (base - option.value(underlying: underlying))
        }
        // Below 2^63 by more than a rounding.
        guard abs(loss) * PowersOfTen.double(terms.arrayDecimals) < 9.2e18 else { throw .outOfRange }
        return arrayUnits(rounding: loss, decimals: terms.arrayDecimals)
    }
}

/// An option made ready for one move of its volatility, which several shocks share.
private struct PreparedMove {
    let move: StressVolatilityMove
    let option: PreparedOptionValuation
}

/// Which of several shocks leaves a series without a value, and why.
package struct StressFaultAtShock: Error, Hashable, Sendable, CustomStringConvertible {
    package let fault: StressFault
    /// The place of the shock, from 0.
    package let shock: Int

    package var description: String { "shock \(shock + 1): \(fault)" }
}
