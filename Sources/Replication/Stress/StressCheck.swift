import InputRows
import Quantities

/// A member's published report `stress` beside what was computed again.
package enum StressCheck {
    /// Compares every exposure and shortfall of a report `stress` (CSV) with the replica's, figure by figure, and every
    /// replicated account of the report's members with the report.
    ///
    /// - Returns: the first difference in the order of the report, in words; nil where all agree.
    /// - Throws: `ReplicationError` for a file that is not there or is no such report.
    package static func firstDifference(
        between path: String, and document: StressReplicaDocument
    ) throws -> String? {
        let names = document.scenarios.map { "scenario_\($0.number)" }
        let file = try CSVFile(
            path: path, required: ["member", "figure", "account", "cover", "no_offset"] + names,
            optional: ["owner", "currency", "amount", "minor_unit_decimals"])
        let columns = ["cover", "no_offset"] + names
        var replicated: [[String]: [String]] = [:]
        for row in document.exposures {
            replicated[["exposure", row.member, row.account, row.owner]] =
                [row.cover, row.noOffsetExposure] + row.exposure
        }
        for row in document.members {
            replicated[["shortfall", row.member, "", ""]] = ["", row.noOffsetShortfall] + row.shortfall
        }
        var (members, published): (Set<String>, Set<[String]>) = ([], [])
        for row in file.rows {
            let (figure, member) = (try row.text("figure"), try row.text("member"))
            guard figure == "exposure" || figure == "shortfall" else { continue }
            let key = [figure, member, row.textOrNull("account") ?? "", row.textOrNull("owner") ?? ""]
            members.insert(member)
            published.insert(key)
            guard let figures = replicated[key] else {
                return "\(row.location): \(key.joined(separator: " ")) is published and was not replicated"
            }
            for (column, figure) in zip(columns, figures) where !figure.isEmpty {
                let value = try row.decimal(column)
                if value != ExactDecimal(figure) {
                    return "\(row.location): \(key.joined(separator: " ")): \(column) is published as \(value), "
                        + "replicated as \(figure)"
                }
            }
        }
        let missing = replicated.keys.filter { members.contains($0[1]) && !published.contains($0) }
            .min { $0.lexicographicallyPrecedes($1) }
        return missing.map { "\(path): \($0.joined(separator: " ")) was replicated and is not published" }
    }
}
