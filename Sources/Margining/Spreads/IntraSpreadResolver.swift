import ClearingModel
import Quantities
import Scenarios

/// Turns one calendar spread's rows into terms: checks its legs and joins those that draw on the same pool.
struct IntraSpreadResolver {
    let commodity: CombinedCommodityCode
    let spread: IntraSpread
    let tiers: [ParameterRowsByCombinedCommodity.TierMonths]
    let months: [ContractMonth]
    let scenarioSet: ScenarioSet

    func terms(legs rows: [IntraSpreadLeg]) throws(MarginBookError) -> MarginBook.IntraSpreadTerms {
        let name = "intra_spread \(commodity) \(spread.spread)"
        let charge: IntraSpreadCharge
        switch spread.charge {
        case .flat(let rate):
            charge = .flat(rate.withoutTrailingZeros)
            try MarginBook.checkNotNegative(rate, column: "charge_rate", row: name)
        case .weightedPriceRisk(let rate):
            charge = .weightedPriceRisk(rate.withoutTrailingZeros)
            try MarginBook.checkNotNegative(rate, column: "charge_rate", row: name)
            guard scenarioSet.zeroMovePair != nil else {
                throw MarginBookError(row: name, rule: .priceRiskNotDefined(scenarioSet.code))
            }
        }
        for side in [SpreadSide.a, .b] where !rows.contains(where: { $0.side == side }) {
            throw MarginBookError(row: name, rule: .sideWithoutLeg(side))
        }
        var legs: [MarginBook.IntraSpreadLegTerms] = []
        var pools: [(side: SpreadSide, months: Set<ContractMonth>, ratio: ExactDecimal)] = []
        for row in rows {
            let legName = "intra_spread_leg \(commodity) \(spread.spread) \(row.leg)"
            try MarginBook.checkPositive(row.ratio, column: "ratio", row: legName)
            let months = try months(of: row, name: legName)
            for pool in pools
            where pool.side == row.side && pool.months != months && !pool.months.isDisjoint(with: months) {
                throw MarginBookError(row: legName, rule: .overlappingButUnequalPools)
            }
            let ratio = row.ratio.withoutTrailingZeros
            var index = pools.count
            if let same = pools.firstIndex(where: { $0.side == row.side && $0.months == months }) {
                index = same
                pools[same].ratio += ratio
            } else {
                pools.append((row.side, months, ratio))
            }
            legs.append(
                MarginBook.IntraSpreadLegTerms(side: row.side, pool: row.pool, ratio: ratio, poolIndex: index))
        }
        return MarginBook.IntraSpreadTerms(
            code: spread.spread, charge: charge, legs: legs,
            pools: pools.map { pool in
                MarginBook.PoolTerms(
                    side: pool.side, holds: months.map { pool.months.contains($0) }, ratio: pool.ratio)
            })
    }

    private func months(of row: IntraSpreadLeg, name: String) throws(MarginBookError) -> Set<ContractMonth> {
        switch (row.pool, spread.legKind) {
        case (.month(let month), .series):
            return [month]
        case (.tier(let code), .tier):
            guard let tier = tiers.first(where: { $0.code == code }) else {
                throw MarginBookError(row: name, rule: .unknownTier(code))
            }
            return tier.months
        case (.month, .tier), (.tier, .series):
            throw MarginBookError(row: name, rule: .legKindDiffersFromSpread)
        }
    }
}
