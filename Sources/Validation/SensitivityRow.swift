import ClearingModel
import Calibration
import Margining
import Quantities

/// A figure of a rule that a sensitivity changes (docs/methodology.md §12.6); the raw value is its name in tables.
package enum SensitivityParameter: String, CaseIterable, Sendable {
    case lambda, confidence
    case lookBackDays = "look_back_days"
    case horizonDays = "horizon_days"

    /// What a rule has; nil where it looks at all days.
    package func value(in rule: CalibrationRule) -> ExactDecimal? {
        switch self {
        case .lambda: rule.volatility.lambda
        case .confidence: rule.confidence
        case .lookBackDays: rule.lookBackDays.map { ExactDecimal($0) }
        case .horizonDays: ExactDecimal(rule.horizonDays)
        }
    }

    /// The rule with another value; a count of days that is none becomes 0, which the rule's own check refuses.
    fileprivate func set(_ value: ExactDecimal, in rule: inout CalibrationRule) {
        let days = value.units(decimals: 0).flatMap { Int(exactly: $0) } ?? 0
        switch self {
        case .lambda: rule.volatility.lambda = value
        case .confidence: rule.confidence = value
        case .lookBackDays: rule.lookBackDays = days
        case .horizonDays: rule.horizonDays = days
        }
    }
}

/// One change of one figure of a rule, and what a walk-forward of its own comes to with it (docs/methodology.md §12.6).
package struct SensitivityRow: Sendable {
    /// What the walk came to.
    package struct Outcome: Sendable {
        /// The last proposed range, and its share more than the base's at 6 decimals; nil of a base of 0.
        package let figure: ExactDecimal
        package let change: ExactDecimal?
        /// Of either side; nil where no day has its horizon behind it.
        package let tests: CoverageTests?
    }

    package let parameter: SensitivityParameter
    package let base: ExactDecimal?
    package let value: ExactDecimal
    /// What is refused is told by rule and item.
    package let outcome: Result<Outcome, SensitivityRefusal>

    /// Walks again with one figure changed and the same stated first day: where none is stated, from the first day on
    /// which the changed rule has enough history.
    package init(
        _ parameter: SensitivityParameter, value: ExactDecimal, of walk: WalkForward, history: FactorHistory,
        intervalLevel: ExactDecimal, significance: ExactDecimal
    ) {
        self.parameter = parameter
        self.value = value
        base = parameter.value(in: walk.terms.rule)
        do {
            let other = try walk.changed(history, firstDay: walk.terms.firstDay) { parameter.set(value, in: &$0) }
            let (last, before) = (other.lastRange, walk.lastRange)
            outcome = .success(
                Outcome(
                    figure: last,
                    change: before > .zero ? ExactFraction(last - before, over: before).rounded(toScale: 6) : nil,
                    tests: try other.tests(.either, intervalLevel: intervalLevel, significance: significance)?.raw))
        } catch {
            outcome = .failure(SensitivityRefusal(error))
        }
    }
}

/// A refusal of calibration or validation, by its rule and what it is about.
package struct SensitivityRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let rule: String
    package let item: String
    package let reason: String

    package var description: String { "\(rule): \(item): \(reason)" }

    /// As a cell of a table has it: `history_gap WTI 2014-01-06`.
    package var named: String { "\(rule) \(item)" }

    package init(_ error: any Error) {
        switch error {
        case let refusal as CalibrationRefusal:
            (rule, item, reason) = (refusal.rule.rawValue, refusal.item, refusal.reason)
        case let refusal as ValidationRefusal:
            (rule, item, reason) = (refusal.rule.rawValue, refusal.item, refusal.reason)
        default: (rule, item, reason) = (ValidationRule.outOfRange.rawValue, "", "\(error)")
        }
    }
}
