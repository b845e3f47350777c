import Quantities

/// When and in what steps an account is called; amounts in its call currency.
package struct CallRule: Hashable, Sendable {
    /// A deficit up to threshold + minimum transfer amount is not called; 0 or more.
    package let threshold: Money
    /// An excess up to this is not returned; 0 or more.
    package let minimumTransferAmount: Money
    /// Calls are rounded up and returns down to a multiple of it; above 0.
    package let lot: Money
    /// An intraday run calls a deficit above it, 0 or more; nil where it never calls.
    package let intradayTrigger: Money?

    /// Throws `unusableCallRule` for an amount that is negative or not in whole minor units, and for a lot of 0.
    package init(
        threshold: ExactDecimal, minimumTransferAmount: ExactDecimal, lot: ExactDecimal, intradayTrigger: ExactDecimal?,
        currency: Currency
    ) throws(MarginCallsError) {
        self.threshold = try Self.money(threshold, currency)
        self.minimumTransferAmount = try Self.money(minimumTransferAmount, currency)
        self.lot = try Self.money(lot, currency)
        self.intradayTrigger = if let intradayTrigger { try Self.money(intradayTrigger, currency) } else { nil }
        if self.lot.minorUnits == 0 { throw .unusableCallRule(lot) }
    }

    /// An amount above 0 as the next multiple of the lot.
    fileprivate func roundedUp(_ amount: Money) -> Money {
        let overLot = Money(minorUnits: amount.minorUnits % lot.minorUnits, currency: amount.currency)
        return overLot.minorUnits == 0 ? amount : amount + lot - overLot
    }

    private static func money(_ amount: ExactDecimal, _ currency: Currency) throws(MarginCallsError) -> Money {
        let plain = amount.withoutTrailingZeros
        guard plain >= .zero, plain.scale <= currency.decimals,
            let units = plain.minorUnits(times: .one, decimals: currency.decimals)
        else { throw .unusableCallRule(amount) }
        return Money(minorUnits: units, currency: currency)
    }
}

/// Why an account is called, paid or left alone; the raw value is the code in results and reports.
package enum MarginCallReason: String, Sendable {
    case deficitAboveThreshold = "deficit_above_threshold"
    case deficitWithinThreshold = "deficit_within_threshold"
    /// No deficit, and no excess large enough to return.
    case covered
    case excessReturned = "excess_returned"
    case noCallRule = "no_call_rule"
    case deficitAboveTrigger = "deficit_above_trigger"
    case deficitWithinTrigger = "deficit_within_trigger"
    /// The class has a call rule and no intraday trigger.
    case noIntradayTrigger = "no_intraday_trigger"
}

/// What a call is made of, each 0 or more and in the account's call currency.
package struct MarginCallComponents: Hashable, Sendable {
    package let requirement: Money
    package let addOns: Money
    package let unpaidVariationMargin: Money
    package let collateralValue: Money
    /// What the intraday runs before called of the same date; it is not in the collateral yet.
    package let intradayCollected: Money

    /// Traps on two currencies and on a negative amount.
    package init(
        requirement: Money, addOns: Money, unpaidVariationMargin: Money, collateralValue: Money,
        intradayCollected: Money
    ) {
        for part in [requirement, addOns, unpaidVariationMargin, collateralValue, intradayCollected] {
            precondition(part.minorUnits >= 0, "a component of a call is never negative")
            precondition(part.currency == requirement.currency, "a call is in one currency")
        }
        self.requirement = requirement
        self.addOns = addOns
        self.unpaidVariationMargin = unpaidVariationMargin
        self.collateralValue = collateralValue
        self.intradayCollected = intradayCollected
    }

    /// Requirement + add-ons + unpaid variation margin − collateral − collected intraday: + = the account owes, − = it
    /// has excess.
    package var deficit: Money {
        requirement + addOns + unpaidVariationMargin - collateralValue - intradayCollected
    }
}

/// An account's call or return of the business date. Its due date is the caller's: it comes from the calendar.
package struct MarginCall: Hashable, Sendable {
    package let components: MarginCallComponents
    /// Nil where the account's class has no call rule.
    package let rule: CallRule?
    /// The whole deficit rounded up to the lot, 0 where there is no call.
    package let callAmount: Money
    /// 0 where nothing is returned; never together with a call.
    package let returnAmount: Money
    package let reason: MarginCallReason

    /// Decides the end-of-day call (methodology §11.4).
    ///
    /// A deficit strictly above threshold + minimum transfer amount is called whole, rounded up to the lot. An excess
    /// strictly above the minimum transfer amount is returned, at most what the account has given, rounded down to the
    /// lot; where nothing is left of it the account is covered.
    package init(_ components: MarginCallComponents, rule: CallRule?) {
        let deficit = components.deficit
        let nothing = Money.zero(deficit.currency)
        self.components = components
        self.rule = rule
        guard let rule else {
            (callAmount, returnAmount, reason) = (nothing, nothing, .noCallRule)
            return
        }
        let lot = rule.lot.minorUnits
        if deficit.minorUnits > 0 {
            let isCalled = deficit.minorUnits > (rule.threshold + rule.minimumTransferAmount).minorUnits
            (callAmount, returnAmount) = (isCalled ? rule.roundedUp(deficit) : nothing, nothing)
            reason = isCalled ? .deficitAboveThreshold : .deficitWithinThreshold
            return
        }
        let given = components.collateralValue + components.intradayCollected
        let excess = min(-deficit.minorUnits, given.minorUnits)
        let isReturned = excess > rule.minimumTransferAmount.minorUnits && excess >= lot
        callAmount = nothing
        returnAmount = isReturned ? Money(minorUnits: excess - excess % lot, currency: deficit.currency) : nothing
        reason = isReturned ? .excessReturned : .covered
    }

    /// Decides an intraday call (methodology §11.5): a deficit strictly above the rule's trigger is called whole,
    /// rounded up to the lot. Nothing is ever returned.
    package init(intraday components: MarginCallComponents, rule: CallRule?) {
        let deficit = components.deficit
        let nothing = Money.zero(deficit.currency)
        self.components = components
        self.rule = rule
        returnAmount = nothing
        guard let rule, let trigger = rule.intradayTrigger else {
            (callAmount, reason) = (nothing, rule == nil ? .noCallRule : .noIntradayTrigger)
            return
        }
        let isCalled = deficit.minorUnits > trigger.minorUnits
        callAmount = isCalled ? rule.roundedUp(deficit) : nothing
        reason = isCalled ? .deficitAboveTrigger : deficit.minorUnits > 0 ? .deficitWithinTrigger : .covered
    }
}
