import ClearingModel
import Digests
import Quantities

/// What the page of one member shows of a night. Every amount stands in a report of the member's too, or is a sum of
/// such amounts over its accounts.
package struct MemberPageContent: Sendable {
    package let member: String
    /// As the house has it.
    package let name: String
    /// By account.
    package var calls: [PageCall] = []
    /// When what is called is due on its day, with its zone: `12:00 Europe/Berlin`; empty where the house does not say.
    package var callsDue = ""
    /// By margin currency.
    package var buildUps: [PageBuildUp] = []
    /// By call currency; empty where nothing was attributed.
    package var attributions: [PageAttribution] = []
    /// By call currency and kind.
    package var addOns: [PageAddOn] = []
    /// Nil where the house does not look ahead.
    package var tomorrow: PageTomorrow?
    /// By call currency.
    package var nights: [PageNights] = []
    /// Those whose loss alone is the largest, the largest first.
    package var positions: [PagePosition] = []
    /// How many positions the member holds in all.
    package var positionCount = 0
    /// By account and rank; nil of a member that has not asked for them.
    package var reducingTrades: [PageTrade]?
    /// By number.
    package var corrections: [PageCorrection] = []
    /// By number.
    package var findings: [PageFinding] = []
    /// Combined commodities held whose data are made up.
    package var synthetic: [String] = []
    /// Of the content of the member's report of its calls.
    package var callDigest: SHA256Digest?

    package init(member: String, name: String) {
        self.member = member
        self.name = name
    }

    /// Calls and returns with something to pay, calls first, the largest first.
    var payments: [PageCall] {
        calls.filter { $0.callAmount.minorUnits > 0 || $0.returnAmount.minorUnits > 0 }.sorted {
            ($1.callAmount.minorUnits, $1.returnAmount.minorUnits, $0.account)
                < ($0.callAmount.minorUnits, $0.returnAmount.minorUnits, $1.account)
        }
    }
}

/// An account's call or return. Amounts are in the call currency.
package struct PageCall: Sendable {
    package let account: String
    package let origin: String
    package let requirement: Money
    package let addOns: Money
    package let unpaidVariationMargin: Money
    package let collateralValue: Money
    package let intradayCollected: Money
    package let deficit: Money
    /// Nil where no call rule is in force.
    package let threshold: Money?
    package let callAmount: Money
    package let returnAmount: Money
    /// As the report margin-call has it.
    package let reasonCode: String
    package let dueDate: BusinessDate

    package init(
        account: String, origin: String, requirement: Money, addOns: Money, unpaidVariationMargin: Money,
        collateralValue: Money, intradayCollected: Money, deficit: Money, threshold: Money?, callAmount: Money,
        returnAmount: Money, reasonCode: String, dueDate: BusinessDate
    ) {
        self.account = account
        self.origin = origin
        self.requirement = requirement
        self.addOns = addOns
        self.unpaidVariationMargin = unpaidVariationMargin
        self.collateralValue = collateralValue
        self.intradayCollected = intradayCollected
        self.deficit = deficit
        self.threshold = threshold
        self.callAmount = callAmount
        self.returnAmount = returnAmount
        self.reasonCode = reasonCode
        self.dueDate = dueDate
    }

    var currency: String { "\(callAmount.currency.code)" }
}

/// An add-on's amount over the member's accounts, in a call currency.
package struct PageAddOn: Sendable {
    /// Its name in the report add-ons.
    package let kind: String
    package let amount: Money

    package init(kind: String, amount: Money) {
        self.kind = kind
        self.amount = amount
    }
}

