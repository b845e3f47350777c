import ClearingModel
import Foundation
import InputRows
import TextFiles

/// The tables of a parameter set, and of what it is for, as CSV files, one a table, as `margin load` takes them.
package enum ParameterFolder {
    /// The tables and the columns that a file of each has, beside `parameter_set`, which comes first.
    private static let columns: [(table: InputTable, columns: String)] = [
        (.parameterSet, "effective_from author approved_by reason rounding_table"),
        (.scenario, "scenario_set scenario price_move_numerator price_move_denominator volatility_move weight pair"),
        (.compositeDeltaWeight, "scenario_set price_move_numerator price_move_denominator weight"),
        (
            .combinedCommodityMargin,
            """
            combined_commodity scenario_set price_scan_range_kind price_scan_range volatility_scan_range_kind \
            volatility_scan_range volatility_floor look_ahead_days day_count array_decimals delta_decimals \
            weighted_price_risk_method delta_kind short_option_minimum_method short_option_minimum_rate \
            maintenance_ratio
            """
        ),
        (.priceScanRangeTier, "combined_commodity from_month to_month price_scan_range_kind price_scan_range"),
        (.monthTier, "combined_commodity tier contract_month is_scanned_apart"),
        (.intraSpread, "combined_commodity spread leg_kind priority charge_kind charge_rate"),
        (.intraSpreadLeg, "combined_commodity spread leg side tier contract_month ratio"),
        (.deliveryCharge, "combined_commodity contract_month outright_rate spread_rate applies_to"),
        (.interSpread, "spread priority kind is_super credit_rate"),
        (.interSpreadLeg, "spread leg combined_commodity tier side ratio credit_rate"),
        (.accountClass, "account_class initial_ratio net_option_value_is_capped offset_cap"),
    ]

    /// The house's tables and the market's, for a file that says all of them.
    private static let reference: [(table: String, columns: String)] = [
        ("currency", "currency minor_unit_decimals"),
        ("combined_commodity", "combined_commodity name currency can_trade_at_or_below_zero is_synthetic"),
        (
            "contract",
            """
            contract combined_commodity kind contract_value_factor delta_scaling_factor tick_size future_valuation \
            option_model exercise option_style volatility_source discount_rate_code carry_rate_code
            """
        ),
        ("series", "series contract contract_month expiry_date option_right strike underlying"),
        ("settlement_price", "business_date series price currency"),
        ("intraday_settlement_price", "business_date series price currency"),
        ("underlying_price", "business_date underlying price"),
        ("intraday_underlying_price", "business_date underlying price"),
        ("volatility", "business_date instrument volatility"),
        ("intraday_volatility", "business_date instrument volatility"),
        ("interest_rate", "business_date rate_code rate"),
        ("fx_rate", "business_date from_currency to_currency rate"),
    ]

    /// Writes a file for each table that has rows into a folder that is made if it is not there.
    ///
    /// - Parameter withReference: the house's and the market's tables are written too.
    /// - Returns: the tables in the order in which they were written, with their rows.
    /// - Throws: `ReplicationError` where a file of the name exists already or cannot be written.
    package static func write(
        _ parameters: PublishedParameters, withReference: Bool = false, to folder: String
    ) throws(ReplicationError) -> [(table: String, rows: Int)] {
        let set = parameters.parameterSet.text
        let tables =
            (withReference ? reference.map { ($0.table, names($0.columns), [String]()) } : [])
            + columns.map { ($0.table.rawValue, names($0.columns), [set]) }
        var written: [(table: String, rows: Int)] = []
        for (table, columns, first) in tables {
            let rows = rows(of: table, parameters)
            guard !rows.isEmpty else { continue }
            var bytes: [UInt8] = []
            bytes.append(csvLine: first.map { _ in "parameter_set" } + columns)
            for row in rows { bytes.append(csvLine: first + columns.map { row.cells[$0] }) }
            try writeNewFile(bytes, to: "\(folder)/\(table).csv")
            written.append((table, rows.count))
        }
        return written
    }

    private static func names(_ columns: String) -> [String] { columns.split(separator: " ").map(String.init) }

    /// Prices of an intraday file stand in the table of intraday prices.
    private static func rows(of table: String, _ parameters: PublishedParameters) -> [TableRow] {
        let settlement = InputTable.settlementPrice.rawValue
        let isIntraday = parameters.run.cycle == "ITD"
        switch table {
        case settlement where isIntraday: return []
        case "intraday_" + settlement: return isIntraday ? parameters.tables[settlement] ?? [] : []
        default: return parameters.tables[table] ?? []
        }
    }
}

/// Writes a file that must not exist yet, making the folders above it.
package func writeNewFile(_ bytes: [UInt8], to path: String) throws(ReplicationError) {
    let url = URL(fileURLWithPath: path)
    do {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .withoutOverwriting)
    } catch {
        let exists = FileManager.default.fileExists(atPath: path)
        throw ReplicationError(
            category: .cannotCreate, message: "\(path) cannot be written" + (exists ? ": it exists already" : ""),
            hint: "name another, or remove what stands there")
    }
}
