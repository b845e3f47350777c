import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios
import Testing

/// A decimal as it is written in a table of a test.
func exact(_ text: String) -> ExactDecimal {
    guard let value = ExactDecimal(text) else { preconditionFailure("not a decimal: \(text)") }
    return value
}

/// The day so many days after 1 January 2024.
func day(_ number: Int) -> BusinessDate { BusinessDate(year: 2024, month: 1, day: 1).adding(days: number) }

/// One level a day from 1 January 2024 on.
func history(
    _ levels: [String], _ kind: ReturnKind = .absolute, factor: String = "X", skipping skipped: Set<Int> = []
) throws -> FactorHistory {
    let kept = levels.indices.filter { !skipped.contains($0) }
    return try FactorHistory(
        factor: RiskFactorCode(factor), returnKind: kind, dates: kept.map(day), levels: kept.map { exact(levels[$0]) })
}

/// Levels from 100 on whose one-day moves are those given.
func levels(after moves: [String], from start: String = "100") -> [String] {
    var level = exact(start)
    return [start]
        + moves.map { move in
            level += exact(move)
            return "\(level)"
        }
}

/// A price scan range in money of factor X whose volatility hardly counts: the moves decide.
func scanRange(_ change: (inout CalibrationRule) -> Void = { _ in }) -> CalibrationRule {
    var rule = CalibrationRule(
        item: .priceScanRange, key: CalibrationKey("OIL"), kind: .amount, basis: .factor(RiskFactorCode("X")),
        confidence: exact("0.75"), increment: exact("0.01"))
    rule.volatility.seedDays = 2
    rule.volatility.z = exact("0.000000000001")
    change(&rule)
    return rule
}

/// The figure on the last day of a history.
func calibrated(
    _ rule: CalibrationRule, _ history: FactorHistory, standing: StandingValue? = nil
) throws -> CalibratedFigure {
    let last = try #require(history.dates.last)
    return try ScanRangeCalibration(rule, history: history).figure(on: last, standing: standing)
}

/// The rule and what it names where a proposal is refused, else an empty text.
func refusal(_ calibrate: () throws -> Void) -> String {
    do {
        try calibrate()
        return ""
    } catch let refusal as CalibrationRefusal {
        return "\(refusal.rule.rawValue) \(refusal.item)"
    } catch {
        return "\(error)"
    }
}

/// A value in force that a calibration with this core and buffer proposed.
func standing(_ value: String, core: String, buffer: ExactFraction) -> StandingValue {
    StandingValue(value: exact(value), proposed: ProposedCore(core: exact(core), buffer: buffer))
}
