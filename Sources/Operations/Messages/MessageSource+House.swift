import ClearingModel
import Messages
import Quantities
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
                    previousInitialMargin: inCallCurrency(previous), intraday: intraday[call.account] ?? [])
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
