import Quantities

/// How a requirement comes about in one margin currency, step by step: what every position would cost alone, what
/// netting and each kind of offset saves, what is added (docs/reports.md, *Pages*).
///
/// The steps add up to the requirement, to the minor unit.
package struct PageBuildUp: Sendable {
    /// A step; the raw value is its name on the page.
    package enum Step: String, CaseIterable, Sendable {
        /// The scanning risk of each position with nothing beside it.
        case alone = "every position alone"
        /// Scanning what is held of a combined commodity as one.
        case netting = "netting within commodities"
        case calendar = "calendar spread charges"
        case delivery = "delivery charges"
        case credits = "credits between commodities"
        /// Where the least charge for short options is more than all before.
        case shortOptions = "short option minimum"
        /// The ratio of the account class.
        case ratio = "initial margin ratio"
        /// Simulated risk groups and scan-based spreads in place of their combined commodities.
        case groups = "risk groups and scan-based spreads"
        case optionValue = "net option value"
        case addBack = "offset cap"
        /// What an owner may not set against another, and what lies below zero.
        case limits = "nothing below zero"
    }

    package let currency: Currency
    /// What each step adds, + or takes away, −; one that is not there does nothing.
    package let amounts: [Step: Int64]

    /// Amounts in minor units of the currency.
    package init(currency: Currency, amounts: [Step: Int64]) {
        self.currency = currency
        self.amounts = amounts
    }

    /// From what a run keeps, in minor units: sums over the accounts and combined commodities of a member.
    ///
    /// `alone` is what each position would cost by itself, `scan` to `ratio` are of combined commodities, the rest of
    /// requirements; credits and option value as they stand in the reports, + saves.
    package init(
        currency: Currency, alone: Int64, scan: Int64, calendar: Int64, delivery: Int64, credits: Int64,
        shortOptions: Int64, ratio: Int64, initialRisk: Int64, netOptionValue: Int64, addBack: Int64,
        requirement: Int64
    ) {
        let ofCommodities = scan + calendar + delivery - credits + shortOptions + ratio
        self.init(
            currency: currency,
            amounts: [
                .alone: alone, .netting: scan - alone, .calendar: calendar, .delivery: delivery, .credits: -credits,
                .shortOptions: shortOptions, .ratio: ratio, .groups: initialRisk - ofCommodities,
                .optionValue: -netOptionValue, .addBack: addBack,
                .limits: requirement - (initialRisk + addBack - netOptionValue),
            ])
    }

    /// The sum of all steps.
    package var requirement: Money { Money(minorUnits: amounts.values.reduce(0, +), currency: currency) }

    /// What a step adds or takes away.
    package func amount(_ step: Step) -> Money { Money(minorUnits: amounts[step] ?? 0, currency: currency) }

    /// The steps that do something, in their order; the first always.
    package var steps: [Step] { Step.allCases.filter { $0 == .alone || amounts[$0] ?? 0 != 0 } }
}
