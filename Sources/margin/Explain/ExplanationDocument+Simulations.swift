import ClearingModel
import Quantities
import Results
import Scenarios

extension SimulatedRiskResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "risk_group": .code(riskGroup), "measure": .text(measure.rawValue),
            "currency": .currency(currency), "scenarios": .integer(Int64(scenarios)),
            "value_at_risk": .decimal(valueAtRisk), "expected_shortfall": .decimal(expectedShortfall),
            "stressed_scenarios": .integer(Int64(stressedScenarios)),
            "stressed_expected_shortfall": .decimal(stressedExpectedShortfall), "core": .decimal(core),
            "scan_risk": .decimal(scanRisk), "risk": .decimal(risk), "initial_risk": .decimal(initialRisk),
            "break_excess": .decimal(breakExcess), "break_add_on": .decimal(breakAddOn),
            "simulation": .code(simulation), "confidence": .decimal(confidence),
            "convention": .text(convention.rawValue), "mpor_days": .integer(Int64(mporDays)),
            "stressed_weight": .decimal(stressedWeight),
        ]
    }
}

extension ComponentShortfallResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "risk_group": .code(riskGroup), "series": .code(series),
            "quantity": .integer(quantity), "component_shortfall": .decimal(componentShortfall),
            "currency": .currency(currency),
        ]
    }
}
