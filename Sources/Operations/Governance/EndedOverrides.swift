import EndOfDay
import Storage

/// Overrides that end because another parameter set comes into force (decision 0033), in the operator's words.
package enum EndedOverrides {
    /// What a run found: a sentence an override and column; empty where no override ended.
    package static func found(by context: RunContext, from database: Database) throws -> [String] {
        try ParameterGovernance(database).overrideEndings(ofRun: context.run)
    }

    /// What a set will end: a line an override and column.
    static func lines(_ ended: [EndedOverride], by set: String) -> [String] {
        if ended.isEmpty { return [] }
        return ["overrides that end with parameter set \(set), which does not take them over:"]
            + ended.map { cell in
                "  override \(cell.override) until \(cell.expiresOn): \(cell.table) \(cell.row), \(cell.column): "
                    + "\(cell.before ?? "nothing") → \(cell.after ?? "nothing")"
            }
    }
}
