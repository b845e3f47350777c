import ClearingModel
import MarginCalls
import Margining
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios
import Storage
import Stress

extension StressInputs {
    /// The same of a run that was computed, in a transaction of its own.
    package static func load(
        _ context: RunContext, _ parameters: ParameterSet, _ set: StressSet, from database: Database
    ) throws -> StressInputs {
        try database.atomically {
            try ScopeStore(database, of: context.pinned).openWhole()
            return try load(context.pinned, parameters, set, from: database)
        }
    }

    /// Reads what a run's stress is computed from; the table of accounts in scope must be open and hold them all.
    /// - Throws: `StressRefusal` where what a stress set needs is not stated.
    package static func load(
        _ run: PinnedRun, _ parameters: ParameterSet, _ set: StressSet, from database: Database
    ) throws -> StressInputs {
        let (pin, date) = (run.load, run.businessDate)
        let house = try ClearingHouse.load(pinnedAt: pin, from: database)
        let store = StressInputStore(database)
        let resources = try store.resources(pin: pin, date)
        if set.secondRound != nil { try resources.requireLiquidity(of: house.members.map(\.code)) }
        guard let code = try store.baseCurrency(pin: pin, date) else { throw StressRefusal.noBaseCurrency }
        guard let base = house.currencies.first(where: { $0.code == code }) else {
            throw StressRefusal.unknownBaseCurrency(code)
        }
        let market = try MarketSnapshot.load(
            pinnedAt: pin, businessDate: date, cycle: run.cycle, series: house.series, from: database)
        let rates = ExchangeRates(
            house.currencies, rates: try MarketStore(database, of: run, scope: .whole).exchangeRates(),
            haircuts: parameters.fxHaircuts)
        let arrays = try PublishedArrayStore(database).load(run: run.id, scope: .whole)
        let positions = try PositionStore(database, house: house, series: arrays.map(\.series.text)).load(
            pin: pin, date, cycle: run.cycle, accountCount: house.accounts.count)
        let book = try StressBook(
            house: house, market: market, parameters: parameters, horizonDays: set.horizonDays, base: base,
            rates: rates, positions: positions, published: arrays)
        return StressInputs(
            set: set, book: book, covers: try store.covers(run: run.id, house: house, rates: rates),
            resources: resources, rates: rates,
            secondRound: try set.secondRound.map { terms in
                SecondRoundInputs(
                    terms: terms,
                    markets: set.markets(try LiquidityStore(database).liquidity(pin: pin, date)),
                    netDeltas: try store.netDeltas(run: run.id),
                    collateral: try acceptedCollateral(
                        house,
                        try CallInputStore(database).collateral(
                            pin: pin, date, haircuts: parameters.collateralHaircuts), parameters, rates))
            })
    }

    /// What each account's collateral counts for in its call currency, as calls will find it.
    private static func acceptedCollateral(
        _ house: ClearingHouse, _ holdings: [AccountCode: [CollateralHolding]], _ parameters: ParameterSet,
        _ rates: ExchangeRates
    ) throws -> [AccountCode: Int64] {
        let groups = Dictionary(house.members.map { ($0.code, $0.group) }, uniquingKeysWith: { first, _ in first })
        var accepted: [AccountCode: Int64] = [:]
        for account in house.accounts {
            guard let items = holdings[account.code] else { continue }
            let into = try rates.into(account.callCurrency)
            let values = try valuedCollateral(
                items.map(\.item), memberGroup: groups[account.member],
                limits: parameters.collateralLimits[account.accountClass] ?? .none, rates: into)
            accepted[account.code] = acceptedTotal(of: values, in: into.callCurrency).minorUnits
        }
        return accepted
    }
}

extension StressSet {
    /// How the combined commodities that have a coefficient trade on the date.
    fileprivate func markets(_ liquidity: [CombinedCommodityCode: LiquidityRow]) -> [CombinedCommodityCode:
        CloseOutMarket]
    {
        var markets: [CombinedCommodityCode: CloseOutMarket] = [:]
        for (code, coefficient) in impactCoefficients {
            guard let row = liquidity[code], let volatility = row.dailyVolatility else { continue }
            markets[code] = CloseOutMarket(
                impactCoefficient: coefficient, dailyVolatility: volatility, averageDailyVolume: row.averageDailyVolume)
        }
        return markets
    }
}
