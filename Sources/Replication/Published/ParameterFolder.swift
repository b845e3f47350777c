import ClearingModel
import Foundation
import InputRows
import TextFiles

/// The tables of a parameter set as CSV files, one a table, as `margin load` takes them.
package enum ParameterFolder {
    /// The tables and the columns that a file of each has, beside `parameter_set`, which comes first.
    private static let columns: [(table: InputTable, columns: [String])] = [
        (.parameterSet, ["effective_from", "author", "approved_by", "reason", "rounding_table"]),
        (
            .scenario,
            [
                "scenario_set", "scenario", "price_move_numerator", "price_move_denominator", "volatility_move",
                "weight",
                "pair",
            ]
        ),
        (
            .combinedCommodityMargin,
            [
                "combined_commodity", "scenario_set", "price_scan_range_kind", "price_scan_range",
                "volatility_scan_range_kind", "volatility_scan_range", "volatility_floor", "look_ahead_days",
                "day_count",
                "array_decimals", "weighted_price_risk_method", "delta_kind", "short_option_minimum_method",
                "short_option_minimum_rate",
            ]
        ),
        (
            .priceScanRangeTier,
            ["combined_commodity", "from_month", "to_month", "price_scan_range_kind", "price_scan_range"]
        ),
        (.monthTier, ["combined_commodity", "tier", "contract_month", "is_scanned_apart"]),
        (.intraSpread, ["combined_commodity", "spread", "leg_kind", "priority", "charge_kind", "charge_rate"]),
        (.intraSpreadLeg, ["combined_commodity", "spread", "leg", "side", "tier", "contract_month", "ratio"]),
        (.deliveryCharge, ["combined_commodity", "contract_month", "outright_rate", "spread_rate", "applies_to"]),
        (.interSpread, ["spread", "priority", "kind", "is_super", "credit_rate"]),
        (.interSpreadLeg, ["spread", "leg", "combined_commodity", "tier", "side", "ratio", "credit_rate"]),
        (.accountClass, ["account_class", "initial_ratio", "net_option_value_is_capped", "offset_cap"]),
    ]

    /// Writes a file for each table that has rows into a folder that is made if it is not there.
    ///
    /// - Returns: the tables in the order in which they were written, with their rows.
    /// - Throws: `ReplicationError` where a file of the name exists already or cannot be written.
    package static func write(
        _ parameters: PublishedParameters, to folder: String
    ) throws(ReplicationError) -> [(table: String, rows: Int)] {
        var written: [(table: String, rows: Int)] = []
        for (table, columns) in columns {
            let rows = parameters.rows(table)
            guard !rows.isEmpty else { continue }
            var bytes: [UInt8] = []
            bytes.append(csvLine: ["parameter_set"] + columns)
            for row in rows {
                bytes.append(csvLine: [parameters.parameterSet.text] + columns.map { row.cells[$0] })
            }
            try writeNewFile(bytes, to: "\(folder)/\(table.rawValue).csv")
            written.append((table.rawValue, rows.count))
        }
        return written
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
