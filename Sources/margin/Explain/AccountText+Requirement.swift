import ClearingModel
import Operations
import Quantities
import Results

extension AccountText {
    /// Each currency's requirement, what its lines put into it, and every bound that changed it.
    mutating func explainCurrencies() {
        list(1, explanation.ownerRequirements, "requirements", of: \.requirement, in: \.currency) { text, requirement in
            text.explain(requirement)
        }
    }

    private mutating func explain(_ requirement: OwnerRequirementResult) {
        let currency = requirement.currency
        let name = "\(ownerText(requirement.owner))\(currency): requirement \(money(requirement.requirement, currency))"
        let parts = explanation.riskLines(of: requirement)
        let addBack = money(requirement.offsetAddBack, currency)
        if explanation.isNetOptionValueCapped {
            say(
                1,
                "\(name) = Σ max(0, initial risk − net option value) + offset add-back \(addBack): net option value is "
                    + "capped at the initial risk")
            func left(_ part: RiskLineResult) -> ExactDecimal { max(.zero, part.initialRisk - part.netOptionValue) }
            list(2, parts, "lines", of: left, in: { _ in currency }) { text, part in
                text.say(
                    2,
                    "\(part.line): max(0, \(text.money(part.initialRisk, currency)) − "
                        + "\(text.money(part.netOptionValue, currency))) = \(text.money(left(part), currency))")
            }
        } else {
            say(
                1,
                "\(name) from initial risk \(money(requirement.initialRisk, currency)) + offset add-back \(addBack) − "
                    + "net option value \(money(requirement.netOptionValue, currency)), not below 0")
        }
        if let terms = explanation.terms, requirement.offsetAddBack != .zero {
            let alone = parts.reduce(ExactDecimal.zero) { $0 + $1.standaloneInitialRisk }
            say(
                2,
                "offset add-back \(addBack) = (1 − offset cap \(terms.offsetCap.shown)) × (stand-alone initial risk "
                    + "\(money(alone, currency)) − initial risk \(money(requirement.initialRisk, currency)))")
        }
        for bound in explanation.bounds where bound.owner == requirement.owner && bound.item == currency.description {
            say(2, words(bound, currency))
        }
    }

    /// The bounds of one combined commodity's risk that changed it.
    mutating func explainBounds(of component: ComponentResult, _ bounds: [AccountBound]) {
        for bound in bounds
        where bound.owner == component.owner && bound.item == component.combinedCommodity.text {
            say(1, words(bound, component.currency))
        }
    }

    /// Months · rates of the delivery charge, where there is one.
    mutating func explainDelivery(of component: ComponentResult) {
        let months = explanation.deliveryMonths.filter {
            $0.owner == component.owner && $0.combinedCommodity == component.combinedCommodity
        }
        guard !months.isEmpty else { return }
        let currency = component.currency
        say(
            1,
            "delivery charge \(money(component.deliveryCharge, currency)) = Σ delta left × outright rate + delta "
                + "consumed × spread rate")
        list(2, months, "months", of: \.charge, in: { _ in currency }) { text, month in
            text.say(
                2,
                "\(month.contractMonth): \(month.remaining.amount) × \(text.money(month.outrightRate, currency)) + "
                    + "\(month.consumed.amount) × \(text.money(month.spreadRate, currency)) = "
                    + "\(text.money(month.charge, currency))")
        }
    }

    /// A bound in words.
    private func words(_ bound: AccountBound, _ currency: CurrencyCode) -> String {
        let (before, after) = (money(bound.before, currency), money(bound.after, currency))
        return switch bound.kind {
        case .creditLimit: "bound: of the credit \(before) only \(after) counts, the price risk"
        case .shortOptionMinimum: "bound: the short option minimum \(after) is above the scanned risk \(before)"
        case .offsetCap: "bound: of the offset \(before) the offset cap grants \(after)"
        case .netOptionValueCap:
            "bound: of the net option value \(before) of \(bound.line) only \(after) counts, its initial risk"
        case .notBelowZero: "bound: \(before) is below 0, so that the requirement is 0"
        case .longOptionsOnly:
            "bound: all positions are long premium-style options, which need nothing in place of \(before)"
        }
    }
}
