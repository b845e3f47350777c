import ClearingModel
import Quantities

/// The figures of an account's call that a reader compares, in its call currency; 0 where the run has no call of it.
package struct CallFigures: Hashable, Sendable {
    package let requirement: ExactDecimal
    package let addOns: ExactDecimal
    package let unpaidVariationMargin: ExactDecimal
    package let collateralValue: ExactDecimal
    package let intradayCollected: ExactDecimal
    package let callAmount: ExactDecimal
    package let returnAmount: ExactDecimal

    package init(
        requirement: ExactDecimal, addOns: ExactDecimal, unpaidVariationMargin: ExactDecimal,
        collateralValue: ExactDecimal, intradayCollected: ExactDecimal, callAmount: ExactDecimal,
        returnAmount: ExactDecimal
    ) {
        self.requirement = requirement
        self.addOns = addOns
        self.unpaidVariationMargin = unpaidVariationMargin
        self.collateralValue = collateralValue
        self.intradayCollected = intradayCollected
        self.callAmount = callAmount
        self.returnAmount = returnAmount
    }
}

/// One account's call in two runs of a date, where any figure, currency or due date differs.
package struct CallChange: Hashable, Sendable {
    package let member: MemberCode
    package let account: AccountCode
    package let callCurrency: CurrencyCode
    package let before: CallFigures
    package let after: CallFigures

    package init(
        member: MemberCode, account: AccountCode, callCurrency: CurrencyCode, before: CallFigures, after: CallFigures
    ) {
        self.member = member
        self.account = account
        self.callCurrency = callCurrency
        self.before = before
        self.after = after
    }
}

/// What a run's calls in one currency come to; 0 where it has none.
package struct CallTotals: Hashable, Sendable {
    package let requirement: ExactDecimal
    package let addOns: ExactDecimal
    package let callAmount: ExactDecimal

    package init(requirement: ExactDecimal, addOns: ExactDecimal, callAmount: ExactDecimal) {
        self.requirement = requirement
        self.addOns = addOns
        self.callAmount = callAmount
    }
}

/// What the calls of two runs in one currency come to.
package struct CallTotalsChange: Hashable, Sendable {
    package let callCurrency: CurrencyCode
    package let before: CallTotals
    package let after: CallTotals

    package init(callCurrency: CurrencyCode, before: CallTotals, after: CallTotals) {
        self.callCurrency = callCurrency
        self.before = before
        self.after = after
    }
}
