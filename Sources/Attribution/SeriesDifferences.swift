import ClearingModel
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios

/// Which kinds of input of a series' risk array differ between two nights: an array is computed again only where one of
/// them is switched. Where it is not plain that nothing differs, it does.
struct SeriesDifferences: Sendable {
    /// A bit a kind, by its place.
    private var kinds: UInt8 = 0

    /// The nights that an array's inputs are of, the same for two states where their arrays are.
    func key(_ source: SeriesSource, _ state: AttributionState) -> UInt8 {
        var key: UInt8 = 0
        for kind in AttributedKind.allCases where kinds & 1 << kind.place != 0 {
            let night: AttributedNight =
                switch kind {
                case .prices: source.prices
                case .volatilities: source.volatilities
                case .time, .positions, .parameters, .static: state.night(of: kind)
                }
            if night == .today { key |= 1 << kind.place }
        }
        return key
    }

    private mutating func note(_ kind: AttributedKind, _ differs: Bool) {
        if differs { kinds |= 1 << kind.place }
    }

    /// By series of two nights on the same lists.
    static func all(_ yesterday: AlignedNight, _ today: AlignedNight) -> [SeriesDifferences] {
        let contracts = (yesterday.house.contractsByCode, today.house.contractsByCode)
        let changed = ChangedArrayTerms(yesterday, today)
        let dateDiffers = yesterday.market.businessDate != today.market.businessDate
        return yesterday.house.series.indices.map { index in
            let (before, after) = (yesterday.house.series[index], today.house.series[index])
            let (old, new) = (contracts.0[before.contract], contracts.1[after.contract])
            let isTimeless = old?.isTimelessFuture == true && new?.isTimelessFuture == true
            var differences = SeriesDifferences()
            differences.note(.time, dateDiffers && !isTimeless)
            differences.note(
                .prices, !isTimeless || yesterday.market.prices[index] != today.market.prices[index])
            differences.note(.volatilities, !isTimeless)
            differences.note(
                .parameters, changed.contains(old?.combinedCommodity) || changed.contains(new?.combinedCommodity))
            differences.note(.static, before != after || old != new || changed.isOfHouse)
            return differences
        }
    }
}

/// The combined commodities whose arrays are computed by other parameters, and whether the house itself has changed.
private struct ChangedArrayTerms {
    private let commodities: Set<CombinedCommodityCode>
    /// Other currencies, combined commodities or business days.
    let isOfHouse: Bool

    init(_ yesterday: AlignedNight, _ today: AlignedNight) {
        let (before, after) = (yesterday.parameters, today.parameters)
        let margins = (before.marginsByCode, after.marginsByCode)
        let sets = (before.setsByCode, after.setsByCode)
        func tiers(_ set: ParameterSet) -> [CombinedCommodityCode: [PriceScanRangeTier]] {
            Dictionary(grouping: set.priceScanRangeTiers, by: \.combinedCommodity)
        }
        let ranges = (tiers(before), tiers(after))
        // Correlations are few; where one differs, every array is computed again.
        let sameCorrelations = before.correlations == after.correlations
        commodities = Set(margins.0.keys).union(margins.1.keys).filter { code in
            guard let old = margins.0[code], let new = margins.1[code] else { return true }
            return old != new || ranges.0[code] != ranges.1[code] || sets.0[old.scenarioSet] != sets.1[new.scenarioSet]
                || before.compositeDeltaWeights[old.scenarioSet] != after.compositeDeltaWeights[new.scenarioSet]
                || !sameCorrelations
        }
        isOfHouse =
            yesterday.house.currencies != today.house.currencies
            || yesterday.house.combinedCommodities != today.house.combinedCommodities
            || yesterday.market.calendar != today.market.calendar
    }

    func contains(_ code: CombinedCommodityCode?) -> Bool { code.map(commodities.contains) ?? false }
}

extension Contract {
    /// A future whose array follows from its price alone, whatever the date and the volatilities.
    fileprivate var isTimelessFuture: Bool {
        guard case .future(let terms) = kind else { return false }
        return terms.valuation != .costOfCarry
    }
}

extension ClearingHouse {
    fileprivate var contractsByCode: [ContractCode: Contract] {
        Dictionary(contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension ParameterSet {
    fileprivate var marginsByCode: [CombinedCommodityCode: CombinedCommodityMargin] {
        Dictionary(combinedCommodities.map { ($0.combinedCommodity, $0) }, uniquingKeysWith: { first, _ in first })
    }

    fileprivate var setsByCode: [ScenarioSetCode: ScenarioSet] {
        Dictionary(scenarioSets.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
