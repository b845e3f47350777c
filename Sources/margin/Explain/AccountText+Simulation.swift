import ClearingModel
import Operations
import Quantities
import Results
import Scenarios

extension AccountText {
    /// Each simulated group: its measure beside scanning, the tail it comes from, and what each position adds.
    mutating func explainSimulations() {
        for risk in explanation.simulatedRisks where item == nil || item == risk.riskGroup.text {
            let counts =
                switch risk.measure {
                case .scan: "scan risk \(risk.scanRisk); the core \(risk.core) is its challenger"
                case .expectedShortfall: "core \(risk.core); the scan risk \(risk.scanRisk) is its challenger"
                case .higher: "the higher of core \(risk.core) and scan risk \(risk.scanRisk)"
                }
            say(
                0,
                "\(ownerText(risk.owner))risk group \(risk.riskGroup), simulation \(risk.simulation): risk "
                    + "\(risk.risk) \(risk.currency) = \(counts); initial risk \(risk.initialRisk)")
            let share = ExactDecimal.one - risk.confidence
            say(
                1,
                "\(risk.scenarios) scenarios of \(risk.mporDays) days, tail \(share) of them, "
                    + "\(risk.convention.rawValue): value at risk \(risk.valueAtRisk), expected shortfall "
                    + "\(risk.expectedShortfall)")
            if let stressed = risk.stressedExpectedShortfall {
                let weight = risk.stressedWeight
                say(
                    1,
                    "core = max(0, \(risk.expectedShortfall), \(ExactDecimal.one - weight) × "
                        + "\(risk.expectedShortfall) + \(weight) × \(stressed) of \(risk.stressedScenarios) stressed "
                        + "scenarios)")
            }
            if let addOn = risk.breakAddOn {
                say(
                    1,
                    "correlation break: parts of the history exceed the value at risk by \(risk.breakExcess.shown), "
                        + "add-on \(addOn)" + (risk.measure == .scan ? ", not charged where scanning counts" : ""))
            }
            for part in explanation.componentShortfalls
            where part.owner == risk.owner && part.riskGroup == risk.riskGroup {
                say(2, "\(part.series): \(part.quantity) contracts add \(part.componentShortfall) to the shortfall")
            }
        }
    }
}
