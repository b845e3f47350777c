import ClearingModel
import Quantities
import Scenarios

extension MarginKernel {
    /// Adds up one owner's positions in one combined commodity; nil where every net quantity is 0.
    ///
    /// The sum of |quantity| · the series' largest figure is kept below 2⁶² before it is used, so that no array or
    /// delta sum can overflow.
    func portfolio(
        of commodity: Int, positions: ArraySlice<Position>, scratch: inout KernelScratch
    ) throws(MarginingError) -> CommodityPortfolio? {
        let terms = book.combinedCommodities[commodity]
        let count = book.scenarioSets[terms.scenarioSet].count
        let options = try checked(positions, terms: terms)
        guard options.positions > 0 else { return nil }
        scratch.prepare(for: book)
        var heldMonths: [Int] = []
        for position in positions where position.long != position.short {
            let month = Int(arrays.lines[Int(position.series)].month)
            if scratch.heldMonthIndices[month] < 0 {
                scratch.heldMonthIndices[month] = 0
                heldMonths.append(month)
            }
        }
        heldMonths.sort()
        for (index, month) in heldMonths.enumerated() { scratch.heldMonthIndices[month] = index }

        // Month by month only where tiers need it.
        let byMonth = !terms.tiers.isEmpty
        scratch.monthDeltas.removeAll(keepingCapacity: true)
        scratch.monthDeltas.append(contentsOf: repeatElement(0, count: heldMonths.count))
        scratch.monthArrays.removeAll(keepingCapacity: true)
        if byMonth { scratch.monthArrays.append(contentsOf: repeatElement(0, count: heldMonths.count * count)) }
        let array = arrays.portfolioArray(of: positions, bound: options.bound, count: count)
        for position in positions {
            let quantity = position.long - position.short
            guard quantity != 0 else { continue }
            let line = arrays.lines[Int(position.series)]
            let index = scratch.heldMonthIndices[Int(line.month)]
            scratch.monthDeltas[index] += quantity * line.scaledDelta
            if byMonth { arrays.add(quantity, of: line, to: &scratch.monthArrays, at: index * count, count: count) }
        }
        for month in heldMonths { scratch.heldMonthIndices[month] = -1 }
        return scanned(
            commodity, array: array, heldMonths: heldMonths, options: options, scratch: scratch)
    }

    /// What the positions' options come to, once the positions are known to be computable.
    struct OptionTotals {
        var positions = 0
        var shortCalls: Int64 = 0
        var shortPuts: Int64 = 0
        /// In the combined commodity's value units.
        var netValue: Int128 = 0
        var isLongPremiumOptionsOnly = true
        /// Σ |quantity| · the series' largest figure, below 2⁶².
        var bound: Int64 = 0
    }

    private func checked(
        _ positions: ArraySlice<Position>, terms: MarginBook.CombinedCommodityTerms
    ) throws(MarginingError) -> OptionTotals {
        var totals = OptionTotals()
        for position in positions where position.long != position.short {
            let quantity = position.long - position.short
            let line = arrays.lines[Int(position.series)]
            totals.bound = try addingBound(totals.bound, quantity: quantity, series: Int(position.series), terms: terms)
            totals.positions += 1
            if line.kind.isPremium {
                totals.netValue += Int128(quantity) * line.optionValue
            }
            if quantity < 0 {
                if line.kind.isCall { totals.shortCalls -= quantity }
                if line.kind.isPut { totals.shortPuts -= quantity }
            }
            if quantity < 0 || !line.kind.isPremium { totals.isLongPremiumOptionsOnly = false }
        }
        return totals
    }

    /// `bound` + |quantity| · the series' largest figure; throws where the series has no array, a premium-style option
    /// has no price, or the sum reaches 2⁶².
    func addingBound(
        _ bound: Int64, quantity: Int64, series: Int, terms: MarginBook.CombinedCommodityTerms
    ) throws(MarginingError) -> Int64 {
        let line = arrays.lines[series]
        guard line.offset >= 0 else { throw .noRiskArray(book.series[series].code) }
        if line.kind.isPremium, book.series[series].optionValue == nil {
            throw .noSettlementPrice(book.series[series].code)
        }
        let (product, isTooLarge) = abs(quantity).multipliedReportingOverflow(by: max(line.bound, 1))
        let (sum, overflows) = bound.addingReportingOverflow(product)
        guard !isTooLarge, !overflows, sum < 1 << 62 else { throw .figuresTooLarge(terms.code) }
        return sum
    }

