import ClearingModel
import Quantities
import Scenarios

extension MarginBook {
    /// Checks the rows and interns them.
    ///
    /// Combined commodities without margin parameters, spreads of unknown tiers, overlapping but unequal pools on one
    /// side of a spread and the other rules of `MarginBookError` are refused, first row first in the rows' own order.
    /// Cost: n·log n in the number of series.
    package init(_ rows: MarginBookRows) throws(MarginBookError) {
        let currencies = try Self.keyed(rows.currencies, table: "currency", by: \.code)
        let sets = try Self.keyed(rows.scenarioSets, table: "scenario_set", by: \.code)
        let commodities = try Self.keyed(rows.combinedCommodities, table: "combined_commodity", by: \.code)
        let margins = try Self.keyed(rows.margins, table: "combined_commodity_margin", by: \.combinedCommodity)
        let ordered = rows.combinedCommodities.sorted { $0.code < $1.code }
        var indices: [CombinedCommodityCode: Int] = [:]
        for (index, commodity) in ordered.enumerated() { indices[commodity.code] = index }
        for margin in rows.margins where commodities[margin.combinedCommodity] == nil {
            throw MarginBookError(
                row: "combined_commodity_margin \(margin.combinedCommodity)",
                rule: .unknownCombinedCommodity(margin.combinedCommodity))
        }

        let grouped = try ParameterRowsByCombinedCommodity(rows, indices: indices)
        let orderedSets = rows.scenarioSets.sorted { $0.code < $1.code }
        var setIndices: [ScenarioSetCode: Int] = [:]
        for (index, set) in orderedSets.enumerated() { setIndices[set.code] = index }

        let listing = try SeriesListing(rows, indices: indices)
        var terms: [CombinedCommodityTerms] = []
        for (index, commodity) in ordered.enumerated() {
            guard let margin = margins[commodity.code] else {
                throw MarginBookError(row: "combined_commodity \(commodity.code)", rule: .noMarginParameters)
            }
            guard let currency = currencies[commodity.currency] else {
                throw MarginBookError(
                    row: "combined_commodity \(commodity.code)", rule: .unknownCurrency(commodity.currency))
            }
            guard let set = setIndices[margin.scenarioSet], sets[margin.scenarioSet] != nil else {
                throw MarginBookError(
                    row: "combined_commodity_margin \(commodity.code)", rule: .unknownScenarioSet(margin.scenarioSet))
            }
            terms.append(
                try grouped.terms(
                    of: index, commodity: commodity, margin: margin, currency: currency, scenarioSet: orderedSets[set],
                    scenarioSetIndex: set, listing: listing))
        }
        self.currencies = rows.currencies.sorted { $0.code < $1.code }
        scenarioSets = orderedSets
        combinedCommodities = terms
        series = listing.series
        combinedCommodityIndices = indices
        seriesIndices = listing.indices
        conversions = try Self.conversions(rows)
        interSpreads = try Self.interSpreads(rows, combinedCommodities: terms, indices: indices, sets: orderedSets)
        var byFirstLeg = [[Int]](repeating: [], count: terms.count)
        for (index, spread) in interSpreads.enumerated() {
            if let first = spread.legs.first { byFirstLeg[first.combinedCommodity].append(index) }
        }
        interSpreadsByFirstLeg = byFirstLeg
        mostListedMonths = terms.map(\.months.count).max() ?? 0
    }

    /// Rows by key; refuses the second row of a key.
    static func keyed<Row, Key: Hashable & CustomStringConvertible>(
        _ rows: [Row], table: String, by key: KeyPath<Row, Key>
    ) throws(MarginBookError) -> [Key: Row] {
        var keyed: [Key: Row] = [:]
        for row in rows where keyed.updateValue(row, forKey: row[keyPath: key]) != nil {
            throw MarginBookError(row: "\(table) \(row[keyPath: key])", rule: .duplicateKey)
        }
        return keyed
    }

    private static func conversions(_ rows: MarginBookRows) throws(MarginBookError) -> [CurrencyPair:
        CurrencyConversion]
    {
        var conversions: [CurrencyPair: CurrencyConversion] = [:]
        for row in rows.conversions {
            let name = "fx_rate \(row.from) \(row.to)"
            try checkPositive(row.rate, column: "rate", row: name)
            try checkNotNegative(row.haircut, column: "haircut", row: name)
            let plain = CurrencyConversion(
                from: row.from, to: row.to, rate: row.rate.withoutTrailingZeros,
                haircut: row.haircut.withoutTrailingZeros)
            guard conversions.updateValue(plain, forKey: CurrencyPair(from: row.from, to: row.to)) == nil else {
                throw MarginBookError(row: name, rule: .duplicateKey)
            }
        }
        return conversions
    }

    static func checkPositive(_ value: ExactDecimal, column: String, row: String) throws(MarginBookError) {
        guard value > .zero else { throw MarginBookError(row: row, rule: .notAboveZero(column: column)) }
        try checkDecimals(value, column: column, row: row)
    }

    static func checkNotNegative(_ value: ExactDecimal, column: String, row: String) throws(MarginBookError) {
        guard value >= .zero else { throw MarginBookError(row: row, rule: .negative(column: column)) }
        try checkDecimals(value, column: column, row: row)
    }

    private static func checkDecimals(_ value: ExactDecimal, column: String, row: String) throws(MarginBookError) {
        let limit = column == "delta_scaling_factor" ? 6 : column == "ratio" || column == "credit_rate" ? 8 : 12
        guard value.withoutTrailingZeros.scale <= limit else {
            throw MarginBookError(row: row, rule: .tooManyDecimals(column: column))
        }
    }
}
