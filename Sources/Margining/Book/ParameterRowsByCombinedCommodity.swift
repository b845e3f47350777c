import ClearingModel
import Quantities
import Scenarios

/// Tiers, calendar spreads and delivery charges, sorted to their combined commodities.
struct ParameterRowsByCombinedCommodity {
    private var tiers: [[MonthTier]]
    private var spreads: [[IntraSpread]]
    private var legs: [[IntraSpreadLeg]]
    private var deliveries: [[DeliveryCharge]]

    init(_ rows: MarginBookRows, indices: [CombinedCommodityCode: Int]) throws(MarginBookError) {
        tiers = try Self.grouped(rows.monthTiers, by: \.combinedCommodity, table: "month_tier", indices)
        spreads = try Self.grouped(rows.intraSpreads, by: \.combinedCommodity, table: "intra_spread", indices)
        legs = try Self.grouped(rows.intraSpreadLegs, by: \.combinedCommodity, table: "intra_spread_leg", indices)
        deliveries = try Self.grouped(rows.deliveryCharges, by: \.combinedCommodity, table: "delivery_charge", indices)
    }

    private static func grouped<Row>(
        _ rows: [Row], by key: KeyPath<Row, CombinedCommodityCode>, table: String,
        _ indices: [CombinedCommodityCode: Int]
    ) throws(MarginBookError) -> [[Row]] {
        var grouped = [[Row]](repeating: [], count: indices.count)
        for row in rows {
            guard let index = indices[row[keyPath: key]] else {
                throw MarginBookError(
                    row: "\(table) \(row[keyPath: key])", rule: .unknownCombinedCommodity(row[keyPath: key]))
            }
            grouped[index].append(row)
        }
        return grouped
    }

    func terms(
        of index: Int, commodity: CombinedCommodity, margin: CombinedCommodityMargin, currency: Currency,
        scenarioSet: ScenarioSet, scenarioSetIndex: Int, listing: SeriesListing
    ) throws(MarginBookError) -> MarginBook.CombinedCommodityTerms {
        let name = "combined_commodity_margin \(commodity.code)"
        let decimals = margin.arrayDecimals ?? currency.decimals
        guard ArrayUnit.decimals.contains(decimals) else {
            throw MarginBookError(row: name, rule: .arrayDecimalsOutOfRange(decimals))
        }
        let deltaDecimals = margin.deltaDecimals ?? Delta.decimals
        guard CompositeDelta.decimals.contains(deltaDecimals) else {
            throw MarginBookError(row: name, rule: .deltaDecimalsOutOfRange(deltaDecimals))
        }
        try MarginBook.checkNotNegative(
            margin.shortOptionMinimumRate, column: "short_option_minimum_rate", row: name)
        let months = listing.months[index]
        let tierMonths = try tierMonths(of: index, commodity: commodity.code)
        let tiers = tierMonths.map { tier in
            MarginBook.TierTerms(
                code: tier.code, months: months.indices.filter { tier.months.contains(months[$0]) },
                holds: months.map { tier.months.contains($0) })
        }
        let scanTiers = tierMonths.indices.filter { tierMonths[$0].isScannedApart }
        if !scanTiers.isEmpty {
            for (slot, month) in months.enumerated() where scanTiers.count(where: { tiers[$0].holds[slot] }) != 1 {
                throw MarginBookError(row: "month_tier \(commodity.code)", rule: .monthNotInExactlyOneScanTier(month))
            }
        }
        let series = listing.series[listing.ranges[index]]
        return MarginBook.CombinedCommodityTerms(
            code: commodity.code, currency: currency, scenarioSet: scenarioSetIndex, arrayDecimals: decimals,
            deltaDecimals: deltaDecimals,
            weightedPriceRiskMethod: margin.weightedPriceRiskMethod,
            shortOptionMinimumMethod: margin.shortOptionMinimumMethod,
            shortOptionMinimumRate: margin.shortOptionMinimumRate.withoutTrailingZeros,
            keepsWorkings: margin.keepsWorkings, series: listing.ranges[index], months: months, tiers: tiers,
            scanTiers: scanTiers,
            intraSpreads: try intraSpreads(
                of: index, commodity: commodity.code, tiers: tierMonths, months: months, scenarioSet: scenarioSet),
            deliveryCharges: try deliveryCharges(of: index, commodity: commodity.code, months: months),
            scalingDecimals: (series.map(\.deltaScalingFactor.scale).max() ?? 0) + deltaDecimals - Delta.decimals,
            valueDecimals: series.compactMap(\.optionValue?.scale).max() ?? 0)
    }

