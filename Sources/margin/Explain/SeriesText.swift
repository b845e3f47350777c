import ClearingModel
import EndOfDay
import Operations
import Quantities
import Results
import RiskArrays
import Storage

extension SeriesExplanation {
    /// A line for each input and then for each scenario, with two values and their difference.
    var lines: [String] {
        let array = result.array
        let scenarios = zip(terms.scenarios, revaluations).enumerated().map { index, pair in
            let published = ExactDecimal(minorUnits: array.values[index], decimals: array.arrayDecimals)
            return "  scenario \(index + 1): \(words(pair.0, pair.1)) = \(published)"
        }
        return [
            "series \(array.series), combined commodity \(terms.combinedCommodity), scenario set "
                + "\(result.scenarioSet), \(context.title)",
            "  price scan range \(array.priceScanRange), contract value factor \(valuation.contractValueFactor), "
                + "composite delta \(array.compositeDelta.amount)",
        ] + inputs + prices.map(\.line) + scenarios
    }

    private var inputs: [String] {
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
                    + "\(market.model.words(lookAhead: terms.lookAhead)), volatility \(result.array.volatility ?? 0) "
                    + "(\(result.array.volatilityRule?.rawValue ?? ""))",
                "  loss = weight × contract value factor × (value now − shocked value)",
            ]
        }
    }

    private func words(_ scenario: ArrayScenario, _ revaluation: Revaluation) -> String {
        let factor = valuation.contractValueFactor
        switch revaluation {
        case .linear:
            let denominator = scenario.priceMoveDenominator == .one ? "" : "/\(scenario.priceMoveDenominator)"
            return "−\(scenario.weight) × \(scenario.priceMoveNumerator)\(denominator) × \(valuation.priceScanRange) × "
                + "\(factor)"
        case .costOfCarry(let value, let shocked):
            return "\(scenario.weight) × \(factor) × (\(value) − \(shocked))"
        case .inverse(let relative):
            guard case .inverseFuture(let price) = valuation.kind else { return "" }
            return "−\(scenario.weight) × \(factor) / \(price) × (1 − 1 / (1 + \(relative)))"
        case .option(let value, let shocked, let underlying, let volatility):
            return "\(scenario.weight) × \(factor) × (\(value) − \(shocked) at underlying \(underlying), volatility "
                + "\(volatility))"
        }
    }
}

extension PriceSource {
    /// Its revision, file and line, and why it was corrected.
    fileprivate var line: String {
        let place = sourceLine.map { ", line \($0)" } ?? ""
        let because = reason.map { ", because: \($0)" } ?? ""
        return "  \(kind) price of \(series) \(price): revision \(revision), \(source)\(place), loaded by "
            + "\(loadedBy)\(because)"
    }
}
