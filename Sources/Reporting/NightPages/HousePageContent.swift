import Quantities

/// What the page of the house shows of a night.
package struct HousePageContent: Sendable {
    /// By member and call currency.
    package var members: [PageMemberCall] = []
    /// What became of calls, by member, account and night; empty of a house that records nothing of them.
    package var openCalls: [PageOpenCall] = []
    /// By call currency.
    package var nights: [PageNights] = []
    /// By call currency and kind, over all members.
    package var addOns: [PageAddOn] = []
    /// The largest excess of each currency first.
    package var concentrations: [PageConcentration] = []
    /// Nil of a night that was not stressed.
    package var stress: StressPageContent?
    /// By number.
    package var findings: [PageFinding] = []
    /// Over all members.
    package var totals: [ControlTotal] = []
    /// When what is called is due on its day, with its zone; empty where the house does not say.
    package var callsDue = ""

    package init() {}

    /// Members whose margin is another than on the night before, the largest change of each currency first.
    var changes: [(member: PageMemberCall, change: Money)] {
        members.compactMap { member in
            member.marginBefore.map { (member: member, change: member.margin - $0) }
        }.filter { $0.change.minorUnits != 0 }.sorted {
            ("\($0.change.currency.code)", $1.change.minorUnits.magnitude, $0.member.member)
                < ("\($1.change.currency.code)", $0.change.minorUnits.magnitude, $1.member.member)
        }
    }
}

/// A member's calls in one currency, tonight and what the next date would call.
package struct PageMemberCall: Sendable {
    package let member: String
    package let accounts: Int
    package let calls: Int
    /// Requirement and add-ons.
    package let margin: Money
    /// Of the night before; nil where that has none.
    package let marginBefore: Money?
    package let collateralValue: Money
    package let callAmount: Money
    package let returnAmount: Money
    /// Nil where the house does not look ahead.
    package let tomorrow: Money?

    package init(
        member: String, accounts: Int, calls: Int, margin: Money, marginBefore: Money?, collateralValue: Money,
        callAmount: Money, returnAmount: Money, tomorrow: Money?
    ) {
        self.member = member
        self.accounts = accounts
        self.calls = calls
        self.margin = margin
        self.marginBefore = marginBefore
        self.collateralValue = collateralValue
        self.callAmount = callAmount
        self.returnAmount = returnAmount
        self.tomorrow = tomorrow
    }
}

/// What a member's accounts together are charged beyond what each is charged alone.
package struct PageConcentration: Sendable {
    package let member: String
    package let combinedCommodity: String
    /// Scaled deltas, + long.
    package let netDelta: ExactDecimal
    package let memberCharge: Money
    package let ownCharges: Money
    package let excess: Money

    package init(
        member: String, combinedCommodity: String, netDelta: ExactDecimal, memberCharge: Money, ownCharges: Money,
        excess: Money
    ) {
        self.member = member
        self.combinedCommodity = combinedCommodity
        self.netDelta = netDelta
        self.memberCharge = memberCharge
        self.ownCharges = ownCharges
        self.excess = excess
    }
}

/// A call that is not met, of this night or of one before it (methodology §11.7).
package struct PageOpenCall: Sendable {
    package let member: String
    package let account: String
    /// The night that called.
    package let callDate: BusinessDate
    package let called: Money
    package let met: Money
    package let open: Money
    package let dueDate: BusinessDate
    /// Business days since that night.
    package let ageDays: Int64
    /// As the report house-call-status has it.
    package let state: String

    package init(
        member: String, account: String, callDate: BusinessDate, called: Money, met: Money, open: Money,
        dueDate: BusinessDate, ageDays: Int64, state: String
    ) {
        self.member = member
        self.account = account
        self.callDate = callDate
        self.called = called
        self.met = met
        self.open = open
        self.dueDate = dueDate
        self.ageDays = ageDays
        self.state = state
    }
}
