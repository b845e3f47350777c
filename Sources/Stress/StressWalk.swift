import ClearingModel
import Parameters
import Quantities
import RiskArrays

/// How the exposure of one account or owner in one scenario comes about, down to prices (docs/methodology.md §8.2,
/// §8.3): positions add up to combined commodities, these to currencies, and these, converted and rounded once each, to
/// the exposure.
package struct StressWalk: Sendable {
    /// One series that is held.
    package struct PositionStep: Sendable {
        package let series: SeriesCode
        /// Units, 0 or more; of a net position one of the two is 0.
        package let long: Int64
        package let short: Int64
        /// SA: what one long unit loses, + loss, whole array units, in money of the currency.
        package let loss: ExactDecimal
        /// v: settlement times contract value factor of a premium-style option, else 0.
        package let netOptionValue: ExactDecimal
        /// What closing it out costs, + a cost, exact.
        package let cost: ExactDecimal
        package let contractValueFactor: ExactDecimal
        /// The row of the scenario that moves the series.
        package let move: StressMove
        package let value: StressedValue
    }

    /// One combined commodity.
    package struct CommodityStep: Sendable {
        package let combinedCommodity: CombinedCommodityCode
        package let positions: [PositionStep]
        package var cost: ExactDecimal { positions.reduce(.zero) { $0 + $1.cost } }
    }

    /// One currency of positions.
    package struct CurrencyStep: Sendable {
        package let currency: CurrencyCode
        package let commodities: [CommodityStep]
        /// Units of the base currency for one.
        package let rate: ExactDecimal
        /// The cost times the rate in minor units of the base currency, rounded once, half away from zero.
        package let inBase: Int64
        package var cost: ExactDecimal { commodities.reduce(.zero) { $0 + $1.cost } }
    }

    /// Whether every long and every short is closed out on its own, without a gain.
    package let isGross: Bool
    package let currencies: [CurrencyStep]
    /// E: minor units of the base currency.
    package var exposure: Int64 { currencies.reduce(0) { $0 + $1.inBase } }
}

extension StressBook {
    /// Walks one portfolio, by its place, under a scenario; every series it holds is valued again.
    /// - Throws: `StressRefusal` for a series without a row of the scenario, or without a value under it.
    package func walk(_ portfolio: Int, under scenario: StressScenario) throws(StressRefusal) -> StressWalk {
        let portfolio = portfolios[portfolio]
        var currencies: [StressWalk.CurrencyStep] = []
        var rest = positions[portfolio.positions]
        while let first = rest.first {
            let currency = currency(of: first)
            var commodities: [StressWalk.CommodityStep] = []
            while let next = rest.first, self.currency(of: next) == currency {
                let commodity = series[Int(next.series)].combinedCommodity
                let held = rest.prefix { series[Int($0.series)].combinedCommodity == commodity }
                rest = rest.dropFirst(held.count)
                var steps: [StressWalk.PositionStep] = []
                for position in held { steps.append(try step(position, portfolio, scenario)) }
                commodities.append(
                    StressWalk.CommodityStep(combinedCommodity: self.commodities[commodity].code, positions: steps))
            }
            let stressed = self.currencies[currency]
            let cost = commodities.reduce(ExactDecimal.zero) { $0 + $1.cost }
            currencies.append(
                StressWalk.CurrencyStep(
                    currency: stressed.currency.code, commodities: commodities, rate: stressed.rate,
                    inBase: stressed.inBase(cost.roundedMantissa(scale: stressed.scale))))
        }
        return StressWalk(isGross: portfolio.isGross, currencies: currencies)
    }

    private func currency(of position: Position) -> Int {
        commodities[series[Int(position.series)].combinedCommodity].currency
    }

    private func step(
        _ position: Position, _ portfolio: StressPortfolio, _ scenario: StressScenario
    ) throws(StressRefusal) -> StressWalk.PositionStep {
        let series = series[Int(position.series)]
        let commodity = commodities[series.combinedCommodity]
        guard let move = scenario.move(of: commodity.code, series.month) else {
            throw StressRefusal(
                .moveMissing, "\(scenario.code) \(series.code)", table: "stress_move",
                "the scenario has no row for its contract month")
        }
        let (loss, value) = try revalued(series, commodity, StressShock(move), scenario)
        let perUnit = loss - series.netOptionValue
        let (long, short) = (ExactDecimal(Int(position.long)), ExactDecimal(Int(position.short)))
        let cost =
            portfolio.isGross
            ? long * max(.zero, perUnit) + short * max(.zero, .zero - perUnit) : (long - short) * perUnit
        return StressWalk.PositionStep(
            series: series.code, long: position.long, short: position.short, loss: loss,
            netOptionValue: series.netOptionValue, cost: cost,
            contractValueFactor: revaluation(of: series).valuation.contractValueFactor, move: move, value: value)
    }

    private func revalued(
        _ series: StressedSeries, _ commodity: StressedCommodity, _ shock: StressShock, _ scenario: StressScenario
    ) throws(StressRefusal) -> (loss: ExactDecimal, value: StressedValue) {
        let found = revaluation(of: series)
        func refused(_ fault: StressFault) -> StressRefusal {
            StressRefusal(
                fault.rule, "\(scenario.code) \(series.code)", table: "stress_move", column: "price_move",
                "\(fault): it is at \(found.valuation.underlyingPrice)")
        }
        let losses: [Int64]
        do throws(StressFaultAtShock) {
            losses = try RiskArrayKernel.stressLosses(
                of: found.valuation, volatility: series.volatility, terms: found.terms, horizon: found.horizon,
                shocks: [shock])
        } catch {
            throw refused(error.fault)
        }
        do throws(StressFault) {
            let value = try RiskArrayKernel.stressedValue(
                of: found.valuation, volatility: series.volatility, terms: found.terms, horizon: found.horizon,
                shock: shock)
            return (ExactDecimal(minorUnits: losses[0], decimals: commodity.arrayDecimals), value)
        } catch {
            throw refused(error)
        }
    }
}
