import ClearingModel
import Parameters
import Quantities

/// The charges on an account's own positions, owner by owner, ready to be applied account by account (§9).
struct AddOnCharges {
    private let accounts: [AccountCode: Account]
    private let classes: [AccountClassCode: AccountClassMargin]
    private let charges: [AccountClassCode: ClassCharges]
    private let market: LiquidityBook
    private let rates: ExchangeRates

    init(
        house: ClearingHouse, rows: AddOnParameters, liquidity: [CombinedCommodityCode: LiquidityRow],
        classes: [AccountClassMargin], rates: ExchangeRates
    ) throws {
        accounts = Dictionary(house.accounts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.classes = Dictionary(classes.map { ($0.accountClass, $0) }, uniquingKeysWith: { first, _ in first })
        market = LiquidityBook(liquidity)
        var charges: [AccountClassCode: ClassCharges] = [:]
        for row in rows.liquidityGroups { charges[row.accountClass, default: ClassCharges()].add(row) }
        for row in rows.halfSpreads {
            charges[row.accountClass, default: ClassCharges()].halfSpreads[row.combinedCommodity] = row
        }
        for row in rows.impacts {
            charges[row.accountClass, default: ClassCharges()].impacts[row.combinedCommodity] = row
        }
        for (accountClass, charge) in try market.charges(rows.concentrationTiers) {
            guard let accountClass else { continue }
            charges[accountClass, default: ClassCharges()].concentration[charge.combinedCommodity, default: []]
                .append(charge)
        }
        self.charges = charges
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
            guard let charges = charges[account.accountClass] else { continue }
            let lines = try liquidityLines(account, mine, charges) + positionLines(mine, charges)
            addOns += try lines.filter { $0.amount.minorUnits > 0 }.map { line in
                AccountAddOn(
                    account: account.code, owner: owner, line: line,
                    converted: try rates.into(account.callCurrency).converted(requirement: line.amount))
            }
        }
        return addOns
    }

    private func liquidityLines(
        _ account: Account, _ held: ArraySlice<Exposure>, _ charges: ClassCharges
    ) throws -> [AddOnLine] {
        var lines: [AddOnLine] = []
        for group in charges.groups {
            let exposures = held.compactMap { exposure in group.rows[exposure.combinedCommodity].map { (exposure, $0) }
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
                try LiquidationHorizonCharge(group: group.code, horizonDays: group.horizonDays, currency: currency)
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
    private func positionLines(_ held: ArraySlice<Exposure>, _ charges: ClassCharges) throws -> [AddOnLine] {
        var lines: [AddOnLine] = []
        for exposure in held {
            let (commodity, size) = (exposure.combinedCommodity, exposure.size)
            if let row = charges.halfSpreads[commodity] {
                let charge = HalfSpreadCharge(
                    combinedCommodity: commodity, halfSpread: try market.halfSpread(commodity),
                    contractValueFactor: row.contractValueFactor, tierFactor: row.tierFactor)
                lines.append(try charge.line(size: size, currency: exposure.base.currency))
            }
            if let row = charges.impacts[commodity] {
                let charge = MarketImpactCharge(
                    combinedCommodity: commodity, impactCoefficient: row.impactCoefficient,
                    dailyVolatility: try market.dailyVolatility(commodity),
                    averageDailyVolume: try market.row(commodity, neededBy: "its impact charge").averageDailyVolume,
                    contractValueFactor: row.contractValueFactor)
                lines.append(try charge.line(size: size, currency: exposure.base.currency))
            }
            for charge in charges.concentration[commodity] ?? [] {
                lines.append(try charge.line(size: size, base: exposure.base))
            }
        }
        return lines
    }
}

/// The rows of one account class, found by what is held.
private struct ClassCharges {
    /// A liquidity group and its combined commodities.
    struct Group {
        let code: LiquidityGroupCode
        let horizonDays: ExactDecimal
        var rows: [CombinedCommodityCode: LiquidityGroupRow] = [:]
    }

    /// In the order of the rows.
    var groups: [Group] = []
    var halfSpreads: [CombinedCommodityCode: HalfSpreadRow] = [:]
    var impacts: [CombinedCommodityCode: ImpactRow] = [:]
    var concentration: [CombinedCommodityCode: [ConcentrationCharge]] = [:]

    /// Rows of a group come together.
    mutating func add(_ row: LiquidityGroupRow) {
        if groups.last?.code != row.group { groups.append(Group(code: row.group, horizonDays: row.horizonDays)) }
        groups[groups.count - 1].rows[row.combinedCommodity] = row
    }
}
