import ClearingModel
import Parameters
import Quantities

/// The charges on an account's own positions, owner by owner, ready to be applied account by account (§9).
struct AddOnCharges {
    private let accounts: [AccountCode: Account]
    private let classes: [AccountClassCode: AccountClassMargin]
    private let groups: [AccountClassCode: [LiquidityGroupRow]]
    private let halfSpreads: [AccountClassCode: [HalfSpreadRow]]
    private let impacts: [AccountClassCode: [ImpactRow]]
    private let concentration: [AccountClassCode: [ConcentrationCharge]]
    private let market: LiquidityBook
    private let rates: ExchangeRates

    init(
        house: ClearingHouse, rows: AddOnParameters, liquidity: [CombinedCommodityCode: LiquidityRow],
        classes: [AccountClassMargin], rates: ExchangeRates
    ) throws {
        accounts = Dictionary(house.accounts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.classes = Dictionary(classes.map { ($0.accountClass, $0) }, uniquingKeysWith: { first, _ in first })
        groups = Dictionary(grouping: rows.liquidityGroups, by: \.accountClass)
        halfSpreads = Dictionary(grouping: rows.halfSpreads, by: \.accountClass)
        impacts = Dictionary(grouping: rows.impacts, by: \.accountClass)
        market = LiquidityBook(liquidity)
        concentration = try Dictionary(
            market.charges(rows.concentrationTiers).compactMap { charge in charge.accountClass.map { ($0, charge.1) } }
                .map { ($0, [$1]) }, uniquingKeysWith: +)
        self.rates = rates
    }

    /// The account of a code; nil for one the house does not have.
    func account(_ code: AccountCode) -> Account? { accounts[code] }

    /// An account's add-ons, owner by owner; lines of nothing are left out.
    func addOns(of account: Account, _ exposures: [Exposure]) throws -> [AccountAddOn] {
        var addOns: [AccountAddOn] = []
        var rest = exposures[...]
        while let owner = rest.first?.owner {
            let mine = rest.prefix { $0.owner == owner }
            rest = rest.dropFirst(mine.count)
            let lines = try liquidityLines(account, mine) + positionLines(account, mine)
            addOns += try lines.filter { $0.amount.minorUnits > 0 }.map { line in
                AccountAddOn(
                    account: account.code, owner: owner, line: line,
                    converted: try rates.into(account.callCurrency).converted(requirement: line.amount))
            }
        }
        return addOns
    }

    private func liquidityLines(_ account: Account, _ held: ArraySlice<Exposure>) throws -> [AddOnLine] {
        var lines: [AddOnLine] = []
        var rest = (groups[account.accountClass] ?? [])[...]
        while let group = rest.first {
            let rows = rest.prefix { $0.group == group.group }
            rest = rest.dropFirst(rows.count)
            let exposures = held.compactMap { exposure in
                rows.first { $0.combinedCommodity == exposure.combinedCommodity }.map { (exposure, $0) }
            }
            guard let currency = try currency(of: exposures.map(\.0), account) else { continue }
            let members = try exposures.map { exposure, row in
                LiquidityGroupMember(
                    combinedCommodity: exposure.combinedCommodity, size: exposure.size,
                    base: try inCurrency(exposure.base, currency),
                    averageDailyVolume: try market.row(
                        exposure.combinedCommodity, neededBy: "liquidity group \(row.group)"
                    ).averageDailyVolume,
                    participation: row.participation, extraDays: row.extraDays)
            }
            lines.append(
                try LiquidationHorizonCharge(group: group.group, horizonDays: group.horizonDays, currency: currency)
                    .line(members, alpha: alpha(account, exposures.map(\.0), currency)))
        }
        return lines
    }

    /// How much diversification between the group's combined commodities lowers its charge; one without a floor.
    private func alpha(
        _ account: Account, _ exposures: [Exposure], _ currency: Currency
    ) throws -> DiversificationAlpha {
        guard let floor = classes[account.accountClass]?.diversificationFloor else { return .one }
        func sum(_ amount: (Exposure) -> Money) throws -> Money {
            try exposures.reduce(.zero(currency)) { try $0 + inCurrency(amount($1), currency) }
        }
        return DiversificationAlpha(
            floor: floor, diversified: try sum(\.initialRisk), standAlone: try sum(\.standaloneInitialRisk))
    }

    /// A group is charged in its members' one currency, or in the call currency where they differ; nil if nothing is
    /// held.
    private func currency(of exposures: [Exposure], _ account: Account) throws -> Currency? {
        guard let first = exposures.first?.base.currency else { return nil }
        return exposures.allSatisfy { $0.base.currency == first }
            ? first : try rates.into(account.callCurrency).callCurrency
    }

    private func inCurrency(_ amount: Money, _ currency: Currency) throws -> Money {
        amount.currency == currency ? amount : try rates.into(currency.code).converted(requirement: amount)
    }

    /// Half-spread, impact and concentration lines: each of one combined commodity.
    private func positionLines(_ account: Account, _ held: ArraySlice<Exposure>) throws -> [AddOnLine] {
        func exposure(_ code: CombinedCommodityCode) -> Exposure? { held.first { $0.combinedCommodity == code } }
        var lines: [AddOnLine] = []
        for row in halfSpreads[account.accountClass] ?? [] {
            guard let held = exposure(row.combinedCommodity) else { continue }
            let charge = HalfSpreadCharge(
                combinedCommodity: row.combinedCommodity,
                halfSpread: try market.halfSpread(row.combinedCommodity),
                contractValueFactor: row.contractValueFactor, tierFactor: row.tierFactor)
            lines.append(try charge.line(size: held.size, currency: held.base.currency))
        }
        for row in impacts[account.accountClass] ?? [] {
            guard let held = exposure(row.combinedCommodity) else { continue }
            let charge = MarketImpactCharge(
                combinedCommodity: row.combinedCommodity, impactCoefficient: row.impactCoefficient,
                dailyVolatility: try market.dailyVolatility(row.combinedCommodity),
                averageDailyVolume: try market.row(row.combinedCommodity, neededBy: "its impact charge")
                    .averageDailyVolume,
                contractValueFactor: row.contractValueFactor)
            lines.append(try charge.line(size: held.size, currency: held.base.currency))
        }
        for charge in concentration[account.accountClass] ?? [] {
            guard let held = exposure(charge.combinedCommodity) else { continue }
            lines.append(try charge.line(size: held.size, base: held.base))
        }
        return lines
    }
}
