import ClearingModel
import Quantities
import Results

/// A bound of the methodology that changed a figure of one account: what it was before and what it became.
package struct AccountBound: Hashable, Sendable {
    /// Which bound, by its name in the JSON document.
    package enum Kind: String, Sendable {
        /// The credit of a combined commodity is at most its price risk (docs/methodology.md §6.4).
        case creditLimit = "credit_limited_by_price_risk"
        /// The risk is at least the short option minimum (§6.6).
        case shortOptionMinimum = "short_option_minimum"
        /// The offset between combined commodities counts up to the class's cap (§6.7).
        case offsetCap = "offset_cap"
        /// A line's net option value counts up to its initial risk (§6.8).
        case netOptionValueCap = "net_option_value_cap"
        /// The requirement is not below 0 (§6.8).
        case notBelowZero = "requirement_not_below_zero"
        /// Long premium-style options alone have no requirement (§6.8).
        case longOptionsOnly = "long_options_only"
    }

    package let owner: OwnerCode
    /// A combined commodity, or the currency of a requirement.
    package let item: String
    /// What the cap is on: a risk line of the currency; else empty.
    package let line: String
    package let kind: Kind
    package let before: ExactDecimal
    package let after: ExactDecimal
}

extension AccountExplanation {
    /// Every bound of the account's figures, combined commodities first.
    package var bounds: [AccountBound] {
        // Of an account whose class is gone nothing says how it was bound.
        terms == nil ? [] : components.flatMap(bounds) + ownerRequirements.flatMap(bounds)
    }

    private func bounds(of component: ComponentResult) -> [AccountBound] {
        // A scan-based spread's leg has no credit of its own and shares the spread's minimum.
        guard component.scanSpread == nil else { return [] }
        var bounds: [AccountBound] = []
        func add(_ kind: AccountBound.Kind, _ before: ExactDecimal, _ after: ExactDecimal) {
            bounds.append(
                AccountBound(
                    owner: component.owner, item: component.combinedCommodity.text, line: "", kind: kind,
                    before: before, after: after))
        }
        let (credit, applied) = (component.interCredit, component.appliedCredit)
        if credit > applied { add(.creditLimit, credit, applied) }
        let scanned = component.scan + component.intraCharge + component.deliveryCharge - applied
        let minimum = component.shortOptionMinimum
        if minimum > scanned { add(.shortOptionMinimum, scanned, minimum) }
        return bounds
    }

    private func bounds(of requirement: OwnerRequirementResult) -> [AccountBound] {
        var bounds: [AccountBound] = []
        func add(_ kind: AccountBound.Kind, _ before: ExactDecimal, _ after: ExactDecimal, line: String = "") {
            bounds.append(
                AccountBound(
                    owner: requirement.owner, item: requirement.currency.description, line: line, kind: kind,
                    before: before, after: after))
        }
        let lines = riskLines(of: requirement)
        let (initial, addBack) = (requirement.initialRisk, requirement.offsetAddBack)
        if addBack > .zero {
            let offset = lines.reduce(.zero - initial) { $0 + $1.standaloneInitialRisk }
            add(.offsetCap, offset, offset - addBack)
        }
        var before = initial + addBack - requirement.netOptionValue
        if isNetOptionValueCapped {
            before = addBack
            for line in lines {
                let (risk, value) = (line.initialRisk, line.netOptionValue)
                before += max(.zero, risk - value)
                if value > risk { add(.netOptionValueCap, value, risk, line: line.line) }
            }
        }
        if before < .zero { add(.notBelowZero, before, .zero) }
        if before > .zero && requirement.requirement == .zero { add(.longOptionsOnly, before, .zero) }
        return bounds
    }
}
