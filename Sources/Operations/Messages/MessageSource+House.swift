import ClearingModel
import EndOfDay
import Messages
import Quantities
import Runtime
import Storage

/// Messages of the house to who supervises it.
extension MessageSource {
    /// What every account had to cover, and what members have paid into the fund.
    func requirements() throws -> RequirementsMessage {
        let (addOns, credits) = (try store.addOns(of: nil), try store.credits())
        let (variation, previous) = (try store.variationMargins(), try store.previousInitialMargins())
        let intraday = try store.intradayCalls()
        return RequirementsMessage(
            head: try head(),
            accounts: try store.calls().sorted { $0.account < $1.account }.map { call in
                func inCallCurrency(_ amounts: [AccountCode: MessageAmount]) -> MessageAmount {
                    MessageAmount(amounts[call.account]?.value ?? .zero, call.currency)
                }
                return RequirementsMessage.SupervisedAccount(
                    account: call.account, requirement: call.requirement, credit: inCallCurrency(credits),
                    addOns: addOns[call.account] ?? [], variationMargin: inCallCurrency(variation),
                    previousInitialMargin: previous[call.account] ?? inCallCurrency([:]),
                    intraday: intraday[call.account] ?? [])
            },
            contributions: try store.contributions().map { contribution in
                RequirementsMessage.Contribution(
                    member: contribution.member,
                    identifier: try contribution.lei.map { try identifier($0, of: contribution.member) },
                    amount: contribution.amount)
            })
    }

    /// What every account holds.
    func positions() throws -> PositionsMessage {
        PositionsMessage(head: try head(), portfolios: try store.portfolios())
    }

    /// What the stress scenarios would cost.
    /// - Throws: `Failure` 66 if the run was not stressed.
    func stress() throws -> StressMessage {
        let scenarios = try store.stress()
        guard !scenarios.isEmpty else {
            throw missing(
                "\(context.title) was not stressed: parameter set \(context.parameterSet) has no stress set",
                hint: "load a set with one, approved and in force on the date, then "
                    + context.line(.rerun, "--reason R"))
        }
        return StressMessage(head: try head(), scenarios: scenarios)
    }

    /// How the nights of the month were held against what came after them.
    /// - Throws: `Failure` 66 if no backtest tested an account then.
    func backtest() throws -> BacktestMessage {
        let results = try store.backtest()
        guard !results.isEmpty else {
            throw missing(
                "no backtest has tested an account on a night of the month of \(context.businessDate) up to it",
                hint: "margin-backtest --backtest BACKTEST")
        }
        return BacktestMessage(head: try head(), results: results)
    }

    /// A member's identification.
    /// - Throws: `MessageRefusal` where its check digits are wrong.
    private func identifier(_ text: String, of member: MemberCode) throws -> LegalEntityIdentifier {
        guard let identifier = LegalEntityIdentifier(text) else {
            throw MessageRefusal.identificationUnreadable(
                of: "member \(member)", column: "clearing_member.lei", value: text)
        }
        return identifier
    }
}
