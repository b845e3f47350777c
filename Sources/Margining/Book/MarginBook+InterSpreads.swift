import ClearingModel
import Quantities
import Scenarios

extension MarginBook {
    /// Inter-commodity spreads in the order in which they are tried, their legs checked and resolved.
    static func interSpreads(
        _ rows: MarginBookRows, combinedCommodities: [CombinedCommodityTerms], indices: [CombinedCommodityCode: Int],
        sets: [ScenarioSet]
    ) throws(MarginBookError) -> [InterSpreadTerms] {
        let known = try keyed(rows.interSpreads, table: "inter_spread", by: \.spread)
        var legs: [SpreadCode: [InterSpreadLeg]] = [:]
        for leg in rows.interSpreadLegs.sorted(by: { $0.leg < $1.leg }) {
            let name = "inter_spread_leg \(leg.spread) \(leg.leg)"
            guard known[leg.spread] != nil else {
                throw MarginBookError(row: name, rule: .unknownSpread(leg.spread))
            }
            guard legs[leg.spread]?.last?.leg != leg.leg else { throw MarginBookError(row: name, rule: .duplicateKey) }
            legs[leg.spread, default: []].append(leg)
        }
        let ordered = rows.interSpreads.sorted { left, right in
            if left.isSuper != right.isSuper { return left.isSuper }
            return left.priority != right.priority ? left.priority < right.priority : left.spread < right.spread
        }
        var terms: [InterSpreadTerms] = []
        for spread in ordered {
            terms.append(
                try interSpread(
                    spread, legs: legs[spread.spread] ?? [], combinedCommodities: combinedCommodities,
                    indices: indices,
                    sets: sets))
        }
        return terms
    }

    private static func interSpread(
        _ spread: InterSpread, legs rows: [InterSpreadLeg], combinedCommodities: [CombinedCommodityTerms],
        indices: [CombinedCommodityCode: Int], sets: [ScenarioSet]
    ) throws(MarginBookError) -> InterSpreadTerms {
        let name = "inter_spread \(spread.spread)"
        if spread.kind != .scan {
            for side in [SpreadSide.a, .b] where !rows.contains(where: { $0.side == side }) {
                throw MarginBookError(row: name, rule: .sideWithoutLeg(side))
            }
        }
        var legs: [InterSpreadLegTerms] = []
        var pools: [InterPoolTerms] = []
        for row in rows {
            let legName = "inter_spread_leg \(row.spread) \(row.leg)"
            try checkPositive(row.ratio, column: "ratio", row: legName)
            guard let commodity = indices[row.combinedCommodity] else {
                throw MarginBookError(row: legName, rule: .unknownCombinedCommodity(row.combinedCommodity))
            }
            let rate = try rate(of: row, in: spread, name: legName)
            let terms = combinedCommodities[commodity]
            var tier: Int?
            if let code = row.tier {
                guard let index = terms.tiers.firstIndex(where: { $0.code == code }) else {
                    throw MarginBookError(row: legName, rule: .unknownTier(code))
                }
                tier = index
            }
            let set = sets[terms.scenarioSet]
            guard spread.kind == .scan || set.zeroMovePair != nil else {
                throw MarginBookError(row: legName, rule: .priceRiskNotDefined(set.code))
            }
            let holds = tier.map { terms.tiers[$0].holds } ?? terms.months.map { _ in true }
            let pool = try pool(
                InterPoolTerms(
                    combinedCommodity: commodity, side: row.side, holds: holds, ratio: row.ratio.withoutTrailingZeros),
                joining: &pools, name: legName)
            legs.append(
                InterSpreadLegTerms(
                    combinedCommodity: commodity, tier: tier, side: row.side, ratio: row.ratio.withoutTrailingZeros,
                    rate: rate, poolIndex: pool))
        }
        if spread.kind == .scan { try checkScanLegs(legs, rows: rows, combinedCommodities, sets: sets, name: name) }
        return InterSpreadTerms(
            code: spread.spread, kind: spread.kind, isSuper: spread.isSuper, legs: legs, pools: pools)
    }

    private static func rate(
        of leg: InterSpreadLeg, in spread: InterSpread, name: String
    ) throws(MarginBookError) -> ExactDecimal {
        guard let rate = leg.creditRate ?? spread.creditRate else {
            throw MarginBookError(row: name, rule: .noCreditRate)
        }
        try checkNotNegative(rate, column: "credit_rate", row: name)
        guard spread.kind == .flat || rate <= .one else {
            throw MarginBookError(row: name, rule: .creditRateAboveOne)
        }
        return rate.withoutTrailingZeros
    }

    /// Adds a leg's pool, joined to an equal one on its side; answers its index.
    private static func pool(
        _ pool: InterPoolTerms, joining pools: inout [InterPoolTerms], name: String
    ) throws(MarginBookError) -> Int {
        for (index, other) in pools.enumerated()
        where other.combinedCommodity == pool.combinedCommodity && other.side == pool.side {
            if other.holds == pool.holds {
                pools[index] = InterPoolTerms(
                    combinedCommodity: pool.combinedCommodity, side: pool.side, holds: pool.holds,
                    ratio: other.ratio + pool.ratio)
                return index
            }
            guard !zip(other.holds, pool.holds).contains(where: { $0 && $1 }) else {
                throw MarginBookError(row: name, rule: .overlappingButUnequalPools)
            }
        }
        pools.append(pool)
        return pools.count - 1
    }

    private static func checkScanLegs(
        _ legs: [InterSpreadLegTerms], rows: [InterSpreadLeg], _ combinedCommodities: [CombinedCommodityTerms],
        sets: [ScenarioSet], name: String
    ) throws(MarginBookError) {
        guard rows.allSatisfy({ $0.tier == nil }) else { throw MarginBookError(row: name, rule: .scanLegWithTier) }
        guard legs.count > 1, let first = legs.first else {
            throw MarginBookError(row: name, rule: .sideWithoutLeg(.b))
        }
        guard Set(legs.map(\.combinedCommodity)).count == legs.count else {
            throw MarginBookError(row: name, rule: .scanLegsOfOneCombinedCommodity)
        }
        let terms = combinedCommodities[first.combinedCommodity]
        for leg in legs {
            let other = combinedCommodities[leg.combinedCommodity]
            guard other.currency == terms.currency else {
                throw MarginBookError(row: name, rule: .scanLegsInTwoCurrencies)
            }
            guard sets[other.scenarioSet].scenarios == sets[terms.scenarioSet].scenarios else {
                throw MarginBookError(row: name, rule: .scanLegsInTwoScenarioSets)
            }
        }
    }
}
