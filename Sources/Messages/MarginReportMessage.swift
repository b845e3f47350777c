import ClearingModel
import Quantities

/// What the margin report `secl.005` tells a member of its accounts that are called in one currency (methodology §11):
/// everything is an amount of 0 or more that the member has to cover, or covers it with.
package struct MarginReportMessage: Sendable {
    /// An add-on of one kind in one currency.
    package struct AddOn: Sendable {
        package let kind: ChargedAddOn
        package let amount: MessageAmount
        /// In the call currency.
        package let converted: MessageAmount

        package init(kind: ChargedAddOn, amount: MessageAmount, converted: MessageAmount) {
            self.kind = kind
            self.amount = amount
            self.converted = converted
        }
    }

    /// Unpaid variation margin of one currency.
    package struct Unpaid: Sendable {
        package let amount: MessageAmount
        /// In the call currency.
        package let converted: MessageAmount

        package init(amount: MessageAmount, converted: MessageAmount) {
            self.amount = amount
            self.converted = converted
        }
    }

    /// Cash, or everything else, that an account has posted, in the call currency.
    package struct Collateral: Sendable {
        package let isCash: Bool
        /// After haircuts, eligibility and limits.
        package let accepted: MessageAmount
        /// Quantity × price × rate, without haircut, rounded to the minor unit an item.
        package let market: MessageAmount

        package init(isCash: Bool, accepted: MessageAmount, market: MessageAmount) {
            self.isCash = isCash
            self.accepted = accepted
            self.market = market
        }
    }

    /// One account's call with its parts, in its call currency.
    package struct CalledAccount: Sendable {
        package let account: AccountCode
        package let origin: AccountOrigin
        package let requirement: MessageAmount
        package let addOns: [AddOn]
        package let unpaid: [Unpaid]
        package let collateral: [Collateral]
        /// Above 0 what is missing, below what is in excess; what was collected intraday is taken off.
        package let deficit: MessageAmount

        package init(
            account: AccountCode, origin: AccountOrigin, requirement: MessageAmount, addOns: [AddOn],
            unpaid: [Unpaid], collateral: [Collateral], deficit: MessageAmount
        ) {
            self.account = account
            self.origin = origin
            self.requirement = requirement
            self.addOns = addOns
            self.unpaid = unpaid
            self.collateral = collateral
            self.deficit = deficit
        }

        /// Requirement, add-ons and unpaid variation margin.
        var total: MessageAmount {
            let parts = addOns.map(\.converted.value) + unpaid.map(\.converted.value)
            return MessageAmount(parts.reduce(requirement.value, +), requirement.currency)
        }
    }

    package let head: MessageHead
    package let member: MemberCode
    package let currency: Currency
    /// In the order of their codes; at least one.
    package let accounts: [CalledAccount]

    package init(head: MessageHead, member: MemberCode, currency: Currency, accounts: [CalledAccount]) {
        self.head = head
        self.member = member
        self.currency = currency
        self.accounts = accounts
    }
}

/// An add-on as results spell it, with the code of four letters that stands for it where a message takes a code of the
/// house's own.
package enum ChargedAddOn: String, CaseIterable, Sendable {
    case liquidity, impact, concentration, credit, stress
    case halfSpread = "half_spread"
    case wrongWay = "wrong_way"
    case correlationUnderestimation = "correlation_underestimation"
    case correlationBreak = "correlation_break"

    var letters: String {
        switch self {
        case .liquidity: "LIQU"
        case .halfSpread: "HSPR"
        case .impact: "IMPA"
        case .concentration: "CONC"
        case .wrongWay: "WRWY"
        case .credit: "CRED"
        case .correlationUnderestimation: "CUND"
        case .correlationBreak: "CBRK"
        case .stress: "STRS"
        }
    }
    /// The code of `MarginType2Code` that means the same: what the margin covers.
    var supervisedCode: String {
        switch self {
        case .liquidity, .halfSpread, .impact, .concentration: "LIRM"
        case .wrongWay: "WWRM"
        case .credit: "CRAM"
        case .correlationUnderestimation, .correlationBreak: "BARM"
        case .stress: "OTHR"
        }
    }
}
