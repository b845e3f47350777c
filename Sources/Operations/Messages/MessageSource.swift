import ClearingModel
import EndOfDay
import Messages
import Quantities
import Runtime
import Storage

/// What a message is read from.
struct MessageSource {
    let kind: MessageKind
    let context: RunContext
    let store: MessageStore
    let database: Database

    /// - Throws: `MessageRefusal` where the house has no identification.
    func head() throws -> MessageHead {
        let house = try store.house()
        guard let text = house.lei else {
            throw MessageRefusal.identificationMissing(of: "the house", column: "house.lei")
        }
        guard let lei = LegalEntityIdentifier(text) else {
            throw MessageRefusal.identificationUnreadable(of: "the house", column: "house.lei", value: text)
        }
        guard let publishedAt = house.publishedAt else {
            throw missing("\(context.title) is not published", hint: context.line(.publish))
        }
        return MessageHead(
            businessDate: context.businessDate, cycle: context.cycle, runNumber: context.number,
            publishedAt: publishedAt, house: lei)
    }

    /// The calls of a member.
    /// - Throws: `Failure` 66 if the run has none.
    func calls(of member: MemberCode) throws -> [MessageStore.Call] {
        let all = try store.calls()
        let own = all.filter { $0.member == member }
        guard own.isEmpty else { return own }
        let members = Set(all.map(\.member)).sorted().map(\.text)
        let list = members.prefix(12).joined(separator: ", ") + (members.count > 12 ? ", …" : "")
        throw missing(
            "\(context.title) has no call of member \(member)",
            hint: members.isEmpty ? context.line(.status) : "its members: \(list)")
    }

    func missing(_ message: String, hint: String) -> Failure { Failure(.inputMissing, message, hint: hint) }

    /// What the operator is told of a refusal, with what mends it.
    func failure(_ refusal: MessageRefusal) -> Failure {
        let hint =
            switch refusal {
            case .identificationMissing(_, let column), .identificationUnreadable(_, let column, _):
                Self.correction(of: column) + "; then \(context.line(.rerun, "--reason R"))"
            case .textTooLong, .tooManyDecimals, .tooManyDigits, .negative:
                "the message has no room for it; the reports have it: \(context.line(.show))"
            case .currencyChanged: "the reports have each run's figures: \(context.line(.show))"
            case .nothingToSay: context.line(.status)
            }
        return Failure(.inputRejected, "\(kind.version) of \(context.title): \(refusal)", hint: hint)
    }
}

extension MessageSource {
    /// The command that fills a column, `house.lei`.
    private static func correction(of column: String) -> String {
        let words = column.split(separator: ".")
        return "margin correct row \(words[0]) KEY=VALUE set \(words[1])=VALUE --reason R"
    }

    /// The margin report of a member.
    func marginReport(of member: MemberCode?, in named: CurrencyCode?) throws -> MarginReportMessage {
        let member = try require(member)
        let calls = try calls(of: member)
        let currency = try currency(named, of: calls, member)
        let (addOns, unpaid) = (try store.addOns(of: member), try store.unpaid(of: member))
        let collateral = try store.collateral(of: member)
        return MarginReportMessage(
            head: try head(), member: member, currency: currency,
            accounts: calls.filter { $0.currency == currency }.map { call in
                MarginReportMessage.CalledAccount(
                    account: call.account, origin: call.origin, requirement: call.requirement,
                    addOns: addOns[call.account] ?? [], unpaid: unpaid[call.account] ?? [],
                    collateral: collateral[call.account] ?? [], deficit: call.deficit)
            })
    }

    /// A member's part in the guaranty fund.
    /// - Throws: `Failure` 66 for a member without a contribution, 64 for another currency than the contribution's.
    func fundContribution(of member: MemberCode?, in named: CurrencyCode?) throws -> FundContributionMessage {
        let member = try require(member)
        let all = try store.contributions()
        guard let own = all.first(where: { $0.member == member }) else {
            throw missing(
                "member \(member) has no contribution to the guaranty fund on \(context.businessDate)",
                hint: all.isEmpty
                    ? "margin load guaranty_fund_contribution FILE, then \(context.line(.rerun, "--reason R"))"
                    : "those who have: \(all.map(\.member.text).joined(separator: ", "))")
        }
        let currency = own.amount.currency.code
        guard named == nil || named == currency else {
            throw Failure(
                .usage, "member \(member) contributes in \(currency)", hint: "leave --currency out")
        }
        guard let account = own.fundAccount else {
            throw MessageRefusal.identificationMissing(
                of: "the fund account of member \(member)", column: "guaranty_fund_contribution.fund_account")
        }
        return FundContributionMessage(head: try head(), member: member, amount: own.amount, fundAccount: account)
    }

    /// - Throws: `Failure` 64 where none is named.
    func require(_ member: MemberCode?) throws -> MemberCode {
        guard let member else {
            throw Failure(.usage, "\(kind.rawValue) is a member's, and none is named", hint: "add --member MEMBER")
        }
        return member
    }

    /// The currency that is named, or the only one of the calls.
    private func currency(
        _ named: CurrencyCode?, of calls: [MessageStore.Call], _ member: MemberCode
    ) throws -> Currency {
        let currencies = Set(calls.map(\.currency)).sorted { $0.code < $1.code }
        let list = currencies.map(\.code.description).joined(separator: ", ")
        if let named {
            guard let currency = currencies.first(where: { $0.code == named }) else {
                throw missing(
                    "\(context.title) does not call member \(member) in \(named)",
                    hint: "--currency takes one of: \(list)")
            }
            return currency
        }
        guard currencies.count == 1 else {
            throw Failure(
                .usage, "member \(member) is called in several currencies, and a message is of one: \(list)",
                hint: "add --currency \(currencies[0].code)")
        }
        return currencies[0]
    }
}
