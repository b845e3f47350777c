import ClearingModel
import Quantities
import Runtime
import Storage

/// A parameter set as an approver must see it before approving it: what differs from the set it takes the place of,
/// what that touches, the overrides it ends and the published nights it makes stale.
package struct ParameterSetReview: Sendable, Encodable {
    package let parameterSet: String
    package let effectiveFrom: String
    package let author: String
    package let proposedBy: String
    package let reason: String
    package var approvedBy: String?
    /// The set that holds on the day before; nil where it is the first.
    package let replaces: String?
    package let differences: [ParameterDifference]
    package let overridesEnded: [EndedOverride]
    /// The approved set that takes effect on the same date, so that this one cannot be approved; nil where none does.
    package let standsAgainst: String?
    /// Nil where it is the first.
    package let touches: Touches?
    package let publishedRunsMadeStale: [StalePublishedRun]

    /// - Throws: `Failure` 66 if there is no such set.
    package static func load(_ set: ParameterSetCode, from database: Database) throws -> ParameterSetReview {
        let governance = ParameterGovernance(database)
        guard let listed = try governance.sets().first(where: { $0.parameterSet == set.text }),
            let date = BusinessDate(listed.effectiveFrom)
        else {
            throw Failure(.inputMissing, "there is no parameter set \(set)", hint: "margin parameters list")
        }
        let before = try governance.replaced(by: set)
        let against = try governance.sets().first {
            $0.effectiveFrom == listed.effectiveFrom && $0.approvedBy != nil && $0.parameterSet != set.text
        }
        return ParameterSetReview(
            parameterSet: set.text, effectiveFrom: listed.effectiveFrom, author: listed.author,
            proposedBy: listed.proposedBy, reason: listed.reason, approvedBy: listed.approvedBy, replaces: before?.text,
            differences: try before.map { try governance.differences(from: $0, to: set) } ?? [],
            overridesEnded: try before.map { try governance.overridesEnded(of: $0, by: set) } ?? [],
            standsAgainst: against?.parameterSet,
            touches: try before.map { Touches(try governance.affectedBook(from: $0, to: set, on: date)) },
            publishedRunsMadeStale: try governance.runsMadeStale(by: set))
    }

    /// What it is, then row by row what differs, at most forty cells, then what follows from it.
    package var lines: [String] {
        var lines = [
            "parameter set \(parameterSet) from \(effectiveFrom), author \(author), loaded by \(proposedBy): \(reason)",
            standsAgainst.map { "takes effect on the same date as \($0), which is approved: it cannot be approved too" }
                ?? replaces.map { "takes the place of \($0)" } ?? "the first set: there is none to compare it with",
        ]
        var row: String?
        for cell in differences.prefix(40) {
            let name = cell.row.isEmpty ? cell.table : "\(cell.table) \(cell.row)"
            if name != row { lines.append("  \(name): \(cell.change)") }
            row = name
            if cell.column.isEmpty { continue }
            lines.append("    \(cell.column): \(cell.before ?? "nothing") → \(cell.after ?? "nothing")")
        }
        if differences.count > 40 {
            lines.append(
                "  … and \(differences.count - 40) more: margin parameters diff \(replaces ?? "") \(parameterSet)")
        }
        if replaces != nil, differences.isEmpty { lines.append("  nothing differs") }
        return lines + consequences
    }

    /// What follows from it: what it touches, the overrides it ends, the published runs it makes stale.
    package var consequences: [String] {
        var lines = touches.map { [$0.text] } ?? []
        lines += EndedOverrides.lines(overridesEnded, by: parameterSet)
        if !publishedRunsMadeStale.isEmpty {
            lines.append(
                "makes \(plural(Int64(publishedRunsMadeStale.count), "published run")) stale: "
                    + publishedRunsMadeStale.map { "\($0.businessDate) \($0.cycle) run \($0.run)" }
                    .joined(separator: ", "))
        }
        return lines
    }
}
