import ClearingModel
import MarketModel
import Parameters
import Pricing
import Quantities
import Scenarios

/// Why a run's inputs do not make a book; the data gates refuse each of these before, so one here is a broken
/// invariant.
package enum ValuationBookError: Error, Hashable, Sendable {
    case unknownContract(SeriesCode)
    case unknownScenarioSet(CombinedCommodityCode, ScenarioSetCode)
    case noRate(ContractCode, RateCode)
    case noVolatility(SeriesCode)
    case incompleteTerms(SeriesCode)
    case noCorrelation(ContractCode)
    case noRealisedAverage(SeriesCode)
}

extension ValuationBookError: CustomStringConvertible {
    /// Lower case, no full stop: what is missing, and of which series or contract.
    package var description: String {
        switch self {
        case .unknownContract(let series): "series \(series) is of a contract that is not there"
        case .unknownScenarioSet(let commodity, let set):
            "combined commodity \(commodity) has the scenario set \(set), which is not there"
        case .noRate(let contract, let rate): "contract \(contract) is valued with the rate \(rate), which has no row"
        case .noVolatility(let series): "series \(series) has no volatility"
        case .incompleteTerms(let series): "series \(series) lacks a term that its contract needs"
        case .noCorrelation(let contract): "contract \(contract) has no correlation of its underlyings"
        case .noRealisedAverage(let series): "series \(series) has no average so far"
        }
    }
}

/// Every listed series of a business date with the market it is revalued in, in the order of the series.
///
/// Series that have expired, that nobody priced, or whose combined commodity the parameter set does not margin have no
/// valuation and get no array. `only` leaves out the series of other combined commodities, `listing` the series of the
/// house that it does not mark.
package struct ValuationBook: Sendable {
    package let terms: [ArrayTerms]
    package let valuations: [SeriesValuation]

    package init(
        house: ClearingHouse, market: MarketSnapshot, parameters: ParameterSet,
        only commodities: Set<CombinedCommodityCode>? = nil, listing: [Bool]? = nil
    ) throws(ValuationBookError) {
        let resolver = try ValuationResolver(house: house, market: market, parameters: parameters)
        terms = resolver.terms
        var valuations: [SeriesValuation] = []
        valuations.reserveCapacity(house.series.count)
        for position in house.series.indices where listing?[position] ?? true {
            if let valuation = try resolver.valuation(of: position),
                commodities?.contains(terms[valuation.terms].combinedCommodity) ?? true
            {
                valuations.append(valuation)
            }
        }
        self.valuations = valuations
    }
}

extension ArrayTerms {
    init(
        _ margin: CombinedCommodityMargin, scenarioSet: ScenarioSet, deltaWeights weights: [CompositeDeltaWeight],
        currencyDecimals: Int, lookAhead: LookAhead
    ) {
        deltaWeights = weights.map { point in
            (point.priceMoveNumerator.double / point.priceMoveDenominator.double, point.weight.double)
        }
        combinedCommodity = margin.combinedCommodity
        arrayDecimals = margin.arrayDecimals ?? currencyDecimals
        deltaKind = margin.deltaKind
        deltaDecimals = margin.deltaDecimals ?? Delta.decimals
        self.lookAhead = lookAhead
        volatilityFloor = margin.volatilityFloor.double
        switch margin.volatilityScanRange {
        case .absolute(let range): (volatilityScanRange, isVolatilityRelative) = (range.double, false)
        case .relative(let range): (volatilityScanRange, isVolatilityRelative) = (range.double, true)
        }
        var moves: [Double] = []
        scenarios = scenarioSet.scenarios.map { scenario in
            let move = scenario.volatilityMove.double
            let position = moves.firstIndex(of: move) ?? moves.endIndex
            if position == moves.endIndex { moves.append(move) }
            return ArrayScenario(
                priceMoveNumerator: scenario.priceMoveNumerator, priceMoveDenominator: scenario.priceMoveDenominator,
                priceMove: scenario.priceMoveNumerator.double / scenario.priceMoveDenominator.double,
                volatilityMove: position, weight: scenario.weight)
        }
        volatilityMoves = moves
    }
}

extension DayCount {
    /// Days of this count in a year.
    var daysPerYear: Double {
        switch self {
        case .actual365: 365
        case .business252: 252
        }
    }
}
