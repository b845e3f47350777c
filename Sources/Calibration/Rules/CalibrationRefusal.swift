import ClearingModel

/// A rule of calibration that rows or histories break, in the order in which they are tried (docs/methodology.md
/// §10.1); the raw value is its name wherever it is told.
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
    /// Of a second opinion alone: fewer than two factors, fewer than three of a curve.
    case tooFewFactors = "too_few_factors"
    case tooFewTenors = "too_few_tenors"
    case outOfRange = "calibration_out_of_range"

    /// Those that histories break before anything is computed.
    static let ofHistories: [CalibrationFault] = [
        .historyStale, .historyGap, .historyHole, .logOfNonPositive, .tooFewObservations, .historyTooShort,
        .historyNotMoving,
    ]
}

/// What a calibration refuses. The item is a factor, with a day where one is meant; a rule by item and key; a leg
/// rule's key with its window.
package typealias CalibrationRefusal = RuleRefusal<CalibrationFault>
