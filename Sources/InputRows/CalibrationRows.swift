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

    /// One row of `calibration_rule` with its legs and windows.
    private init(
        row: some InputRow, _ place: CalibrationRow, legs: [CalibrationLeg], stressedWindows: [NamedWindow]
    ) throws {
        let factor: RiskFactorCode? = try row.codeOrNull("factor")
        self.init(
            item: place.item, key: place.key,
            kind: try row.textOrNull("kind") == nil ? nil : row.choice("kind"),
            basis: factor.map { .factor($0) } ?? .legs(legs), confidence: try row.decimal("confidence"),
            increment: try row.decimal("increment"))
        horizonDays = try row.integer("horizon_days")
        lookBackDays = try row.integerOrNull("look_back_days")
        minObservations = try row.integer("min_observations")
        minStressedObservations = try row.integer("min_stressed_observations")
        minMovingShare = try row.decimal("min_moving_share")
        maxGapDays = try row.integer("max_gap_days")
        volatility.lambda = try row.decimal("lambda")
        volatility.seedDays = try row.integer("seed_days")
        volatility.z = try row.decimal("z")
        volatility.floor = try row.decimal("volatility_floor")
        stepLimit = try row.decimalOrNull("step_limit")
        let floorKind: FloorTool.Kind = try row.choice("floor_kind")
        floor = try row.integerOrNull("floor_years").map { FloorTool(years: $0, kind: floorKind) }
        stressedWeight = try row.decimalOrNull("stressed_weight")
        self.stressedWindows = stressedWindows
        let (trigger, step) = (try row.decimal("rise_trigger"), try row.decimal("rebuild_step"))
        buffer = try row.decimalOrNull("buffer").map {
            BufferTool(size: $0, riseTrigger: trigger, rebuildStep: step)
        }
        offset.cap = try row.decimal("cap")
        offset.breakZ = try row.decimal("break_z")
        offset.breakHaircut = try row.decimal("break_haircut")
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
