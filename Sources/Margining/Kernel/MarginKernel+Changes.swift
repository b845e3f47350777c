import ClearingModel
import Scenarios

/// What two kernels compute portfolios from differently.
package struct KernelChanges: Sendable {
    /// By series of the later book: its place in the earlier one, −1 where that lists none; and whether its array,
    /// value or terms are others.
    package let places: [Int]
    package let series: [Bool]
    /// By combined commodity of the later book: whether anything that its series share differs.
    package let combinedCommodities: [Bool]
}

extension MarginKernel {
    /// What differs from another kernel. What is not plainly the same counts as changed. Linear in array values.
    package func changes(from other: MarginKernel) -> KernelChanges {
        let known = book.combinedCommodities.map { other.book.combinedCommodityIndex(of: $0.code) }
        var commodities = book.combinedCommodities.indices.map { index in
            known[index].map { isChanged(index, from: other, $0) } ?? true
        }
        let sameOrder = book.combinedCommodities.map(\.code) == other.book.combinedCommodities.map(\.code)
        if !sameOrder || book.interSpreads != other.book.interSpreads {
            for leg in book.interSpreads.flatMap(\.legs) { commodities[leg.combinedCommodity] = true }
            for leg in other.book.interSpreads.flatMap(\.legs) {
                let code = other.book.combinedCommodities[leg.combinedCommodity].code
                if let index = book.combinedCommodityIndex(of: code) { commodities[index] = true }
            }
        }
        let places = book.series.map { other.book.seriesIndex(of: $0.code) ?? -1 }
        let series = book.series.indices.map { index in
            places[index] < 0 || isChanged(series: index, from: other, places[index])
        }
        return KernelChanges(places: places, series: series, combinedCommodities: commodities)
    }

    private func isChanged(_ index: Int, from other: MarginKernel, _ place: Int) -> Bool {
        let (mine, theirs) = (book.combinedCommodities[index], other.book.combinedCommodities[place])
        let (range, before) = (arrays.scanRangeRisks[index], other.arrays.scanRangeRisks[place])
        return mine.currency != theirs.currency
            || book.scenarioSets[mine.scenarioSet] != other.book.scenarioSets[theirs.scenarioSet]
            || mine.arrayDecimals != theirs.arrayDecimals
            || mine.weightedPriceRiskMethod != theirs.weightedPriceRiskMethod
            || mine.shortOptionMinimumMethod != theirs.shortOptionMinimumMethod
            || mine.shortOptionMinimumRate != theirs.shortOptionMinimumRate || mine.months != theirs.months
            || mine.tiers != theirs.tiers || mine.scanTiers != theirs.scanTiers
            || mine.intraSpreads != theirs.intraSpreads || mine.deliveryCharges != theirs.deliveryCharges
            || range.whole != before.whole || range.tiers != before.tiers
    }

    private func isChanged(series index: Int, from other: MarginKernel, _ place: Int) -> Bool {
        let (mine, theirs) = (book.series[index], other.book.series[place])
        let (line, before) = (arrays.lines[index], other.arrays.lines[place])
        guard mine.seriesClass == theirs.seriesClass, mine.optionValue == theirs.optionValue,
            mine.deltaScalingFactor == theirs.deltaScalingFactor,
            mine.contractValueFactor == theirs.contractValueFactor,
            book.combinedCommodities[mine.combinedCommodity].code
                == other.book.combinedCommodities[theirs.combinedCommodity].code,
            book.combinedCommodities[mine.combinedCommodity].scalingDecimals
                == other.book.combinedCommodities[theirs.combinedCommodity].scalingDecimals,
            mine.month == theirs.month, line.scaledDelta == before.scaledDelta,
            (line.offset < 0) == (before.offset < 0)
        else { return true }
        guard line.offset >= 0 else { return false }
        let count = book.scenarioSets[book.combinedCommodities[mine.combinedCommodity].scenarioSet].count
        let others = other.book.scenarioSets[other.book.combinedCommodities[theirs.combinedCommodity].scenarioSet].count
        return count != others
            || arrays.values[line.offset..<line.offset + count]
                != other.arrays.values[before.offset..<before.offset + count]
    }
}
