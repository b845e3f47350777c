import ClearingModel
import Parameters
import Quantities

/// Concentration over all accounts of a member: gathered account by account, then charged and allocated (§9).
struct MemberConcentrations {
    private struct Key: Hashable {
        let member: MemberCode
        let combinedCommodity: CombinedCommodityCode
    }

    private let charges: [ConcentrationCharge]
    private let members: [MemberCode]
    private let callCurrencies: [AccountCode: CurrencyCode]
    private let rates: ExchangeRates
    private var held: [Key: [AccountConcentration]] = [:]

    init(
        house: ClearingHouse, rows: AddOnParameters, liquidity: [CombinedCommodityCode: LiquidityRow],
        rates: ExchangeRates
    ) throws {
        charges = try LiquidityBook(liquidity).charges(rows.memberConcentrationTiers).map(\.1)
        members = house.members.map(\.code)
        callCurrencies = Dictionary(
            house.accounts.map { ($0.code, $0.callCurrency) }, uniquingKeysWith: { first, _ in first })
        self.rates = rates
    }

    /// Adds an account's part; `own` are its own add-ons. Owners of one account count together.
    mutating func note(_ account: Account, _ exposures: [Exposure], own: [AccountAddOn]) {
        for charge in charges {
            let mine = exposures.filter { $0.combinedCommodity == charge.combinedCommodity }
            guard let currency = mine.first?.base.currency else { continue }
            let item = AddOnItemCode(charge.combinedCommodity.text)
            let ownCharges = own.filter { $0.line.kind == .concentration && $0.line.item == item }
            let key = Key(member: account.member, combinedCommodity: charge.combinedCommodity)
            held[key, default: []].append(
                AccountConcentration(
                    account: account.code, netDelta: mine.reduce(.zero) { $0 + $1.netDelta },
                    base: mine.reduce(.zero(currency)) { $0 + $1.base },
                    ownCharge: ownCharges.reduce(.zero(currency)) { $0 + $1.line.amount }))
        }
    }

    /// By member and combined commodity, in the order of their codes.
    func concentrations() throws -> [(member: MemberCode, MemberConcentration)] {
        try members.flatMap { member in
            try charges.compactMap { charge in
                guard let accounts = held[Key(member: member, combinedCommodity: charge.combinedCommodity)] else {
                    return nil
                }
                return (member, try MemberConcentration(charge: charge, accounts: accounts))
            }
        }
    }

    /// What each account bears of its member's excess.
    func addOns(_ concentrations: [(member: MemberCode, MemberConcentration)]) throws -> [AccountAddOn] {
        try concentrations.flatMap { _, concentration in
            try concentration.lines.compactMap { account, line in
                guard let currency = callCurrencies[account] else { return nil }
                return AccountAddOn(
                    account: account, level: .member, line: line,
                    converted: try rates.into(currency).converted(requirement: line.amount))
            }
        }
    }
}
