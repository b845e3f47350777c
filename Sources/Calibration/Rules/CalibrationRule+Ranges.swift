import ClearingModel
import Quantities
import Scenarios

extension CalibrationRule {
    /// Holds every cell to its range and the rule to what it needs, in that order (docs/methodology.md §10.1).
    /// - Throws: `calibration_rule_range`, `calibration_rule_incomplete`, then `tier_factor_missing`.
    package func check() throws(CalibrationRefusal) {
        if let refusal = rangeRefusal ?? incompleteRefusal ?? tierRefusal { throw refusal }
    }

    /// The refusal of the first cell that is outside its range.
    package var rangeRefusal: CalibrationRefusal? {
        let half = ExactDecimal(mantissa: 5, scale: 1)
        let cells: [(column: String, holds: Bool, range: String, value: String)] = [
            ("horizon_days", (1...60).contains(horizonDays), "1 to 60", "\(horizonDays)"),
            ("confidence", confidence > half && confidence < .one, "above 0.5 and below 1", "\(confidence)"),
            ("look_back_days", lookBackDays ?? 2 >= 2, "2 or more", "\(lookBackDays ?? 0)"),
            ("min_observations", minObservations >= 1, "1 or more", "\(minObservations)"),
            ("min_moving_share", Self.isShare(minMovingShare), "0 to 1", "\(minMovingShare)"),
            ("max_gap_days", maxGapDays >= 1, "1 or more", "\(maxGapDays)"),
            (
                "lambda", volatility.lambda > .zero && volatility.lambda < .one, "above 0 and below 1",
                "\(volatility.lambda)"
            ),
            ("seed_days", volatility.seedDays >= 2, "2 or more", "\(volatility.seedDays)"),
            ("z", volatility.z > .zero, "above 0", "\(volatility.z)"),
            ("volatility_floor", volatility.floor >= .zero, "0 or more", "\(volatility.floor)"),
            ("increment", increment > .zero, "above 0", "\(increment)"),
            ("step_limit", Self.isShare(stepLimit ?? .zero), "0 to 1", "\(stepLimit ?? .zero)"),
            ("floor_years", (1...50).contains(floor?.years ?? 1), "1 to 50", "\(floor?.years ?? 0)"),
            ("stressed_weight", Self.isShare(stressedWeight ?? .zero), "0 to 1", "\(stressedWeight ?? .zero)"),
            (
                "min_stressed_observations", minStressedObservations >= 1, "1 or more", "\(minStressedObservations)"
            ),
            ("buffer", Self.isShare(buffer?.size ?? .zero), "0 to 1", "\(buffer?.size ?? .zero)"),
            ("rise_trigger", buffer?.riseTrigger ?? .zero >= .zero, "0 or more", "\(buffer?.riseTrigger ?? .zero)"),
            ("rebuild_step", buffer?.rebuildStep ?? .one > .zero, "above 0", "\(buffer?.rebuildStep ?? .zero)"),
            ("cap", Self.isShare(offset.cap), "0 to 1", "\(offset.cap)"),
            ("break_z", offset.breakZ > .zero, "above 0", "\(offset.breakZ)"),
            ("break_haircut", Self.isShare(offset.breakHaircut), "0 to 1", "\(offset.breakHaircut)"),
        ]
        if let cell = cells.first(where: { !$0.holds }) {
            return refusal(.ruleRange, column: cell.column, "\(cell.value) is not \(cell.range)")
        }
        return legRangeRefusal ?? windowRangeRefusal
    }

    private var legRangeRefusal: CalibrationRefusal? {
        guard case .legs(let legs) = basis else { return nil }
        for leg in legs {
            let cells = [("ratio", leg.ratio), ("contract_value_factor", leg.contractValueFactor)]
            for (column, value) in cells where value <= .zero {
                return CalibrationRefusal(
                    .ruleRange, "\(name) \(leg.number)", table: "calibration_leg", column: column,
                    "\(value) is not above 0")
            }
        }
        return nil
    }

    private var windowRangeRefusal: CalibrationRefusal? {
        for named in stressedWindows where named.window.from > named.window.to {
            return CalibrationRefusal(
                .ruleRange, "\(name) \(named.code)", table: "calibration_stressed_window", column: "from_date",
                "\(named.window.from) lies behind \(named.window.to)")
        }
        return nil
    }

    /// What a rule within its ranges lacks.
    var incompleteRefusal: CalibrationRefusal? {
        switch (item, basis) {
        case (.intraSpread, .legs(let legs)), (.offsetRate, .legs(let legs)):
            for side in [SpreadSide.a, .b] where !legs.contains(where: { $0.side == side }) {
                return CalibrationRefusal(
                    .ruleIncomplete, name, table: "calibration_leg", column: "side",
                    "no leg is of side \(side.rawValue)")
            }
        case (.intraSpread, .factor), (.offsetRate, .factor):
            return CalibrationRefusal(.ruleIncomplete, name, table: "calibration_leg", "a spread has legs, no factor")
        case (_, .legs): return refusal(.ruleIncomplete, column: "factor", "it has no factor")
        case (.priceScanRange, .factor):
            if kind != .amount && kind != .percent {
                return refusal(.ruleIncomplete, column: "kind", "a price scan range is an amount or percent")
            }
        case (.volatilityScanRange, .factor):
            if kind != .absolute && kind != .relative {
                return refusal(.ruleIncomplete, column: "kind", "a volatility scan range is absolute or relative")
            }
        case (.haircut, .factor): break
        }
        if stressedWeight != nil, item != .offsetRate, stressedWindows.isEmpty {
            return CalibrationRefusal(
                .ruleIncomplete, name, table: "calibration_stressed_window",
                "a stressed weight is given and no window")
        }
        return nil
    }

    /// The first leg whose tier names no factor.
    var tierRefusal: CalibrationRefusal? {
        guard case .legs(let legs) = basis else { return nil }
        for leg in legs {
            guard case .tier(let tier, nil) = leg.source else { continue }
            return CalibrationRefusal(
                .tierFactorMissing, tier, table: "calibration_tier_factor", "\(name): the tier names no factor")
        }
        return nil
    }

    func refusal(_ fault: CalibrationFault, column: String, _ reason: String) -> CalibrationRefusal {
        CalibrationRefusal(fault, name, table: "calibration_rule", column: column, reason)
    }

    private static func isShare(_ value: ExactDecimal) -> Bool { value >= .zero && value <= .one }
}
