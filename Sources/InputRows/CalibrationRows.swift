import Calibration
import ClearingModel
import Quantities
import Scenarios

extension CalibrationRule {
    /// Every rule from the rows of its tables, by item and key; legs and windows of no rule are left out.
    ///
    /// Cells are taken as they stand: `check()` holds them to their ranges.
    package static func stated(
        rules: [some InputRow], legs: [some InputRow], windows: [some InputRow]
    ) throws -> [CalibrationRule] {
        var legsOf: [CalibrationRow: [CalibrationLeg]] = [:]
        for row in legs { legsOf[try CalibrationRow(row: row), default: []].append(try CalibrationLeg(row: row)) }
        var windowsOf: [CalibrationRow: [NamedWindow]] = [:]
        for row in windows {
            windowsOf[try CalibrationRow(row: row), default: []].append(
                NamedWindow(
                    code: try row.code("window_code"),
                    window: StressedWindow(from: try row.date("from_date"), to: try row.date("to_date"))))
        }
        return try rules.map { row in
            let place = try CalibrationRow(row: row)
            return try CalibrationRule(
                row: row, place, legs: legsOf[place] ?? [], stressedWindows: windowsOf[place] ?? [])
        }
    }

    /// One row of `calibration_rule` with its legs and windows; a cell that is not there is the rule's default.
    private init(
        row: some InputRow, _ place: CalibrationRow, legs: [CalibrationLeg], stressedWindows: [NamedWindow]
    ) throws {
        let factor: RiskFactorCode? = try row.codeOrNull("factor")
        self.init(
            item: place.item, key: place.key,
            kind: try row.textOrNull("kind") == nil ? nil : row.choice("kind"),
            basis: factor.map { .factor($0) } ?? .legs(legs), confidence: try row.decimal("confidence"),
            increment: try row.decimal("increment"))
        horizonDays = try row.integerOrNull("horizon_days") ?? horizonDays
        lookBackDays = try row.integerOrNull("look_back_days")
        minObservations = try row.integerOrNull("min_observations") ?? minObservations
        minStressedObservations = try row.integerOrNull("min_stressed_observations") ?? minStressedObservations
        minMovingShare = try row.decimalOrNull("min_moving_share") ?? minMovingShare
        maxGapDays = try row.integerOrNull("max_gap_days") ?? maxGapDays
        volatility.lambda = try row.decimalOrNull("lambda") ?? volatility.lambda
        volatility.seedDays = try row.integerOrNull("seed_days") ?? volatility.seedDays
        volatility.z = try row.decimalOrNull("z") ?? volatility.z
        volatility.floor = try row.decimalOrNull("volatility_floor") ?? volatility.floor
        stepLimit = try row.decimalOrNull("step_limit")
        let floorKind: FloorTool.Kind? = try row.textOrNull("floor_kind") == nil ? nil : row.choice("floor_kind")
        floor = try row.integerOrNull("floor_years").map { FloorTool(years: $0, kind: floorKind ?? .volatility) }
        stressedWeight = try row.decimalOrNull("stressed_weight")
        self.stressedWindows = stressedWindows
        buffer = try row.decimalOrNull("buffer").map { BufferTool(size: $0) }
        buffer?.riseTrigger = try row.decimalOrNull("rise_trigger") ?? BufferTool.usualRiseTrigger
        buffer?.rebuildStep = try row.decimalOrNull("rebuild_step") ?? BufferTool.usualRebuildStep
        offset.cap = try row.decimalOrNull("cap") ?? offset.cap
        offset.breakZ = try row.decimalOrNull("break_z") ?? offset.breakZ
        offset.breakHaircut = try row.decimalOrNull("break_haircut") ?? offset.breakHaircut
    }
}

extension CalibrationRow {
    /// The two columns that every row of calibration has.
    package init(row: some InputRow) throws {
        self.init(item: try row.choice("item"), key: try row.code("key"))
    }
}

extension CalibrationLeg {
    /// A row of `calibration_leg`, with the factor that its tier names.
    fileprivate init(row: some InputRow) throws {
        let factor: RiskFactorCode? = try row.codeOrNull("factor")
        let source: LegSource =
            if let tier = try row.textOrNull("tier") {
                .tier("\(try row.text("combined_commodity")) \(tier)", factor)
            } else {
                .factor(try row.code("factor"))
            }
        self.init(
            number: try row.integer("leg"), source: source, ratio: try row.decimal("ratio"),
            contractValueFactor: try row.decimal("contract_value_factor"), side: try row.choice("side"))
    }
}
