import ClearingModel
import InputRows
import Quantities
import TextFiles

/// A run's published risk arrays and deltas: from the report `risk-arrays`, or from a SPAN file.
package struct PublishedArrayFile: Sendable {
    package let path: String
    package let run: PublishedRun
    package let arrays: [PublishedRiskArray]
    /// Of premium-style options.
    package let settlementPrices: [SeriesCode: ExactDecimal]
    /// Of options, as published: rounded to 12 decimals.
    package let volatilities: [SeriesCode: ExactDecimal]

    package init(
        path: String, run: PublishedRun, arrays: [PublishedRiskArray],
        settlementPrices: [SeriesCode: ExactDecimal] = [:], volatilities: [SeriesCode: ExactDecimal] = [:]
    ) {
        self.path = path
        self.run = run
        self.arrays = arrays
        self.settlementPrices = settlementPrices
        self.volatilities = volatilities
    }

    /// Reads the report `risk-arrays`.
    ///
    /// - Throws: `ReplicationError` for a file that is not there, is no such report, or has a malformed number.
    package init(path: String, listedBy run: PublishedRun? = nil) throws {
        let report = try PublishedReport(path: path, report: "risk-arrays", listedBy: run)
        var arrays: [PublishedRiskArray] = []
        var (prices, volatilities): ([SeriesCode: ExactDecimal], [SeriesCode: ExactDecimal]) = ([:], [:])
        arrays.reserveCapacity(report.rows.count)
        for (index, row) in report.rows.enumerated() {
            guard case .array(let elements)? = row["risk_array"] else {
                throw ReplicationError.rejected("\(path), row \(index + 1): risk_array is missing")
            }
            let values = elements.compactMap(\.text)
            guard values.count == elements.count else {
                throw ReplicationError.rejected("\(path), row \(index + 1): risk_array is missing")
            }
            let cells = TableRow(location: "\(path), row \(index + 1)", cells: PublishedReport.cells(row))
            let array = try PublishedRiskArray(cells, values: values)
            prices[array.series] = try cells.decimalOrNull("settlement_price")
            volatilities[array.series] = try cells.decimalOrNull("volatility")
            arrays.append(array)
        }
        self.init(
            path: path, run: report.run, arrays: arrays, settlementPrices: prices, volatilities: volatilities)
    }
}

extension PublishedRiskArray {
    /// One series' row; `values` are loss positive, in the margin currency.
    init(_ row: TableRow, values texts: [String]) throws {
        let decimals = try row.integer("array_decimals")
        guard ArrayUnit.decimalsRead.contains(decimals) else { throw row.unreadable("array_decimals", "\(decimals)") }
        var values: [Int64] = []
        values.reserveCapacity(texts.count)
        for text in texts {
            guard let value = ExactDecimal(text), let units = value.units(decimals: decimals) else {
                throw row.unreadable("risk_array", text)
            }
            values.append(units)
        }
        guard let delta = CompositeDelta(exactly: try row.decimal("composite_delta")) else {
            throw row.unreadable("composite_delta", row.textOrNull("composite_delta"))
        }
        let range = try row.text("price_scan_range")
        guard let scanRange = ExactDecimal(unrounded: range) else { throw row.unreadable("price_scan_range", range) }
        self.init(
            series: try row.code("series"), arrayDecimals: decimals, values: values, compositeDelta: delta,
            priceScanRange: scanRange)
    }
}

extension ExactDecimal {
    /// Reads an unrounded product of two of the database's decimals, 0 or more: at most 15 digits before the point and
    /// 24 behind it, 30 in all.
    init?(unrounded text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), parts[0].utf8.count <= 15,
            parts.count == 1 || parts[1].utf8.count <= 24, digits.utf8.count <= 30,
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let mantissa = Int128(digits)
        else { return nil }
        self.init(mantissa: mantissa, scale: parts.count == 2 ? parts[1].utf8.count : 0)
    }
}
