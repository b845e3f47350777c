import Pricing
import Quantities
import Scenarios

/// What the risk factors of one instrument do in each scenario of a historical set.
package struct InstrumentMoves: Sendable {
    /// How a move is applied, and the moves by scenario.
    package struct Factor: Sendable {
        package let returnKind: ReturnKind
        package let moves: [Double]
        /// By scenario, what a level is multiplied by, or what is added to it: worked out once for all instruments.
        private let changes: [Double]

        package init(returnKind: ReturnKind, moves: [Double]) {
            self.returnKind = returnKind
            self.moves = moves
            changes = moves.map { returnKind.change(by: $0) }
        }

        /// The moves of logarithmic returns, with their factors.
        var logarithms: LogarithmicMoves { LogarithmicMoves(moves: moves, factors: changes) }

        /// A level after the move of a scenario.
        @inline(__always) func moved(_ level: Double, _ scenario: Int) -> Double {
            returnKind.changed(level, by: changes[scenario])
        }
    }

    package let price: Factor
    /// Nil where the volatility stays.
    package let volatility: Factor?

    /// Both factors have the same scenarios.
    package init(price: Factor, volatility: Factor?) {
        precondition(volatility.map { $0.moves.count == price.moves.count } ?? true, "factors share their scenarios")
        self.price = price
        self.volatility = volatility
    }
}

extension RiskArrayKernel {
    /// What one long unit of a series loses in each scenario, by full revaluation, in published array units
    /// (docs/methodology.md §7).
    ///
    /// Loss positive, rounded as published arrays are; look-ahead and volatility floor as in them. Pure: equal inputs
    /// give equal bits. An option costs one preparation and one value a scenario.
    package static func simulatedLosses(
        of valuation: SeriesValuation, volatility: SeriesVolatility?, terms: ArrayTerms, moves: InstrumentMoves
    ) -> [Int64] {
        let factor = valuation.contractValueFactor.double
        let scale = PowersOfTen.double(terms.arrayDecimals)
        func losses(base: Double, _ shockedValue: (Int) -> Double) -> [Int64] {
            moves.price.moves.indices.map { scenario in
                arrayUnits(rounding: factor * (base - shockedValue(scenario)), scale: scale)
            }
        }
        func moved(_ price: Double, _ scenario: Int) -> Double { moves.price.moved(price, scenario) }
        switch valuation.kind {
        case .linearFuture(let price):
            // Not by way of the price: what cancels would move a tie off its boundary.
            if moves.price.returnKind == .absolute { return losses(base: 0) { moves.price.moves[$0] } }
            return losses(base: price) { moved(price, $0) }
        case .costOfCarryFuture(let spot, let rate, let time):
            return losses(base: costOfCarryFuture(spot: spot, rate: rate, time: time)) { scenario in
                costOfCarryFuture(spot: moved(spot, scenario), rate: rate, time: time - terms.lookAhead.years)
            }
        case .inverseFuture(let price):
            let contract = InverseContract(notional: factor, price: price)
            return moves.price.moves.indices.map { scenario in
                let gain = contract.gain(relativeMove: moved(price, scenario) / price - 1)
                return arrayUnits(rounding: -gain, decimals: terms.arrayDecimals)
            }
        case .option(let market):
            guard let sigma = volatility?.volatility else {
                preconditionFailure("every option has a volatility before it is revalued")
            }
            let base = market.model.prepared(volatility: sigma, time: market.time, elapsed: .none)
                .value(underlying: market.underlying)
            func prepared(_ shock: @escaping (Double) -> Double) -> PreparedOptionValuation {
                market.model.prepared(
                    volatility: shock(sigma), time: market.time, elapsed: terms.lookAhead, shock: shock)
            }
            guard let volatilities = moves.volatility else {
                let option = prepared { max($0, terms.volatilityFloor) }
                if case .plain(let option) = option, moves.price.returnKind == .log {
                    return option.values(underlying: market.underlying, moves: moves.price.logarithms)
                        .map { arrayUnits(rounding: factor * (base - $0), scale: scale) }
                }
                return losses(base: base) { option.value(underlying: moved(market.underlying, $0)) }
            }
            return losses(base: base) { scenario in
                prepared {
                    max(volatilities.moved($0, scenario), terms.volatilityFloor)
                }
                .value(underlying: moved(market.underlying, scenario))
            }
        }
    }
}
