import ClearingModel
import Quantities
import Scenarios

extension MarginBook.InterSpreadTerms {
    /// Forms this delta-based or flat spread where it is feasible: every leg's remaining delta non-zero, A legs of one
    /// sign, B legs of the opposite (docs/methodology.md §6.4). Consumes the deltas and credits every leg; nil where
    /// it does not form. `portfolioIndices` leads from a combined commodity to its portfolio.
    func form(
        _ index: Int, in portfolios: inout [CommodityPortfolio], portfolioIndices: [Int], book: MarginBook,
        cut: CreditRateCut
    ) -> InterSpreadFormed? {
        var isALong: Bool?
        var count = Int64.max
        for pool in pools {
            let portfolio = portfolios[portfolioIndices[pool.combinedCommodity]]
            guard portfolio.scanSpread == nil else { return nil }
            let remaining = portfolio.remaining(in: pool.holds)
            guard remaining != 0 else { return nil }
            let isLong = (remaining > 0) == (pool.side == .a)
            guard isALong ?? isLong == isLong else { return nil }
            isALong = isLong
            count = min(count, pool.ratio.spreads(from: abs(remaining)))
        }
        guard let isALong, count > 0 else { return nil }
        let before = pools.map { portfolios[portfolioIndices[$0.combinedCommodity]].remaining(in: $0.holds) }
        let formed = legs.map { leg in
            credit(
                leg, count: count, before: before[leg.poolIndex], isLong: (leg.side == .a) == isALong,
                portfolio: &portfolios[portfolioIndices[leg.combinedCommodity]], book: book, cut: cut)
        }
        return InterSpreadFormed(spread: index, count: Delta(units: count), legs: formed)
    }

    private func credit(
        _ leg: MarginBook.InterSpreadLegTerms, count: Int64, before: Int64, isLong: Bool,
        portfolio: inout CommodityPortfolio, book: MarginBook, cut: CreditRateCut
    ) -> InterSpreadLegFormed {
        let terms = book.combinedCommodities[leg.combinedCommodity]
        let pool = pools[leg.poolIndex]
        // Never more than the pool's own remaining delta, though its months of that sign may hold more.
        let available = max(0, isLong ? portfolio.remaining(in: pool.holds) : -portfolio.remaining(in: pool.holds))
        let taken = consume(
            min(leg.ratio.consumption(of: count), available), from: &portfolio.remaining, of: portfolio.heldMonths,
            in: pool.holds, isLong: isLong, listed: terms.months)
        let weightedPriceRisk = portfolio.weightedPriceRisk(ofTier: leg.tier)
        let rate = cut.applied(to: leg.rate, isAmount: kind == .flat)
        let spreads = Delta(units: count).amount
        let credit =
            kind == .flat ? spreads * rate : weightedPriceRisk * leg.ratio * spreads * rate
        let rounded = credit.rounded(toScale: InterSpreadLegFormed.creditDecimals)
        portfolio.credit += rounded
        portfolio.isConsumedByInter = true
        if isSuper { portfolio.isConsumedBySuper = true }
        return InterSpreadLegFormed(
            deltaBefore: Delta(units: before), consumed: Delta(units: taken.total),
            months: taken.months,
            weightedPriceRisk: weightedPriceRisk, rate: rate, credit: rounded)
    }

    /// Scans the legs as one where every leg holds a position whose delta no inter-commodity spread has consumed
    /// (docs/methodology.md §6.4). The legs leave later steps; nil where it does not form.
    func scanAsOne(
        _ index: Int, in portfolios: inout [CommodityPortfolio], portfolioIndices: [Int], book: MarginBook,
        cut: CreditRateCut
    ) -> ScanGroupRisk? {
        for leg in legs {
            let portfolio = portfolios[portfolioIndices[leg.combinedCommodity]]
            guard portfolio.scanSpread == nil, !portfolio.isConsumedByInter else { return nil }
        }
        guard let first = legs.first else { return nil }
        let set = book.scenarioSets[book.combinedCommodities[first.combinedCommodity].scenarioSet]
        var array = [ExactDecimal](repeating: .zero, count: set.count)
        for leg in legs {
            let portfolioIndex = portfolioIndices[leg.combinedCommodity]
            let decimals = book.combinedCommodities[leg.combinedCommodity].arrayDecimals
            let rate = cut.applied(to: leg.rate, isAmount: false)
            for (scenario, value) in portfolios[portfolioIndex].array.enumerated() {
                let loss = ExactDecimal(mantissa: Int128(value), scale: decimals)
                array[scenario] += value < 0 ? loss * rate : loss
            }
            portfolios[portfolioIndex].scanSpread = index
        }
        return ScanGroupRisk(spread: index, array: array, scanning: ScanningRisk(scanning: array, set: set))
    }
}

extension CommodityPortfolio {
    /// Signed sum over the months of a pool.
    func remaining(in holds: [Bool]) -> Int64 {
        var sum: Int64 = 0
        for month in heldMonths.indices where holds[heldMonths[month]] { sum += remaining[month] }
        return sum
    }

    /// The whole's, or the tier's own; 0 for a tier without a position.
    func weightedPriceRisk(ofTier tier: Int?) -> ExactDecimal {
        guard let tier else { return weightedPriceRisk.chosen ?? .zero }
        return tiers.first { $0.tier == tier }?.weightedPriceRisk ?? .zero
    }
}
