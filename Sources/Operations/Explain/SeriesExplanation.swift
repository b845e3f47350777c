import ClearingModel
import EndOfDay
import MarketModel
import Parameters
import Pricing
import Quantities
import Results
import RiskArrays
import Runtime
import Scenarios
import Storage

/// How the array of one series of a run came about: its inputs, and in each scenario the values whose difference is the
/// loss.
package struct SeriesExplanation: Sendable {
    /// What a scenario does to a series' value, in price units; its loss is the difference, weighted.
    package enum Revaluation: Sendable {
        /// The loss follows from the move alone.
        case linear
        case costOfCarry(value: Double, shocked: Double)
        /// The move as a fraction of the price.
        case inverse(relativeMove: Double)
        case option(value: Double, shocked: Double, underlying: Double, volatility: Double)
    }

    package let context: RunContext
    package let result: SeriesArrayResult
    /// The series' prices and its underlying's.
    package let prices: [PriceSource]
    package let valuation: SeriesValuation
    package let terms: ArrayTerms
    /// In the order of the terms' scenarios.
    package let revaluations: [Revaluation]

    /// The published array alone.
    ///
    /// - Throws: `Failure` 66 if the run has no array of the series.
    package static func array(
        of code: SeriesCode, in context: RunContext, from database: Database
    ) throws -> SeriesArrayResult {
        guard let result = try PublishedArrayStore(database).array(of: code, run: context.run) else {
            throw Failure(
                .inputMissing, "\(context.title) has no array of series \(code)", hint: context.line(.status))
        }
        return result
    }

    /// Values the series again from the inputs that the run has pinned.
    ///
    /// - Throws: `Failure` 66 if the run has no array of the series.
    package static func load(
        _ code: SeriesCode, in context: RunContext, from database: Database
    ) throws -> SeriesExplanation {
        let result = try array(of: code, in: context, from: database)
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, from: database)
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, cycle: context.cycle,
            series: house.series, from: database)
        let parameters = try ParameterSet.load(context.parameters, from: database)
        let book = try ValuationBook(house: house, market: market, parameters: parameters)
        guard let valuation = book.valuations.first(where: { house.series[$0.series].code == code }) else {
            throw Failure(.invariantBroken, "series \(code) has an array but no valuation")
        }
        let terms = book.terms[valuation.terms]
        let prices = try PriceSourceStore(database).prices(
            behind: code, pin: context.pinnedLoad, context.businessDate, context.cycle)
        return SeriesExplanation(
            context: context, result: result, prices: prices, valuation: valuation, terms: terms,
            revaluations: terms.scenarios.map {
                revaluation(of: valuation, in: $0, terms, volatility: result.array.volatility)
            })
    }

    private static func revaluation(
        of valuation: SeriesValuation, in scenario: ArrayScenario, _ terms: ArrayTerms, volatility: Double?
    ) -> Revaluation {
        let move = scenario.priceMove * valuation.priceScanRange.double
        switch valuation.kind {
        case .linearFuture: return .linear
        case .costOfCarryFuture(let spot, let rate, let time):
            return .costOfCarry(
                value: costOfCarryFuture(spot: spot, rate: rate, time: time),
                shocked: costOfCarryFuture(spot: spot + move, rate: rate, time: time - terms.lookAhead.years))
        case .inverseFuture(let price): return .inverse(relativeMove: move / price)
        case .option(let market):
            let sigma = volatility ?? terms.volatilityFloor
            let volatilityMove = terms.volatilityMoves[scenario.volatilityMove]
            let shockedSigma = terms.shocked(sigma, by: volatilityMove)
            let shockedPrice = market.underlying + move
            return .option(
                value: market.model.value(underlying: market.underlying, volatility: sigma, time: market.time),
                shocked: market.model.value(
                    underlying: shockedPrice, volatility: shockedSigma, time: market.time, elapsed: terms.lookAhead
                ) { terms.shocked($0, by: volatilityMove) },
                underlying: shockedPrice, volatility: shockedSigma)
        }
    }
}