    /// A tier with all its months, listed or not.
    struct TierMonths {
        let code: TierCode
        var months: Set<ContractMonth>
        let isScannedApart: Bool
    }

    private func tierMonths(of index: Int, commodity: CombinedCommodityCode) throws(MarginBookError) -> [TierMonths] {
        var result: [TierMonths] = []
        for row in tiers[index].sorted(by: { $0.tier < $1.tier }) {
            let name = "month_tier \(commodity) \(row.tier) \(row.contractMonth)"
            guard let last = result.indices.last, result[last].code == row.tier else {
                result.append(
                    TierMonths(code: row.tier, months: [row.contractMonth], isScannedApart: row.isScannedApart))
                continue
            }
            guard result[last].isScannedApart == row.isScannedApart else {
                throw MarginBookError(row: name, rule: .tierPartlyScannedApart)
            }
            guard result[last].months.insert(row.contractMonth).inserted else {
                throw MarginBookError(row: name, rule: .duplicateKey)
            }
        }
        return result
    }

    private func deliveryCharges(
        of index: Int, commodity: CombinedCommodityCode, months: [ContractMonth]
    ) throws(MarginBookError) -> [MarginBook.DeliveryTerms] {
        var charged: Set<ContractMonth> = []
        var terms: [MarginBook.DeliveryTerms] = []
        for row in deliveries[index].sorted(by: { $0.contractMonth < $1.contractMonth }) {
            let name = "delivery_charge \(commodity) \(row.contractMonth)"
            guard charged.insert(row.contractMonth).inserted else {
                throw MarginBookError(row: name, rule: .duplicateKey)
            }
            try MarginBook.checkNotNegative(row.outrightRate, column: "outright_rate", row: name)
            try MarginBook.checkNotNegative(row.spreadRate, column: "spread_rate", row: name)
            guard let month = months.firstIndex(of: row.contractMonth) else { continue }
            terms.append(
                MarginBook.DeliveryTerms(
                    month: month, outrightRate: row.outrightRate.withoutTrailingZeros,
                    spreadRate: row.spreadRate.withoutTrailingZeros, appliesTo: row.appliesTo))
        }
        return terms
    }

    private func intraSpreads(
        of index: Int, commodity: CombinedCommodityCode, tiers: [TierMonths], months: [ContractMonth],
        scenarioSet: ScenarioSet
    ) throws(MarginBookError) -> [MarginBook.IntraSpreadTerms] {
        var known: Set<SpreadCode> = []
        for spread in spreads[index] where !known.insert(spread.spread).inserted {
            throw MarginBookError(row: "intra_spread \(commodity) \(spread.spread)", rule: .duplicateKey)
        }
        var bySpread: [SpreadCode: [IntraSpreadLeg]] = [:]
        for leg in legs[index].sorted(by: { $0.leg < $1.leg }) {
            let name = "intra_spread_leg \(commodity) \(leg.spread) \(leg.leg)"
            guard known.contains(leg.spread) else {
                throw MarginBookError(row: name, rule: .unknownSpread(leg.spread))
            }
            guard bySpread[leg.spread]?.last?.leg != leg.leg else {
                throw MarginBookError(row: name, rule: .duplicateKey)
            }
            bySpread[leg.spread, default: []].append(leg)
        }
        let ordered = spreads[index].sorted { left, right in
            if left.legKind != right.legKind { return left.legKind == .series }
            return left.priority != right.priority ? left.priority < right.priority : left.spread < right.spread
        }
        var terms: [MarginBook.IntraSpreadTerms] = []
        for spread in ordered {
            let resolver = IntraSpreadResolver(
                commodity: commodity, spread: spread, tiers: tiers, months: months, scenarioSet: scenarioSet)
            terms.append(try resolver.terms(legs: bySpread[spread.spread] ?? []))
        }
        return terms
    }
}
