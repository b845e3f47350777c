import Quantities

/// A cell of a rule that a search or a sweep puts another value into; the raw value is the column's name.
///
/// The order of the cases is the order in which several are put in: a tool before what belongs to it.
package enum RuleParameter: String, CaseIterable, Sendable {
    case kind
    case horizonDays = "horizon_days"
    case confidence
    case lookBackDays = "look_back_days"
    case minObservations = "min_observations"
    case lambda
    case seedDays = "seed_days"
    case z
    case volatilityFloor = "volatility_floor"
    case increment
    case stepLimit = "step_limit"
    case floorYears = "floor_years"
    case floorKind = "floor_kind"
    case stressedWeight = "stressed_weight"
    case buffer
    case riseTrigger = "rise_trigger"
    case rebuildStep = "rebuild_step"

    /// What a rule has, as its cell is written; empty where it has none.
    package func cell(of rule: CalibrationRule) -> String {
        func text(_ value: (some CustomStringConvertible)?) -> String { value.map { "\($0)" } ?? "" }
        return switch self {
        case .kind: text(rule.kind?.rawValue)
        case .horizonDays: text(rule.horizonDays)
        case .confidence: text(rule.confidence)
        case .lookBackDays: text(rule.lookBackDays)
        case .minObservations: text(rule.minObservations)
        case .lambda: text(rule.volatility.lambda)
        case .seedDays: text(rule.volatility.seedDays)
        case .z: text(rule.volatility.z)
        case .volatilityFloor: text(rule.volatility.floor)
        case .increment: text(rule.increment)
        case .stepLimit: text(rule.stepLimit)
        case .floorYears: text(rule.floor?.years)
        case .floorKind: text(rule.floor?.kind.rawValue)
        case .stressedWeight: text(rule.stressedWeight)
        case .buffer: text(rule.buffer?.size)
        case .riseTrigger: text(rule.buffer?.riseTrigger)
        case .rebuildStep: text(rule.buffer?.rebuildStep)
        }
    }

    /// Puts a cell's text into a rule; an empty one takes away what a rule may be without. What belongs to a tool that
    /// the rule has not changes nothing.
    ///
    /// False where the text is no value of the cell, however far outside its range: the rule's own check is for that.
    package func set(_ cell: String, in rule: inout CalibrationRule) -> Bool {
        let isEmpty = cell.isEmpty
        let (whole, decimal) = (Int(cell), ExactDecimal(cell))
        func put<Value>(_ value: Value?, _ path: WritableKeyPath<CalibrationRule, Value>) -> Bool {
            guard let value else { return false }
            rule[keyPath: path] = value
            return true
        }
        func putOrNone<Value>(_ value: Value?, _ path: WritableKeyPath<CalibrationRule, Value?>) -> Bool {
            guard isEmpty || value != nil else { return false }
            rule[keyPath: path] = value
            return true
        }
        switch self {
        case .kind: return put(CalibrationKind(rawValue: cell).map { .some($0) }, \.kind)
        case .horizonDays: return put(whole, \.horizonDays)
        case .confidence: return put(decimal, \.confidence)
        case .lookBackDays: return putOrNone(whole, \.lookBackDays)
        case .minObservations: return put(whole, \.minObservations)
        case .lambda: return put(decimal, \.volatility.lambda)
        case .seedDays: return put(whole, \.volatility.seedDays)
        case .z: return put(decimal, \.volatility.z)
        case .volatilityFloor: return put(decimal, \.volatility.floor)
        case .increment: return put(decimal, \.increment)
        case .stepLimit: return putOrNone(decimal, \.stepLimit)
        case .stressedWeight: return putOrNone(decimal, \.stressedWeight)
        case .floorYears:
            return putOrNone(whole.map { FloorTool(years: $0, kind: rule.floor?.kind ?? .volatility) }, \.floor)
        case .buffer:
            return putOrNone(
                decimal.map {
                    BufferTool(
                        size: $0, riseTrigger: rule.buffer?.riseTrigger ?? BufferTool.usualRiseTrigger,
                        rebuildStep: rule.buffer?.rebuildStep ?? BufferTool.usualRebuildStep)
                }, \.buffer)
        case .floorKind:
            guard let kind = FloorTool.Kind(rawValue: cell) else { return false }
            rule.floor?.kind = kind
            return true
        case .riseTrigger, .rebuildStep:
            guard let decimal else { return false }
            if self == .riseTrigger { rule.buffer?.riseTrigger = decimal } else { rule.buffer?.rebuildStep = decimal }
            return true
        }
    }
}