    /// Deltas, scanning figures of the whole and of each held tier, and the figures no spread changes.
    private func scanned(
        _ commodity: Int, array: [Int64], heldMonths: [Int], options: OptionTotals, scratch: KernelScratch
    ) -> CommodityPortfolio {
        let terms = book.combinedCommodities[commodity]
        let set = book.scenarioSets[terms.scenarioSet]
        let scanRanges = arrays.scanRangeRisks[commodity]
        let deltas = scratch.monthDeltas.map { Self.roundedDelta($0, scalingDecimals: terms.scalingDecimals) }
        let netDelta = Delta(units: deltas.reduce(0, +))
        let tiers = terms.tiers.indices.compactMap { tier in
            tierRisk(
                tier, terms: terms, set: set, heldMonths: heldMonths, deltas: deltas,
                scanRange: scanRanges.tiers[tier],
                scratch: scratch)
        }
        let scanTiers = tiers.filter { terms.scanTiers.contains($0.tier) }
        let scanning =
            ScanningRisk(summing: scanTiers.map(\.scanning))
            ?? ScanningRisk(scanning: array, decimals: terms.arrayDecimals, set: set)
        return CommodityPortfolio(
            combinedCommodity: commodity, array: array, scanning: scanning, heldMonths: heldMonths, deltas: deltas,
            netDelta: netDelta,
            weightedPriceRisk: WeightedPriceRisk(
                price: scanning.price, netDelta: netDelta, scanRange: scanRanges.whole,
                method: terms.weightedPriceRiskMethod),
            tiers: tiers,
            shortOptionMinimum: terms.shortOptionMinimum(calls: options.shortCalls, puts: options.shortPuts),
            netOptionValue: ExactDecimal(mantissa: options.netValue, scale: terms.valueDecimals)
                .minorUnits(decimals: terms.currency.decimals),
            isLongPremiumOptionsOnly: options.isLongPremiumOptionsOnly, remaining: deltas)
    }

    private func tierRisk(
        _ tier: Int, terms: MarginBook.CombinedCommodityTerms, set: ScenarioSet, heldMonths: [Int], deltas: [Int64],
        scanRange: ExactDecimal?, scratch: KernelScratch
    ) -> TierRisk? {
        var array: [Int64] = []
        var netDelta: Int64 = 0
        for index in heldMonths.indices where terms.tiers[tier].holds[heldMonths[index]] {
            netDelta += deltas[index]
            let start = index * set.count
            if array.isEmpty {
                array = Array(scratch.monthArrays[start..<start + set.count])
            } else {
                for scenario in 0..<set.count { array[scenario] += scratch.monthArrays[start + scenario] }
            }
        }
        guard !array.isEmpty else { return nil }
        let scanning = ScanningRisk(scanning: array, decimals: terms.arrayDecimals, set: set)
        let delta = Delta(units: netDelta)
        let weighted = WeightedPriceRisk(
            price: scanning.price, netDelta: delta, scanRange: scanRange, method: terms.weightedPriceRiskMethod)
        return TierRisk(tier: tier, scanning: scanning, netDelta: delta, weightedPriceRisk: weighted.chosen)
    }

    /// An exact sum of scaled deltas in units of a `Delta`: the one rounding a month (docs/methodology.md §1.4).
    static func roundedDelta(_ sum: Int64, scalingDecimals: Int) -> Int64 {
        guard scalingDecimals > 0 else { return sum }
        return Int64(divideRoundingHalfAwayFromZero(Int128(sum), by: PowersOfTen.int128(scalingDecimals)))
    }
}

extension MarginBook.CombinedCommodityTerms {
    /// The short option minimum in minor units (docs/methodology.md §6.5): contracts, not delta-scaled.
    func shortOptionMinimum(calls: Int64, puts: Int64) -> Int64 {
        let count =
            switch shortOptionMinimumMethod {
            case .gross: calls + puts
            case .max: max(calls, puts)
            }
        guard count > 0 else { return 0 }
        return (ExactDecimal(mantissa: Int128(count), scale: 0) * shortOptionMinimumRate)
            .minorUnits(decimals: currency.decimals)
    }
}
