import ClearingModel
import Pricing

/// What an option is priced by, with the part of its market that scenarios do not move.
package enum OptionValuationModel: Sendable {
    case plain(VanillaOption)
    /// On an average; the start of averaging in years and in calendar days, not above 0 once it has begun.
    case averagePrice(AveragePriceTerms, timeToAveraging: Double, daysToAveraging: Int)
    /// On the first underlying's price less the second's, which stays where it is.
    case spread(SpreadOptionTerms, SpreadMarket)

    /// The second leg of a spread option.
    package struct SpreadMarket: Sendable {
        package let second: Double
        package let secondVolatility: Double
        package let correlation: Double
    }

    package var right: OptionRight {
        switch self {
        case .plain(let terms): terms.right
        case .averagePrice(let terms, _, _): terms.right
        case .spread(let terms, _): terms.right
        }
    }

    /// Whether volatilities are in price units.
    package var isNormal: Bool {
        if case .plain(let terms) = self { return terms.model == .bachelier }
        return false
    }

    /// The option at one volatility, `elapsed` on; `shock` gives a spread's second volatility.
    ///
    /// What the time that has elapsed adds to an average is made at the underlying it is then valued at.
    func prepared(
        volatility: Double, time: Double, elapsed: LookAhead, shock: (Double) -> Double = { $0 }
    ) -> PreparedOptionValuation {
        let time = time - elapsed.years
        return switch self {
        case .plain(let terms): .plain(PreparedOption(terms, volatility: volatility, time: time))
        case .averagePrice(let terms, let timeToAveraging, let daysToAveraging):
            .averagePrice(
                PreparedAveragePriceOption(
                    terms, volatility: volatility, timeToNextFixing: timeToAveraging - elapsed.years, time: time,
                    fixingsPassed: elapsed.calendarDays - Double(max(daysToAveraging, 0))))
        case .spread(let terms, let market):
            .spread(
                PreparedSpreadOption(
                    terms,
                    volatility: SpreadVolatility(
                        first: volatility, second: shock(market.secondVolatility), correlation: market.correlation),
                    time: time),
                second: market.second)
        }
    }

    /// The value of one long option, in price units; see `prepared`.
    package func value(
        underlying: Double, volatility: Double, time: Double, elapsed: LookAhead = .none,
        shock: (Double) -> Double = { $0 }
    ) -> Double {
        if case .plain(let terms) = self {
            return optionValue(
                terms, underlying: underlying, volatility: volatility, time: time - elapsed.years)
        }
        return prepared(volatility: volatility, time: time, elapsed: elapsed, shock: shock)
            .value(underlying: underlying)
    }

    /// The value under each of some shocks, `horizon` on; `volatilities` are those that the shocks' moves make, in
    /// their order, none below the floor.
    func setValues(
        _ values: inout ScenarioValues, time: Double, horizon: LookAhead, floor: Double, _ volatilities: [Double],
        _ shocks: StressShockList, _ underlyings: Underlyings
    ) {
        if case .plain(let terms) = self {
            return values.set(
                terms, volatilities: volatilities, of: shocks.volatilityOf, time: time - horizon.years,
                at: underlyings, logStrike: terms.logStrike)
        }
        let options = zip(volatilities, shocks.volatilityChanges).map { volatility, change in
            prepared(volatility: volatility, time: time, elapsed: horizon) { max(change.moved($0), floor) }
        }
        values.set { options[shocks.volatilityOf[$0]].value(underlying: underlyings.prices[$0]) }
    }

    /// The model's own figures in words, for an explanation; an average's with what the look-ahead adds to it.
    package func words(lookAhead: LookAhead) -> String {
        switch self {
        case .plain(let terms): return "rate \(terms.rate)"
        case .averagePrice(let terms, let timeToAveraging, let daysToAveraging):
            let passed = min(
                max(lookAhead.calendarDays - Double(max(daysToAveraging, 0)), 0), Double(terms.fixingsLeft))
            return "rate \(terms.rate), averaging from \(timeToAveraging) years, \(terms.fixingsMade) days at "
                + "average \(terms.runningAverage), \(terms.fixingsLeft) to come, of which the look-ahead makes "
                + "\(passed) at the shocked underlying"
        case .spread(let terms, let market):
            return "rate \(terms.rate), second price \(market.second) of volatility \(market.secondVolatility), "
                + "correlation \(market.correlation)"
        }
    }

    /// Delta, gamma, vega, theta and rho of one long option, in price units; of what has no closed form by central
    /// differences: gamma 1e-3·U, vega 1e-3·σ, rho 1e-5.
    func greeks(underlying: Double, volatility: Double, time: Double) -> OptionGreeks {
        if case .plain(let terms) = self {
            return optionGreeks(terms, underlying: underlying, volatility: volatility, time: time)
        }
        let option = prepared(volatility: volatility, time: time, elapsed: .none)
        let middle = option.value(underlying: underlying)
        let step = 1e-3 * abs(underlying)
        let volatilityStep = 1e-3 * volatility
        let curvature =
            step > 0
            ? (option.value(underlying: underlying + step) - 2 * middle + option.value(underlying: underlying - step))
                / (step * step) : 0
        let slope =
            value(underlying: underlying, volatility: volatility + volatilityStep, time: time)
            - value(underlying: underlying, volatility: volatility - volatilityStep, time: time)
        let rateSlope =
            shifted(rate: 1e-5).value(underlying: underlying, volatility: volatility, time: time)
            - shifted(rate: -1e-5).value(underlying: underlying, volatility: volatility, time: time)
        return OptionGreeks(
            delta: option.delta(underlying: underlying), gamma: curvature,
            vega: volatilityStep > 0 ? slope / (2 * volatilityStep) : 0,
            thetaPerDay: value(underlying: underlying, volatility: volatility, time: time, elapsed: .calendarDay)
                - middle,
            rho: rateSlope / 2e-5)
    }

    /// The same option at another rate; an average's carry moves with it, so that the yield stays.
    private func shifted(rate shift: Double) -> OptionValuationModel {
        switch self {
        case .plain: self
        case .averagePrice(let terms, let timeToAveraging, let daysToAveraging):
            .averagePrice(
                AveragePriceTerms(
                    right: terms.right, strike: terms.strike, style: terms.style, rate: terms.rate + shift,
                    carry: terms.carry + shift, fixingsMade: terms.fixingsMade, runningAverage: terms.runningAverage,
                    fixingsLeft: terms.fixingsLeft, schedule: terms.schedule),
                timeToAveraging: timeToAveraging, daysToAveraging: daysToAveraging)
        case .spread(let terms, let market):
            .spread(
                SpreadOptionTerms(
                    right: terms.right, strike: terms.strike, style: terms.style, rate: terms.rate + shift), market)
        }
    }
}

/// One option at one volatility and one time, ready to be valued at many underlyings.
enum PreparedOptionValuation: Sendable {
    case plain(PreparedOption)
    case averagePrice(PreparedAveragePriceOption)
    case spread(PreparedSpreadOption, second: Double)

    func value(underlying: Double) -> Double {
        switch self {
        case .plain(let option): option.value(underlying: underlying)
        case .averagePrice(let option): option.value(underlying: underlying)
        case .spread(let option, let second): option.value(first: underlying, second: second)
        }
    }

    func delta(underlying: Double) -> Double {
        switch self {
        case .plain(let option): option.delta(underlying: underlying)
        case .averagePrice(let option): option.delta(underlying: underlying)
        case .spread(let option, let second): option.delta(first: underlying, second: second).first
        }
    }
}
