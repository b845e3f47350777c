import ClearingModel
import MarginCalls
import Quantities

/// One account's call or return of a run, with its components; amounts in the call currency.
package struct CallResult: Hashable, Sendable {
    package let member: MemberCode
    package let callCurrency: CurrencyCode
    /// 0 or more, as every amount here but the deficit.
    package let requirement: ExactDecimal
    package let addOns: ExactDecimal
    package let unpaidVariationMargin: ExactDecimal
    package let collateralValue: ExactDecimal
    /// + the account owes.
    package let deficit: ExactDecimal
    /// Nil where the account's class has no call rule, like the next two.
    package let threshold: ExactDecimal?
    package let minimumTransferAmount: ExactDecimal?
    package let lot: ExactDecimal?
    package let callAmount: ExactDecimal
    package let returnAmount: ExactDecimal
    package let reason: MarginCallReason
    package let dueDate: BusinessDate
    /// What the day's intraday runs have called already.
    package let intradayCollected: ExactDecimal
    /// Nil in a run at the end of the day.
    package let intradayTrigger: ExactDecimal?

    package init(
        member: MemberCode, callCurrency: CurrencyCode, requirement: ExactDecimal, addOns: ExactDecimal,
        unpaidVariationMargin: ExactDecimal, collateralValue: ExactDecimal, deficit: ExactDecimal,
        threshold: ExactDecimal?, minimumTransferAmount: ExactDecimal?, lot: ExactDecimal?, callAmount: ExactDecimal,
        returnAmount: ExactDecimal, reason: MarginCallReason, dueDate: BusinessDate, intradayCollected: ExactDecimal,
        intradayTrigger: ExactDecimal?
    ) {
        self.member = member
        self.callCurrency = callCurrency
        self.requirement = requirement
        self.addOns = addOns
        self.unpaidVariationMargin = unpaidVariationMargin
        self.collateralValue = collateralValue
        self.deficit = deficit
        self.threshold = threshold
        self.minimumTransferAmount = minimumTransferAmount
        self.lot = lot
        self.callAmount = callAmount
        self.returnAmount = returnAmount
        self.reason = reason
        self.dueDate = dueDate
        self.intradayCollected = intradayCollected
        self.intradayTrigger = intradayTrigger
    }
}
