import ClearingModel
import Postgres
import Quantities
import Results

/// Published risk arrays in the database.
package struct PublishedArrayStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Writes a run's arrays; `commodities` is parallel to them. Returns the rows written.
    ///
    /// `midway` is called once, half-way through.
    package func save(
        _ arrays: [PublishedRiskArray], _ commodities: [CombinedCommodityCode],
        scenarioSets: [CombinedCommodityCode: ScenarioSetCode], run: Int64, midway: () -> Void
    ) throws -> Int64 {
        let rows = try connection.copyIn(
            """
            copy margin.risk_array (run_id, series, combined_commodity, scenario_set, array_decimals, risk_array,
                composite_delta, price_scan_range, volatility, volatility_rule, delta, gamma, vega, theta, rho)
                from stdin (format binary)
            """
        ) { writer in
            for (position, array) in arrays.enumerated() {
                if position == arrays.count / 2 { midway() }
                try writer.row(15)
                writer.int64(run)
                writer.text(array.series.text)
                writer.text(commodities[position].text)
                writer.text(scenarioSets[commodities[position]]?.text ?? "")
                writer.int16(Int16(array.arrayDecimals))
                writer.int64Array(array.values)
                writer.compositeDelta(array.compositeDelta)
                writer.decimal(array.priceScanRange)
                writer.doubleOrNull(array.volatility)
                writer.textOrNull(array.volatilityRule?.rawValue)
                let greeks = array.greeks
                for greek in [greeks?.delta, greeks?.gamma, greeks?.vega, greeks?.theta, greeks?.rho] {
                    writer.doubleOrNull(greek)
                }
            }
        }
        return Int64(rows)
    }

    /// What one contract of each option gains for 1.00 of volatility, under Bachelier for one price unit of it, in the
    /// currency of its series, as a run that pinned `load` has published it.
    package func vegas(run: Int64, pin load: Int64) throws -> [SeriesCode: Double] {
        var vegas: [SeriesCode: Double] = [:]
        try connection.stream(.reportedGains, [.int64(run), .int64(load)]) { row in
            let series = SeriesCode(try row.text())
            for _ in 0..<3 { try row.skip() }
            vegas[series] = try row.doubleOrNull()
            for _ in 0..<2 { try row.skip() }
        }
        return vegas
    }

    /// How many series have an array in a run and none in its base.
    package func newlyPublished(run: Int64) throws -> Int64 {
        try connection.one(.newlyPublishedSeries, [.int64(run)]).int64("series")
    }

    /// A run's arrays, all or those of the series in scope, in the order of the series.
    package func load(run: Int64, scope: StageScope) throws -> [PublishedRiskArray] {
        var arrays: [PublishedRiskArray] = []
        try connection.stream(scope == .affected ? .loadRiskArraysInScope : .loadRiskArrays, [.int64(run)]) {
            row in
            let series = SeriesCode(try row.text())
            let decimals = Int(try row.int16())
            var values: [Int64] = []
            try row.int64Array(into: &values)
            let delta = try row.compositeDelta()
            let scanRange = try row.decimal()
            let volatility = try row.doubleOrNull()
            let rule = try row.textOrNull().flatMap(VolatilityRule.init)
            arrays.append(
                PublishedRiskArray(
                    series: series, arrayDecimals: decimals, values: values, compositeDelta: delta,
                    priceScanRange: scanRange, volatility: volatility, volatilityRule: rule))
        }
        return arrays
    }
}

extension PublishedArrayStore {
    /// The array of one series; nil where the run has none.
    package func array(of series: SeriesCode, run: Int64) throws -> SeriesArrayResult? {
        try connection.optional(.explainSeries, [.int64(run), .text(series.text)]).map { row in
            let rule = try row.textOrNull("volatility_rule")
            let array = PublishedRiskArray(
                series: series, arrayDecimals: Int(try row.int16("array_decimals")),
                values: try row.int64Array("risk_array"),
                compositeDelta: try row.compositeDelta("composite_delta"),
                priceScanRange: try row.decimal("price_scan_range"), volatility: try row.doubleOrNull("volatility"),
                volatilityRule: try rule.map { _ in try row.choice("volatility_rule") })
            return SeriesArrayResult(
                array: array, combinedCommodity: try row.code("combined_commodity"),
                scenarioSet: try row.code("scenario_set"))
        }
    }
}
