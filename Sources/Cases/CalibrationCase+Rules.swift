import Calibration
import ClearingModel
import Quantities
import Runtime
import Scenarios
import TextFiles

extension CalibrationCase {
    /// One rule; what it leaves out is as in the tables.
    func rule(_ row: JSONValue) throws -> CalibrationRule {
        let key = try row.required("key")
        var rule = CalibrationRule(
            item: try row.named("item"), key: CalibrationKey(key),
            kind: row["kind"] == nil ? nil : try row.named("kind") as CalibrationKind,
            basis: try row["legs"] == nil ? .factor(RiskFactorCode(row.required("factor"))) : .legs(legs(row, key)),
            confidence: try row.decimal("confidence"), increment: try row.decimal("increment"))
        try row.whole("horizon_days") { rule.horizonDays = $0 }
        try row.whole("look_back_days") { rule.lookBackDays = $0 }
        try row.whole("min_observations") { rule.minObservations = $0 }
        try row.whole("min_stressed_observations") { rule.minStressedObservations = $0 }
        try row.exact("min_moving_share") { rule.minMovingShare = $0 }
        try row.whole("max_gap_days") { rule.maxGapDays = $0 }
        try row.exact("lambda") { rule.volatility.lambda = $0 }
        try row.whole("seed_days") { rule.volatility.seedDays = $0 }
        try row.exact("z") { rule.volatility.z = $0 }
        try row.exact("volatility_floor") { rule.volatility.floor = $0 }
        try row.exact("step_limit") { rule.stepLimit = $0 }
        try row.exact("cap") { rule.offset.cap = $0 }
        try row.exact("break_z") { rule.offset.breakZ = $0 }
        try row.exact("break_haircut") { rule.offset.breakHaircut = $0 }
        rule.stressedWindows = try windows(row.list("stressed_windows"))
        if let tools = row["tools"] { try add(tools, to: &rule) }
        return rule
    }

    private func add(_ tools: JSONValue, to rule: inout CalibrationRule) throws {
        try tools.whole("floor_years") { rule.floor = FloorTool(years: $0) }
        if tools["floor_kind"] != nil { rule.floor?.kind = try tools.named("floor_kind") }
        if let stressed = tools["stressed"] {
            rule.stressedWeight = ExactDecimal(mantissa: 25, scale: 2)
            try stressed.exact("weight") { rule.stressedWeight = $0 }
            try stressed.whole("min_stressed_observations") { rule.minStressedObservations = $0 }
            rule.stressedWindows = try windows(stressed.list("windows"))
        }
        if let row = tools["buffer"] {
            var buffer = BufferTool(size: ExactDecimal(mantissa: 25, scale: 2))
            try row.exact("size") { buffer.size = $0 }
            try row.exact("rise_trigger") { buffer.riseTrigger = $0 }
            try row.exact("rebuild_step") { buffer.rebuildStep = $0 }
            rule.buffer = buffer
        }
    }

    private func legs(_ row: JSONValue, _ key: String) throws -> [CalibrationLeg] {
        try row.list("legs").enumerated().map { place, leg in
            let tier = leg.optional("tier")
            let source: LegSource =
                if leg["factor"] == nil, let tier {
                    .tier("\(key) \(tier)", nil)
                } else {
                    .factor(RiskFactorCode(try leg.required("factor")))
                }
            return CalibrationLeg(
                number: place + 1, source: source, ratio: try leg.decimal("ratio"),
                contractValueFactor: try leg.decimal("contract_value_factor"), side: try leg.named("side"))
        }
    }

    private func windows(_ rows: [JSONValue]) throws -> [NamedWindow] {
        try rows.enumerated().map { place, row in
            NamedWindow(
                code: StressedWindowCode(row.optional("id") ?? "\(place + 1)"),
                window: StressedWindow(from: try row.day("from"), to: try row.day("to")))
        }
    }
}

extension JSONValue {
    /// A date that must be there.
    func day(_ key: String) throws -> BusinessDate {
        let text = try required(key)
        guard let date = BusinessDate(text) else { throw Failure(.inputRejected, "\(key) \(text) is no date") }
        return date
    }

    /// One of the words of an enumeration.
    func named<Word: RawRepresentable & Sendable>(_ key: String) throws -> Word where Word.RawValue == String {
        let text = try required(key)
        guard let word = Word(rawValue: text) else { throw Failure(.inputRejected, "\(key) \(text) is unknown") }
        return word
    }

    /// A decimal number where it is there.
    func exact(_ key: String, _ set: (ExactDecimal) -> Void) throws {
        if self[key] != nil { set(try decimal(key)) }
    }

    /// A whole number where it is there.
    func whole(_ key: String, _ set: (Int) -> Void) throws {
        if self[key] != nil { set(Int(try units(key))) }
    }
}

extension CalibratedFigure {
    /// The figure under the names of the format.
    var document: JSONValue {
        var members: [String: JSONValue] = [
            "item": .text(item.rawValue), "key": .text("\(key)"), "bound": .text("\(bound)"),
            "bounds": .object(
                Dictionary(
                    bounds.map { ("\($0.name)", .text("\($0.value)")) }, uniquingKeysWith: { first, _ in first })),
            "observations": .text("\(observations)"), "first_day": .text("\(firstDay)"),
            "last_day": .text("\(lastDay)"), "core": .text("\(core)"), "before_limit": .text("\(beforeLimit)"),
            "limited": .text(limited.rawValue), "new": .text("\(new)"),
        ]
        members["buffer"] = buffer.map { .text("\($0.share)") }
        members["buffer_state"] = buffer.map { .text($0.state.rawValue) }
        members["flag"] = flag.map { .text($0.rawValue) }
        members["old"] = old.map { .text("\($0)") }
        members["change"] = change.map { .text($0.text(decimals: 6)) }
        if let test = correlationBreak {
            members["r20"] = .text("\(test.recent)")
            members["r250"] = .text("\(test.earlier)")
            members["z"] = .text("\(test.statistic)")
            members["broken"] = .flag(test.isBroken)
        }
        return .object(members)
    }
}
