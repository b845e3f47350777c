import ClearingModel
import Quantities

extension MarginKernel {
    /// A gross omnibus account: every long and every short for itself, no spreads (docs/methodology.md §6.9).
    func omnibusRequirement(
        of account: AccountTerms, positions: ArraySlice<Position>
    ) throws(MarginingError) -> OwnerRequirement {
        var series: [OmnibusSeriesRisk] = []
        var risks: [CombinedCommodityRisk] = []
        var lines: [RiskLine] = []
        var start = positions.startIndex
        while start < positions.endIndex {
            let commodity = Int(arrays.lines[Int(positions[start].series)].combinedCommodity)
            var gross = GrossPortfolio(months: book.combinedCommodities[commodity].months.count)
            var end = start
            while end < positions.endIndex,
                Int(arrays.lines[Int(positions[end].series)].combinedCommodity) == commodity
            {
                if positions[end].long != 0 || positions[end].short != 0 {
                    series.append(try add(positions[end], to: &gross, commodity: commodity))
                }
                end += 1
            }
            start = end
            guard gross.positions > 0 else { continue }
            let risk = omnibusRisk(of: commodity, gross: gross, account: account)
            risks.append(risk)
            lines.append(riskLine(of: risk, isLongPremiumOptionsOnly: gross.isLongPremiumOptionsOnly))
        }
        return OwnerRequirement(
            owner: 0, combinedCommodities: risks, interSpreads: [], scanGroups: [], riskLines: lines,
            currencies: currencyRequirements(of: account, riskLines: lines), omnibusSeries: series)
    }

    /// What a combined commodity's gross longs and shorts come to.
    private struct GrossPortfolio {
        var positions = 0
        var bound: Int64 = 0
        /// In array units.
        var scan: Int128 = 0
        /// In exact money.
        var netOptionValue = ExactDecimal.zero
        var shortCalls: Int64 = 0
        var shortPuts: Int64 = 0
        var isLongPremiumOptionsOnly = true
        /// By listed month, not yet rounded to a `Delta`.
        var longDeltas: [Int64]
        var shortDeltas: [Int64]
        var isHeld: [Bool]

        init(months: Int) {
            longDeltas = [Int64](repeating: 0, count: months)
            shortDeltas = longDeltas
            isHeld = [Bool](repeating: false, count: months)
        }
    }

    private func add(
        _ position: Position, to gross: inout GrossPortfolio, commodity: Int
    ) throws(MarginingError) -> OmnibusSeriesRisk {
        let terms = book.combinedCommodities[commodity]
        let line = arrays.lines[Int(position.series)]
        for quantity in [position.long, position.short] {
            gross.bound = try addingBound(gross.bound, quantity: quantity, series: Int(position.series), terms: terms)
        }
        let longScan = position.long * max(0, line.largest)
        let shortScan = position.short * max(0, -line.smallest)
        gross.positions += 1
        gross.scan += Int128(longScan) + Int128(shortScan)
        gross.isHeld[Int(line.month)] = true
        // By the sign of the delta: a short put is a long delta.
        for delta in [position.long * line.scaledDelta, -position.short * line.scaledDelta] {
            if delta > 0 {
                gross.longDeltas[Int(line.month)] += delta
            } else {
                gross.shortDeltas[Int(line.month)] += delta
            }
        }
        if line.kind.isCall { gross.shortCalls += position.short }
        if line.kind.isPut { gross.shortPuts += position.short }
        if position.short > 0 || !line.kind.isPremium { gross.isLongPremiumOptionsOnly = false }
        func array(_ units: Int64) -> ExactDecimal {
            ExactDecimal(mantissa: Int128(units), scale: terms.arrayDecimals)
        }
        func value(_ quantity: Int64) -> ExactDecimal {
            ExactDecimal(mantissa: Int128(quantity) * line.optionValue, scale: terms.valueDecimals)
        }
        let (longValue, shortValue) = (value(position.long), value(position.short))
        gross.netOptionValue += min(longValue, array(longScan)) - shortValue
        func money(_ amount: ExactDecimal) -> Money { Money(rounding: amount, currency: terms.currency) }
        return OmnibusSeriesRisk(
            series: Int(position.series), longScan: money(array(longScan)), shortScan: money(array(shortScan)),
            longValue: money(longValue), shortValue: money(shortValue))
    }

    private func omnibusRisk(
        of commodity: Int, gross: GrossPortfolio, account: AccountTerms
    ) -> CombinedCommodityRisk {
        let terms = book.combinedCommodities[commodity]
        let zero = Money.zero(terms.currency)
        func rounded(_ sum: Int64) -> Int64 { Self.roundedDelta(sum, scalingDecimals: terms.scalingDecimals) }
        var delivery = DeliveryCharged()
        for charge in terms.deliveryCharges where gross.isHeld[charge.month] {
            let long = charge.appliesTo.charges(isLong: true) ? rounded(gross.longDeltas[charge.month]) : 0
            let short = charge.appliesTo.charges(isLong: false) ? -rounded(gross.shortDeltas[charge.month]) : 0
            guard long + short > 0 else { continue }
            let entry = charge.entry(month: terms.months[charge.month], remaining: long + short, consumed: 0)
            delivery.charge += entry.charge
            delivery.months.append(entry)
        }
        let scanned = ExactDecimal(mantissa: gross.scan, scale: terms.arrayDecimals)
        let scan = Money(rounding: scanned, currency: terms.currency)
        let deliveryCharge = Money(rounding: delivery.charge, currency: terms.currency)
        let minimum = Money(
            minorUnits: terms.shortOptionMinimum(calls: gross.shortCalls, puts: gross.shortPuts),
            currency: terms.currency)
        let total = scan + deliveryCharge
        let risk = total.minorUnits > minimum.minorUnits ? total : minimum
        let initialRisk = Self.initialRisk(risk, account: account)
        let held = terms.months.indices.filter { gross.isHeld[$0] }
        let deltas = held.map { Delta(units: rounded(gross.longDeltas[$0] + gross.shortDeltas[$0])) }
        return CombinedCommodityRisk(
            combinedCommodity: commodity, array: [], arrayDecimals: terms.arrayDecimals,
            scanning: ScanningRisk(scan: scanned, activeScenario: nil, time: nil, volatility: nil, price: nil),
            months: held.map { terms.months[$0] }, monthDeltas: deltas, remainingDeltas: deltas,
            netDelta: deltas.reduce(.zero, +), weightedPriceRiskNormal: nil, weightedPriceRisk: nil, tiers: [],
            intraSpreads: [], deliveryMonths: delivery.months, scan: scan, intraCharge: zero,
            deliveryCharge: deliveryCharge, interCredit: zero, appliedCredit: zero, shortOptionMinimum: minimum,
            netOptionValue: Money(rounding: gross.netOptionValue, currency: terms.currency), risk: risk,
            initialRisk: initialRisk, standaloneInitialRisk: initialRisk, scanSpread: nil)
    }
}
