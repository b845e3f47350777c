import ClearingModel
import MarginCalls
import Margining
import MarketModel
import Postgres
import Quantities
import Scenarios
import Storage

/// Charges what a large position costs to close: the liquidation horizon and concentration (docs/methodology.md §9).
struct AddOnsStep: StageStep {
    func perform(_ context: RunContext, _ connection: Connection, _ settings: RunSettings) async throws -> Int64 {
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, from: connection)
        let store = AddOnStore(connection)
        let charges = try AddOnCharges(
            house: house, groups: store.liquidityGroups(context.parameterSet),
            tiers: store.concentrationTiers(context.parameterSet),
            liquidity: store.liquidity(pin: context.pinnedLoad, context.businessDate),
            rates: ExchangeRates.load(context, house, from: connection))
        var addOns: [AccountAddOn] = []
        for held in try store.exposures(run: context.run, currencies: house.currencies) {
            addOns += try charges.addOns(of: held.account, held.exposures)
        }
        return try store.save(addOns, run: context.run) { Failpoint.midCopy.reached(.addOns) }
    }
}

/// The charges of a parameter set, ready to be applied account by account.
private struct AddOnCharges {
    private let accounts: [AccountCode: Account]
    private let groups: [AccountClassCode: [LiquidityGroupRow]]
    private let concentration: [AccountClassCode: [ConcentrationCharge]]
    private let liquidity: [CombinedCommodityCode: LiquidityRow]
    private let rates: ExchangeRates

    init(
        house: ClearingHouse, groups: [LiquidityGroupRow], tiers: [ConcentrationTierRow],
        liquidity: [CombinedCommodityCode: LiquidityRow], rates: ExchangeRates
    ) throws {
        accounts = Dictionary(house.accounts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.groups = Dictionary(grouping: groups, by: \.accountClass)
        self.liquidity = liquidity
        self.rates = rates
        var charges: [AccountClassCode: [ConcentrationCharge]] = [:]
        var rest = tiers[...]
        while let first = rest.first {
            let mine = rest.prefix {
                $0.accountClass == first.accountClass && $0.combinedCommodity == first.combinedCommodity
            }
            rest = rest.dropFirst(mine.count)
            guard let measure = try Self.measure(first, liquidity[first.combinedCommodity]) else { continue }
            charges[first.accountClass, default: []].append(
                try ConcentrationCharge(
                    combinedCommodity: first.combinedCommodity, measure: measure, tiers: mine.map(\.tier)))
        }
        concentration = charges
    }

    private static func measure(_ row: ConcentrationTierRow, _ liquidity: LiquidityRow?) throws -> ConcentrationMeasure?
    {
        let found: ConcentrationMeasure? =
            row.tiersOf == "adv"
            ? liquidity.map { .averageDailyVolume($0.averageDailyVolume) }
            : liquidity?.openInterest.map { .openInterest($0) }
        guard let found else {
            throw Failure(
                .inputRejected,
                "liquidity has no \(row.tiersOf) of \(row.combinedCommodity), which its concentration tiers need",
                hint: "margin load liquidity FILE.csv")
        }
        return found
    }

    /// An account's add-ons, owner by owner; lines of nothing are left out.
    func addOns(of code: AccountCode, _ exposures: [Exposure]) throws -> [AccountAddOn] {
        guard let account = accounts[code] else { return [] }
        var addOns: [AccountAddOn] = []
        var rest = exposures[...]
        while let owner = rest.first?.owner {
            let mine = rest.prefix { $0.owner == owner }
            rest = rest.dropFirst(mine.count)
            let lines = try liquidityLines(account, mine) + concentrationLines(account, mine)
            addOns += try lines.filter { $0.amount.minorUnits > 0 }.map { line in
                AccountAddOn(
                    account: code, owner: owner, line: line,
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
                guard let volume = liquidity[exposure.combinedCommodity]?.averageDailyVolume else {
                    throw Failure(
                        .inputRejected,
                        "liquidity has no row of \(exposure.combinedCommodity), which liquidity group "
                            + "\(row.group) needs", hint: "margin load liquidity FILE.csv")
                }
                let base =
                    exposure.base.currency == currency
                    ? exposure.base : try rates.into(currency.code).converted(requirement: exposure.base)
                return LiquidityGroupMember(
                    combinedCommodity: exposure.combinedCommodity, size: exposure.size, base: base,
                    averageDailyVolume: volume, participation: row.participation, extraDays: row.extraDays)
            }
            lines.append(
                try LiquidationHorizonCharge(group: group.group, horizonDays: group.horizonDays, currency: currency)
                    .line(members))
        }
        return lines
    }

    /// A group is charged in its members' one currency, or in the call currency where they differ; nil if nothing is
    /// held.
    private func currency(of exposures: [Exposure], _ account: Account) throws -> Currency? {
        guard let first = exposures.first?.base.currency else { return nil }
        return exposures.allSatisfy { $0.base.currency == first }
            ? first : try rates.into(account.callCurrency).callCurrency
    }

    private func concentrationLines(_ account: Account, _ held: ArraySlice<Exposure>) throws -> [AddOnLine] {
        try (concentration[account.accountClass] ?? []).compactMap { charge in
            guard let exposure = held.first(where: { $0.combinedCommodity == charge.combinedCommodity }) else {
                return nil
            }
            return try charge.line(size: exposure.size, base: exposure.base)
        }
    }
}

/// The date's exchange rates and their haircuts, by the currency they lead into.
struct ExchangeRates: Sendable {
    private let byTarget: [CurrencyCode: CallCurrencyRates]

    static func load(_ context: RunContext, _ house: ClearingHouse, from connection: Connection) throws -> ExchangeRates
    {
        let market = try MarketSnapshot.load(
            pinnedAt: context.pinnedLoad, businessDate: context.businessDate, series: [], from: connection)
        let parameters = try MarginParameters.load(context.parameterSet, from: connection)
        return ExchangeRates(house, market, parameters)
    }

    init(_ house: ClearingHouse, _ market: MarketSnapshot, _ parameters: MarginParameters) {
        var byTarget: [CurrencyCode: CallCurrencyRates] = [:]
        for currency in house.currencies {
            var rates: [CurrencyCode: ConversionRate] = [:]
            for source in house.currencies {
                let pair = CurrencyPair(from: source.code, to: currency.code)
                if let rate = market.exchangeRates[pair] {
                    rates[source.code] = ConversionRate(rate: rate, haircut: parameters.fxHaircuts[pair] ?? .zero)
                }
            }
            byTarget[currency.code] = CallCurrencyRates(callCurrency: currency, rates: rates)
        }
        self.byTarget = byTarget
    }

    /// The rates into one currency; throws for a currency the house does not have.
    func into(_ currency: CurrencyCode) throws -> CallCurrencyRates {
        guard let rates = byTarget[currency] else {
            throw Failure(.inputRejected, "unknown currency \(currency)", hint: "margin load currency FILE.csv")
        }
        return rates
    }
}
