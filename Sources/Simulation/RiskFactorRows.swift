import ClearingModel
import RiskArrays
import Scenarios

/// Which rows of a scenario set move which series.
struct RiskFactorRows: Sendable {
    /// Places among the simulated factors.
    struct Mapping: Sendable {
        let price: Int
        let volatility: Int?
    }

    /// The factors that some combined commodities need, in code order.
    let factors: [RiskFactor]
    private let ofSeries: [SeriesCode: Mapping]
    private let ofCommodity: [CombinedCommodityCode: Mapping]

    /// - Throws: `SimulationError` for a mapping that names a factor the set does not have.
    init(_ parameters: SimulationParameters, of commodities: [CombinedCommodityCode]) throws(SimulationError) {
        let mappings = parameters.mappings.filter { commodities.contains($0.combinedCommodity) }
        let needed = Set(mappings.flatMap { [$0.priceFactor] + ($0.volatilityFactor.map { [$0] } ?? []) })
        let factors = parameters.riskFactors.filter { needed.contains($0.code) }.sorted { $0.code < $1.code }
        func index(_ code: RiskFactorCode) throws(SimulationError) -> Int {
            guard let index = factors.firstIndex(where: { $0.code == code }) else {
                throw .unknownFactor(code)
            }
            return index
        }
        var (ofSeries, ofCommodity) = ([SeriesCode: Mapping](), [CombinedCommodityCode: Mapping]())
        for row in mappings {
            let mapping = Mapping(
                price: try index(row.priceFactor), volatility: try row.volatilityFactor.map(index))
            if let series = row.series {
                ofSeries[series] = mapping
            } else {
                ofCommodity[row.combinedCommodity] = mapping
            }
        }
        self.factors = factors
        self.ofSeries = ofSeries
        self.ofCommodity = ofCommodity
    }

    /// The series' own mapping, else its combined commodity's.
    /// - Throws: `SimulationError` where there is neither.
    func rows(of series: SeriesCode, _ commodity: CombinedCommodityCode) throws(SimulationError) -> Mapping {
        guard let mapping = ofSeries[series] ?? ofCommodity[commodity] else {
            throw .unmapped(series, commodity)
        }
        return mapping
    }

    /// The moves of all factors, by factor and scenario, ready to be applied.
    func moves(_ all: [[Double]]) -> FactorMoves {
        FactorMoves(
            factors: zip(factors, all).map { InstrumentMoves.Factor(returnKind: $0.returnKind, moves: $1) })
    }
}

/// What every factor of a group does in each scenario.
struct FactorMoves: Sendable {
    fileprivate let factors: [InstrumentMoves.Factor]

    /// The moves of one series.
    func of(_ mapping: RiskFactorRows.Mapping) -> InstrumentMoves {
        InstrumentMoves(price: factors[mapping.price], volatility: mapping.volatility.map { factors[$0] })
    }
}
