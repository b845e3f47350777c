/// What monitoring tells, in the order in which it is told; the raw value names it in findings and waivers.
package enum MonitoringRule: String, CaseIterable, Sendable {
    case sizeMove = "size_move"
    case concentrationMove = "concentration_move"
    case marginMove = "margin_move"
    case memberLimit = "member_limit"
    case parameterJump = "parameter_jump"
    case stuckFigure = "stuck_figure"
}

/// Something to be looked at: where it is, what stands there, and why.
package struct MonitoringAlarm: Hashable, Sendable {
    package let rule: MonitoringRule
    /// Table, key and column as a finding has them.
    package let place: AlarmPlace
    package let value: String
    package let message: String
}

/// Where an alarm is.
package struct AlarmPlace: Hashable, Sendable {
    package let table: String
    /// The parts of the row's key, joined by ", ".
    package let rowKey: String
    package let column: String

    package init(table: String, rowKey: String, column: String) {
        self.table = table
        self.rowKey = rowKey
        self.column = column
    }
}
