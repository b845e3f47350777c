import ClearingModel
import EndOfDay
import MarketModel
import Parameters
import Postgres
import Pricing
import Quantities
import RiskArrays
import Runtime
import Scenarios
import Storage

/// Shows how the array of one series came about: its inputs, and each scenario's two values and their difference.
package enum SeriesExplanation {
    /// - Throws: `Failure` 66 if the run has no array of the series.
    package static func lines(
        of code: SeriesCode, in context: RunContext, from connection: Connection
    ) throws -> [String] {
        guard let row = try connection.optional(.explainSeries, [.int64(context.run), .text(code.text)]) else {
            throw Failure(
                .inputMissing, "\(context.title) has no array of series \(code)", hint: context.line(.status))
        }
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, cycle: context.cycle,
            series: house.series, from: connection)
        let parameters = try ParameterSet.load(context.parameters, from: connection)
        let book = try ValuationBook(house: house, market: market, parameters: parameters)
        guard let valuation = book.valuations.first(where: { house.series[$0.series].code == code }) else {
            throw Failure(.invariantBroken, "series \(code) has an array but no valuation")
        }
        let terms = book.terms[valuation.terms]
        let decimals = Int(try row.int16("array_decimals"))
        let volatility = try row.doubleOrNull("volatility")
        let rule = try row.textOrNull("volatility_rule") ?? ""
        let array = try row.int64Array("risk_array")
        var lines = [
            "series \(code), combined commodity \(terms.combinedCommodity), scenario set "
                + "\(try row.text("scenario_set")), \(context.title)",
            "  price scan range \(try row.amount("price_scan_range")), contract value factor "
                + "\(valuation.contractValueFactor), composite delta \(try row.amount("composite_delta"))",
        ]
        lines += inputs(valuation, volatility, rule, terms)
        lines += try priceRows(code, context, connection)
        for (index, scenario) in terms.scenarios.enumerated() {
            let published = ExactDecimal(minorUnits: array[index], decimals: decimals)
            lines.append(
                "  scenario \(index + 1): \(line(valuation, scenario, terms, volatility)) = \(published)")
        }
        return lines
    }

    /// The price rows it was valued from: revision, file, line, and why it was corrected.
    private static func priceRows(
        _ code: SeriesCode, _ context: RunContext, _ connection: Connection
    ) throws -> [String] {
        let parameters: [Value] = [
            .int64(context.pinnedLoad), context.businessDate.value, .text(code.text), context.cycle.value,
        ]
        return try connection.rows(.explainPriceRows, parameters).map { row in
            let line = try row.int64OrNull("source_line").map { ", line \($0)" } ?? ""
            let reason = try row.textOrNull("reason").map { ", because: \($0)" } ?? ""
            return
                "  \(try row.text("price_kind")) price of \(try row.text("series")) \(try row.amount("price")): "
                + "revision \(try row.int32("revision")), \(try row.text("source"))\(line), loaded by "
                + "\(try row.text("loaded_by"))\(reason)"
        }
    }

    private static func inputs(
        _ valuation: SeriesValuation, _ volatility: Double?, _ rule: String, _ terms: ArrayTerms
    ) -> [String] {
        switch valuation.kind {
        case .linearFuture: ["  linear future: loss = −weight × move × price scan range × contract value factor"]
        case .costOfCarryFuture(let spot, let rate, let time):
            [
                "  cost-of-carry future: spot \(spot), rate \(rate), time \(time) years, look-ahead "
                    + "\(terms.lookAhead.years)"
            ]
        case .inverseFuture(let price):
            [
                "  inverse future: notional \(valuation.contractValueFactor), price \(price)",
                "  loss = −weight × notional / price × (1 − 1 / (1 + move × price scan range / price))",
            ]
        case .option(let market):
            [
                "  \(market.model.right) struck at \(market.strike), expiry \(market.expiryDate), time \(market.time) "
                    + "years, look-ahead \(terms.lookAhead.years)",
                "  underlying \(market.underlyingPrice), settlement \(market.settlement), "
                    + "\(market.model.words(lookAhead: terms.lookAhead)), volatility \(volatility ?? 0) (\(rule))",
                "  loss = weight × contract value factor × (value now − shocked value)",
            ]
        }
    }

    private static func line(
        _ valuation: SeriesValuation, _ scenario: ArrayScenario, _ terms: ArrayTerms, _ volatility: Double?
    ) -> String {
        let denominator = scenario.priceMoveDenominator == .one ? "" : "/\(scenario.priceMoveDenominator)"
        let move = "\(scenario.priceMoveNumerator)\(denominator)"
        switch valuation.kind {
        case .linearFuture:
            return "−\(scenario.weight) × \(move) × \(valuation.priceScanRange) × \(valuation.contractValueFactor)"
        case .costOfCarryFuture(let spot, let rate, let time):
            let shocked = spot + scenario.priceMove * valuation.priceScanRange.double
            return "\(scenario.weight) × \(valuation.contractValueFactor) × ("
                + "\(costOfCarryFuture(spot: spot, rate: rate, time: time)) − "
                + "\(costOfCarryFuture(spot: shocked, rate: rate, time: time - terms.lookAhead.years)))"
        case .inverseFuture(let price):
            let relative = scenario.priceMove * valuation.priceScanRange.double / price
            return "−\(scenario.weight) × \(valuation.contractValueFactor) / \(price) × (1 − 1 / (1 + \(relative)))"
        case .option(let market):
            let sigma = volatility ?? terms.volatilityFloor
            let shockedSigma = terms.shocked(sigma, by: terms.volatilityMoves[scenario.volatilityMove])
            let shockedPrice = market.underlying + scenario.priceMove * valuation.priceScanRange.double
            let base = market.model.value(underlying: market.underlying, volatility: sigma, time: market.time)
            let shocked = market.model.value(
                underlying: shockedPrice, volatility: shockedSigma, time: market.time, elapsed: terms.lookAhead
            ) { terms.shocked($0, by: terms.volatilityMoves[scenario.volatilityMove]) }
            return "\(scenario.weight) × \(valuation.contractValueFactor) × (\(base) − \(shocked) at underlying "
                + "\(shockedPrice), volatility \(shockedSigma))"
        }
    }
}
