import ClearingModel
import Quantities

/// What closing an account or an owner out would cost in a run, by scenario.
package struct StressExposureResult: Hashable, Sendable {
    package let account: AccountCode
    /// None where the account is not segregated.
    package let owner: OwnerCode
    /// R, minor units of the base currency, 0 or more.
    package let cover: Int64
    /// E in each scenario by number, + a cost, minor units of the base currency.
    package let exposures: [Int64]

    package init(account: AccountCode, owner: OwnerCode, cover: Int64, exposures: [Int64]) {
        self.account = account
        self.owner = owner
        self.cover = cover
        self.exposures = exposures
    }
}

/// An account's part of its member's stress add-on in a run.
package struct StressAddOnResult: Hashable, Sendable {
    package let account: AccountCode
    /// The scenario of the member's worst shortfall, by number.
    package let scenario: Int
    /// Of the member, in the base currency: its worst shortfall, and what of it is charged.
    package let shortfall: ExactDecimal
    package let charge: ExactDecimal
    /// The guaranty fund, in the base currency.
    package let fund: ExactDecimal
    /// The account's part of the charge, above 0.
    package let amount: ExactDecimal
    /// The same as it is called.
    package let converted: ExactDecimal
    package let callCurrency: CurrencyCode

    package init(
        account: AccountCode, scenario: Int, shortfall: ExactDecimal, charge: ExactDecimal, fund: ExactDecimal,
        amount: ExactDecimal, converted: ExactDecimal, callCurrency: CurrencyCode
    ) {
        self.account = account
        self.scenario = scenario
        self.shortfall = shortfall
        self.charge = charge
        self.fund = fund
        self.amount = amount
        self.converted = converted
        self.callCurrency = callCurrency
    }
}
