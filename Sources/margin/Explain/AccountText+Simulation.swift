import ClearingModel
import Operations
import Quantities
import Results
import Scenarios

extension AccountText {
    /// Each simulated group: its measure beside scanning, the tail it comes from, and what each position adds.
    mutating func explainSimulations() {
        let risks = explanation.simulatedRisks.filter { item == nil || item == $0.riskGroup.text }
        list(0, risks, "risk groups", of: \.initialRisk, in: \.currency) { text, risk in text.explain(risk) }
    }

    private mutating func explain(_ risk: SimulatedRiskResult) {
        let currency = risk.currency
        let (core, scan) = (money(risk.core, currency), money(risk.scanRisk, currency))
        let counts =
            switch risk.measure {
            case .scan: "scan risk \(scan); the core \(core) is its challenger"
            case .expectedShortfall: "core \(core); the scan risk \(scan) is its challenger"
            case .higher: "the higher of core \(core) and scan risk \(scan)"
            }
        say(
            0,
            "\(ownerText(risk.owner))risk group \(risk.riskGroup), simulation \(risk.simulation): risk "
                + "\(money(risk.risk, currency)) \(currency) = \(counts); initial risk "
                + money(risk.initialRisk, currency)
        )
        let share = ExactDecimal.one - risk.confidence
        let shortfall = money(risk.expectedShortfall, currency)
        say(
            1,
            "\(risk.scenarios) scenarios of \(risk.mporDays) days, tail \(share) of them, "
                + "\(risk.convention.rawValue): value at risk \(money(risk.valueAtRisk, currency)), expected shortfall "
                + shortfall)
        if let stressed = risk.stressedExpectedShortfall {
            let weight = risk.stressedWeight
            say(
                1,
                "core = max(0, \(shortfall), \(ExactDecimal.one - weight) × \(shortfall) + \(weight) × "
                    + "\(money(stressed, currency)) of \(risk.stressedScenarios) stressed scenarios)")
        }
        if let addOn = risk.breakAddOn {
            say(
                1,
                "correlation break: parts of the history exceed the value at risk by "
                    + "\(money(risk.breakExcess, currency)), add-on \(money(addOn, currency))"
                    + (risk.measure == .scan ? ", not charged where scanning counts" : ""))
        }
        let parts = explanation.componentShortfalls.filter {
            $0.owner == risk.owner && $0.riskGroup == risk.riskGroup
        }
        list(2, parts, "positions", of: \.componentShortfall, in: \.currency) { text, part in
            text.say(
                2,
                "\(part.series): \(part.quantity) contracts add \(text.money(part.componentShortfall, currency)) to "
                    + "the shortfall")
        }
    }
}