/// The next business date if nothing moves.
package struct PageTomorrow: Sendable {
    /// An account's margin then and tonight, and what it would be called.
    package struct AccountTomorrow: Sendable {
        package let account: String
        /// Requirement and add-ons.
        package let margin: Money
        /// Nil where the account has no call tonight.
        package let tonightMargin: Money?
        package let unpaidVariationMargin: Money
        package let collateralValue: Money
        package let callAmount: Money
        package let returnAmount: Money
        package let dueDate: BusinessDate

        package init(
            account: String, margin: Money, tonightMargin: Money?, unpaidVariationMargin: Money,
            collateralValue: Money, callAmount: Money, returnAmount: Money, dueDate: BusinessDate
        ) {
            self.account = account
            self.margin = margin
            self.tonightMargin = tonightMargin
            self.unpaidVariationMargin = unpaidVariationMargin
            self.collateralValue = collateralValue
            self.callAmount = callAmount
            self.returnAmount = returnAmount
            self.dueDate = dueDate
        }
    }

    package let date: BusinessDate
    package let parameterSet: String
    /// By account.
    package var accounts: [AccountTomorrow] = []

    package init(date: BusinessDate, parameterSet: String) {
        self.date = date
        self.parameterSet = parameterSet
    }
}

/// What the nights up to this one asked for in a call currency, and what stood against it.
package struct PageNights: Sendable {
    /// One night; amounts are sums over accounts.
    package struct Night: Sendable {
        package let date: BusinessDate
        /// Requirement and add-ons.
        package let margin: Money
        package let collateralValue: Money
        package let callAmount: Money

        package init(date: BusinessDate, margin: Money, collateralValue: Money, callAmount: Money) {
            self.date = date
            self.margin = margin
            self.collateralValue = collateralValue
            self.callAmount = callAmount
        }
    }

    package let currency: Currency
    /// Oldest first, this one last.
    package var nights: [Night] = []

    package init(currency: Currency) { self.currency = currency }
}

/// A position with what it would lose alone.
package struct PagePosition: Sendable {
    package let account: String
    /// Empty but of segregated accounts.
    package let owner: String
    package let series: String
    package let long: Int64
    package let short: Int64
    /// Its scanning risk with nothing beside it, 0 or more.
    package let alone: Money

    package init(account: String, owner: String, series: String, long: Int64, short: Int64, alone: Money) {
        self.account = account
        self.owner = owner
        self.series = series
        self.long = long
        self.short = short
        self.alone = alone
    }
}

/// A corrected cell or an override that touches accounts of the member.
package struct PageCorrection: Sendable {
    package let number: Int64
    package let kind: String
    /// Table, key and column.
    package let place: String
    package let before: String
    package let after: String
    package let reason: String

    package init(number: Int64, kind: String, place: String, before: String, after: String, reason: String) {
        self.number = number
        self.kind = kind
        self.place = place
        self.before = before
        self.after = after
        self.reason = reason
    }
}

/// What a data gate found or monitoring told.
package struct PageFinding: Sendable {
    package let rule: String
    package let severity: String
    package let table: String
    /// The parts of the row's key, joined by ", ".
    package let rowKey: String
    package let column: String
    /// Why it was waived; nil where it was not.
    package let waiver: String?

    package init(
        rule: String, severity: String, table: String, rowKey: String, column: String, waiver: String?
    ) {
        self.rule = rule
        self.severity = severity
        self.table = table
        self.rowKey = rowKey
        self.column = column
        self.waiver = waiver
    }

    /// Whether it tells of data that have not moved for too long.
    var isStale: Bool { rule.hasPrefix("stale_") }

    /// What blocks and is not waived first, then what is stale.
    var rank: Int { severity == "block" && waiver == nil ? 0 : isStale ? 1 : 2 }

    /// Tables of market data, whose rows say nothing of who holds what.
    private static let marketTables: Set<String> = ["intraday_settlement_price", "settlement_price", "volatility"]

    /// Whether it is about a member or account of these, or about market data of a series of these. Nothing else is
    /// shown to a member: another's key never is.
    package func isAbout(own codes: Set<String>, series: Set<String>) -> Bool {
        let parts = rowKey.split(separator: ", ").map(String.init)
        if Self.marketTables.contains(table) { return parts.contains(where: series.contains) }
        return parts.contains(where: codes.contains)
    }
}
