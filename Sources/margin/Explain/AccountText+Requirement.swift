import ClearingModel
import Operations
import Quantities
import Results

extension AccountText {
    /// Each currency's requirement, what its lines put into it, and every bound that changed it.
    mutating func explainCurrencies() {
        let bounds = explanation.bounds
        for requirement in explanation.ownerRequirements {
            let name =
                "\(ownerText(requirement.owner))\(requirement.currency): requirement \(requirement.requirement)"
            let parts = explanation.riskLines(of: requirement)
            if explanation.isNetOptionValueCapped {
                say(
                    1,
                    "\(name) = Σ max(0, initial risk − net option value) + offset add-back "
                        + "\(requirement.offsetAddBack): net option value is capped at the initial risk")
                for part in parts {
                    let left = max(.zero, part.initialRisk - part.netOptionValue)
                    say(2, "\(part.line): max(0, \(part.initialRisk) − \(part.netOptionValue)) = \(left)")
                }
            } else {
                say(
                    1,
                    "\(name) from initial risk \(requirement.initialRisk) + offset add-back "
                        + "\(requirement.offsetAddBack) − net option value \(requirement.netOptionValue), not below 0")
            }
            if let terms = explanation.terms, requirement.offsetAddBack != .zero {
                let alone = parts.reduce(ExactDecimal.zero) { $0 + $1.standaloneInitialRisk }
                say(
                    2,
                    "offset add-back \(requirement.offsetAddBack) = (1 − offset cap \(terms.offsetCap.shown)) × "
                        + "(stand-alone initial risk \(alone) − initial risk \(requirement.initialRisk))")
            }
            let currency = requirement.currency.description
            for bound in bounds where bound.owner == requirement.owner && bound.item == currency {
                say(2, bound.words)
            }
        }
    }

    /// The bounds of one combined commodity's risk that changed it.
    mutating func explainBounds(_ bounds: [AccountBound], _ owner: OwnerCode, _ commodity: String) {
        for bound in bounds where bound.owner == owner && bound.item == commodity { say(1, bound.words) }
    }

    /// Months · rates of the delivery charge, where there is one.
    mutating func explainDelivery(of component: ComponentResult) {
        let months = explanation.deliveryMonths.filter {
            $0.owner == component.owner && $0.combinedCommodity == component.combinedCommodity
        }
        guard !months.isEmpty else { return }
        say(
            1,
            "delivery charge \(component.deliveryCharge) = Σ delta left × outright rate + delta consumed × spread rate")
        for month in months {
            say(
                2,
                "\(month.contractMonth): \(month.remaining.amount) × \(month.outrightRate) + "
                    + "\(month.consumed.amount) × \(month.spreadRate) = \(month.charge)")
        }
    }
}

extension AccountBound {
    /// The bound in words.
    fileprivate var words: String {
        switch kind {
        case .creditLimit: "bound: of the credit \(before) only \(after) counts, the price risk"
        case .shortOptionMinimum: "bound: the short option minimum \(after) is above the scanned risk \(before)"
        case .offsetCap: "bound: of the offset \(before) the offset cap grants \(after)"
        case .netOptionValueCap:
            "bound: of the net option value \(before) of \(line) only \(after) counts, its initial risk"
        case .notBelowZero: "bound: \(before) is below 0, so that the requirement is 0"
        case .longOptionsOnly:
            "bound: all positions are long premium-style options, which need nothing in place of \(before)"
        }
    }
}
