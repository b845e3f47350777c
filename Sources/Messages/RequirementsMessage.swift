import ClearingModel
import Quantities
import TextFiles

/// What the message `auth.055` tells a supervisor: what every account had to cover during the day and at its end, and
/// what members have paid into the guaranty fund. Amounts of an account are in its call currency.
package struct RequirementsMessage: Sendable {
    /// An account's call in one published intraday run.
    package struct IntradayCall: Sendable {
        /// In UTC, as `2018-12-31T12:30:00Z`.
        package let publishedAt: String
        /// Requirement and add-ons.
        package let initialMargin: MessageAmount
        package let unpaidVariationMargin: MessageAmount
        package let called: MessageAmount

        package init(
            publishedAt: String, initialMargin: MessageAmount, unpaidVariationMargin: MessageAmount,
            called: MessageAmount
        ) {
            self.publishedAt = publishedAt
            self.initialMargin = initialMargin
            self.unpaidVariationMargin = unpaidVariationMargin
            self.called = called
        }
    }

    /// One account, at the end of the day and in the intraday runs before.
    package struct SupervisedAccount: Sendable {
        package let account: AccountCode
        package let requirement: MessageAmount
        /// What net option value has taken off the requirement, 0 or more.
        package let credit: MessageAmount
        package let addOns: [MarginReportMessage.AddOn]
        /// Of positions, trades and expiries, without premiums and payoffs: above 0 what the account receives.
        package let variationMargin: MessageAmount
        /// Requirement and add-ons at the end of the business date before; 0 where there is none.
        package let previousInitialMargin: MessageAmount
        /// In the order of the runs.
        package let intraday: [IntradayCall]

        package init(
            account: AccountCode, requirement: MessageAmount, credit: MessageAmount,
            addOns: [MarginReportMessage.AddOn], variationMargin: MessageAmount,
            previousInitialMargin: MessageAmount, intraday: [IntradayCall]
        ) {
            self.account = account
            self.requirement = requirement
            self.credit = credit
            self.addOns = addOns
            self.variationMargin = variationMargin
            self.previousInitialMargin = previousInitialMargin
            self.intraday = intraday
        }

        /// - Throws: `MessageRefusal` where an intraday run, or the night before one, called in another currency.
        func checkCurrencies() throws(MessageRefusal) {
            let now = requirement.currency.code
            let before = intraday.isEmpty ? [] : [previousInitialMargin] + intraday.map(\.initialMargin)
            for amount in before where amount.currency.code != now {
                throw .currencyChanged(account: account.text, from: amount.currency.code, to: now)
            }
        }

        /// What a run asks more than the end of the day before, 0 where it is less.
        func increase(in call: IntradayCall) -> ExactDecimal {
            max(.zero, call.initialMargin.value - previousInitialMargin.value)
        }
    }

    /// A member's contribution to the guaranty fund.
    package struct Contribution: Sendable {
        package let member: MemberCode
        /// Nil: the member is named by its code.
        package let identifier: LegalEntityIdentifier?
        package let amount: MessageAmount

        package init(member: MemberCode, identifier: LegalEntityIdentifier?, amount: MessageAmount) {
            self.member = member
            self.identifier = identifier
            self.amount = amount
        }
    }

    package let head: MessageHead
    package let accounts: [SupervisedAccount]
    package let contributions: [Contribution]

    package init(head: MessageHead, accounts: [SupervisedAccount], contributions: [Contribution]) {
        self.head = head
        self.accounts = accounts
        self.contributions = contributions
    }

    /// The message. Equal contents give equal bytes.
    /// - Throws: `MessageRefusal` for what has no room, and where there is no account or no contribution.
    package func bytes() throws -> [UInt8] {
        guard !accounts.isEmpty else {
            throw MessageRefusal.nothingToSay(element: "EndOfDayRqrmnt", what: "account with a call")
        }
        guard !contributions.isEmpty else {
            throw MessageRefusal.nothingToSay(
                element: "DfltFndRqrmnt", what: "row of guaranty_fund_contribution in force")
        }
        for account in accounts { try account.checkCurrencies() }
        return try XMLText.message(.memberRequirements) { xml in
            for account in accounts { try writePeaks(account, to: &xml) }
            for account in accounts {
                for call in account.intraday where call.called.value > .zero {
                    try xml.element("IntraDayMrgnCall") { xml in
                        try writeAccount(account, to: &xml)
                        try xml.amount("IntraDayCall", call.called)
                        xml.leaf("TmStmp", call.publishedAt)
                    }
                }
            }
            for account in accounts { try writeEndOfDay(account, to: &xml) }
            for contribution in contributions {
                try xml.element("DfltFndRqrmnt") { xml in
                    try xml.supervised(
                        "ClrMmbId", contribution.identifier?.description ?? contribution.member.text,
                        issuer: contribution.identifier == nil ? head.house : nil, .clearingMember)
                    try xml.amount("Amt", contribution.amount)
                }
            }
        }
    }

    private func writeAccount(_ account: SupervisedAccount, to xml: inout XMLText) throws {
        try xml.supervised("MrgnAcctId", account.account.text, issuer: head.house, .marginAccount)
    }

    private func writePeaks(_ account: SupervisedAccount, to xml: inout XMLText) throws {
        func amount(_ value: ExactDecimal) -> MessageAmount { MessageAmount(value, account.requirement.currency) }
        func peak(_ value: (IntradayCall) -> ExactDecimal) -> MessageAmount {
            amount(account.intraday.map(value).reduce(.zero, max))
        }
        try xml.element("IntraDayRqrmntAmt") { xml in
            try xml.amount("IntraDayMrgnCall", amount(account.intraday.map(\.called.value).reduce(.zero, +)))
            try xml.amount("PeakInitlMrgnLblty", peak(account.increase))
            try xml.amount("PeakVartnMrgnLblty", peak { $0.unpaidVariationMargin.value })
            try xml.amount("AggtPeakLblty", peak { account.increase(in: $0) + $0.unpaidVariationMargin.value })
            try writeAccount(account, to: &xml)
        }
    }

    private func writeEndOfDay(_ account: SupervisedAccount, to xml: inout XMLText) throws {
        let gross = MessageAmount(
            account.requirement.value + account.credit.value, account.requirement.currency)
        try xml.element("EndOfDayRqrmnt") { xml in
            try xml.element("InitlMrgnRqrmnts") { xml in
                try writeExposure(gross, code: "MARM", isCore: true, to: &xml)
                for addOn in account.addOns {
                    try writeExposure(
                        addOn.converted, original: addOn.amount, code: addOn.kind.supervisedCode, isCore: false,
                        to: &xml)
                }
                try xml.amount("Cdt", account.credit)
            }
            try xml.signed("VartnMrgnRqrmnts", account.variationMargin)
            try writeAccount(account, to: &xml)
        }
    }

    private func writeExposure(
        _ amount: MessageAmount, original: MessageAmount? = nil, code: String, isCore: Bool, to xml: inout XMLText
    ) throws {
        try xml.element("InitlMrgnXpsr") { xml in
            try xml.element("Amt") { xml in
                if let original, original.currency != amount.currency { try xml.amount("OrgnlAmt", original) }
                try xml.amount("RptgAmt", amount)
            }
            xml.element("Tp") { $0.leaf("Cd", code) }
            xml.flag("CoreInd", isCore)
        }
    }
}
