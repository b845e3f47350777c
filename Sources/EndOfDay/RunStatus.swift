import Postgres
import Quantities
import Storage

/// The runs of a date as lines of text.
package enum RunStatus {
    /// One line a run and, under a run being built, one a stage.
    package static func lines(_ date: BusinessDate, from connection: Connection) throws -> [String] {
        var lines: [String] = []
        for row in try connection.rows(.runsOfDate, [date.value]) {
            let run = try row.int64(0)
            let number = try row.int32(2)
            lines.append(
                "\(date) \(try row.text(1)) run \(number): \(try row.text(3)), parameter set "
                    + "\(try row.textOrNull(4) ?? "none"), inputs up to load \(try row.int64OrNull(5) ?? 0)"
                    + "\(try row.int64(6) > 0 ? ", \(counted(try row.int64(6), "finding"))" : "")")
            for execution in try connection.rows(.executionsOfRun, [.int64(run)]) {
                let error = try execution.textOrNull(3).map { ": \($0)" } ?? ""
                lines.append(
                    "  \(try execution.text(0)) \(try execution.text(1)), "
                        + "\(counted(try execution.int64OrNull(2) ?? 0, "row"))\(error)")
            }
        }
        return lines
    }
}

/// The three numbers of a published night that matter, a line each for every call currency.
package struct NightSummary {
    package let lines: [String]

    /// Sums a run's calls by call currency; no line where nothing was called for.
    package static func load(_ context: RunContext, from connection: Connection) throws -> NightSummary {
        NightSummary(
            lines: try connection.rows(.nightSummary, [.int64(context.run)]).map { row in
                let currency = try row.text(0)
                let decimals = Int(try row.int16(1))
                func amount(_ column: Int) throws -> String {
                    let number = try row.numeric(column)
                    return ExactDecimal(mantissa: number.unscaled, scale: number.scale).text(decimals: decimals)
                }
                return "\(currency): margin required \(try amount(2)), collateral \(try amount(3)), called "
                    + "\(try amount(4)) from \(try row.int64(5)) of \(try row.int64(6)) accounts"
            })
    }
}
