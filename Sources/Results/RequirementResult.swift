import ClearingModel
import Quantities

/// An account's requirement of a run in one currency, and in its call currency.
package struct RequirementResult: Hashable, Sendable {
    package let currency: CurrencyCode
    /// 0 or more.
    package let amount: ExactDecimal
    /// Call currency a unit, above 0.
    package let fxRate: ExactDecimal
    /// 0 or more.
    package let fxHaircut: ExactDecimal
    package let callCurrency: CurrencyCode
    package let converted: ExactDecimal

    package init(
        currency: CurrencyCode, amount: ExactDecimal, fxRate: ExactDecimal, fxHaircut: ExactDecimal,
        callCurrency: CurrencyCode, converted: ExactDecimal
    ) {
        self.currency = currency
        self.amount = amount
        self.fxRate = fxRate
        self.fxHaircut = fxHaircut
        self.callCurrency = callCurrency
        self.converted = converted
    }
}

/// An owner's requirement of a run in one currency.
package struct OwnerRequirementResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let currency: CurrencyCode
    /// 0 or more, as the add-back and the requirement.
    package let initialRisk: ExactDecimal
    /// What the class's offset cap takes back of the offset between risk lines.
    package let offsetAddBack: ExactDecimal
    /// + net long options.
    package let netOptionValue: ExactDecimal
    package let requirement: ExactDecimal

    package init(
        owner: OwnerCode, currency: CurrencyCode, initialRisk: ExactDecimal, offsetAddBack: ExactDecimal,
        netOptionValue: ExactDecimal, requirement: ExactDecimal
    ) {
        self.owner = owner
        self.currency = currency
        self.initialRisk = initialRisk
        self.offsetAddBack = offsetAddBack
        self.netOptionValue = netOptionValue
        self.requirement = requirement
    }
}

/// What enters an owner's requirement by itself: a risk group, a scan-based spread or another combined commodity.
package struct RiskLineResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let currency: CurrencyCode
    /// Code of the group, spread or combined commodity.
    package let line: String
    /// 0 or more.
    package let initialRisk: ExactDecimal
    /// Σ of its combined commodities, each alone.
    package let standaloneInitialRisk: ExactDecimal
    /// + net long options.
    package let netOptionValue: ExactDecimal

    package init(
        owner: OwnerCode, currency: CurrencyCode, line: String, initialRisk: ExactDecimal,
        standaloneInitialRisk: ExactDecimal, netOptionValue: ExactDecimal
    ) {
        self.owner = owner
        self.currency = currency
        self.line = line
        self.initialRisk = initialRisk
        self.standaloneInitialRisk = standaloneInitialRisk
        self.netOptionValue = netOptionValue
    }
}

/// How an account was margined in a run: its type and the terms of its class.
package struct AccountTermsResult: Hashable, Sendable {
    package let marginingType: MarginingType
    package let accountClass: AccountClassCode
    /// Initial risk a unit of risk.
    package let initialRatio: ExactDecimal
    package let netOptionValueIsCapped: Bool
    /// The share of the offset between risk lines that counts, 0 … 1; nil where all of it does.
    package let offsetCap: ExactDecimal?

    package init(
        marginingType: MarginingType, accountClass: AccountClassCode, initialRatio: ExactDecimal,
        netOptionValueIsCapped: Bool, offsetCap: ExactDecimal?
    ) {
        self.marginingType = marginingType
        self.accountClass = accountClass
        self.initialRatio = initialRatio
        self.netOptionValueIsCapped = netOptionValueIsCapped
        self.offsetCap = offsetCap
    }
}
