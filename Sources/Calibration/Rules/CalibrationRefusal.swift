/// A rule of calibration that rows or histories break, in the order in which they are tried (docs/methodology.md §10.1);
/// the raw value is its name wherever it is told.
package enum CalibrationFault: String, CaseIterable, Sendable {
    case ruleRange = "calibration_rule_range"
    case ruleIncomplete = "calibration_rule_incomplete"
    case tierFactorMissing = "tier_factor_missing"
    case historyStale = "history_stale"
    case historyGap = "history_gap"
    case historyHole = "history_hole"
    case logOfNonPositive = "log_of_non_positive"
    case tooFewObservations = "too_few_observations"
    case historyTooShort = "history_too_short"
    case historyNotMoving = "history_not_moving"
    case correlationUndefined = "correlation_undefined"
    case outOfRange = "calibration_out_of_range"

    /// Those that histories break before anything is computed.
    static let ofHistories: [CalibrationFault] = [
        .historyStale, .historyGap, .historyHole, .logOfNonPositive, .tooFewObservations, .historyTooShort,
        .historyNotMoving,
    ]
}

/// What a calibration refuses: the rule, what it is about, and what is wrong there.
package struct CalibrationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let fault: CalibrationFault
    /// A factor, with a day where one is meant; a rule by item and key; a leg rule's key with its window.
    package let item: String
    /// The table whose row is at fault, or lacks.
    package let table: String
    /// The column at fault; empty where a whole row is.
    package let column: String
    /// In words, with the value found; lower case, no full stop.
    package let reason: String

    package init(_ fault: CalibrationFault, _ item: String, table: String, column: String = "", _ reason: String) {
        self.fault = fault
        self.item = item
        self.table = table
        self.column = column
        self.reason = reason
    }

    package var description: String {
        let place = column.isEmpty ? table : "\(table).\(column)"
        return "\(fault.rawValue): \(item): \(reason) (\(place))"
    }
}
