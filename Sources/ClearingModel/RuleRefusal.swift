/// What a rule refuses: the rule, what it is about, and what is wrong there.
///
/// Stress, calibration and validation have rules of their own, whose raw values are their names wherever they are told.
package struct RuleRefusal<Rule>: Error, Hashable, Sendable, CustomStringConvertible
where Rule: RawRepresentable & Hashable & Sendable, Rule.RawValue == String {
    package let rule: Rule
    /// What the rule is about, by its code: see the rules.
    package let item: String
    /// The table whose row is at fault, or lacks.
    package let table: String
    /// The column at fault; empty where a whole row is.
    package let column: String
    /// In words, with the value found; lower case, no full stop.
    package let reason: String

    package init(_ rule: Rule, _ item: String, table: String, column: String = "", _ reason: String) {
        self.rule = rule
        self.item = item
        self.table = table
        self.column = column
        self.reason = reason
    }

    package var description: String {
        let place = column.isEmpty ? table : "\(table).\(column)"
        return "\(rule.rawValue): \(item): \(reason) (\(place))"
    }
}
