import Attribution
import ClearingModel
import Margining
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Storage

extension NightInputs {
    /// Everything that the figures of a run were computed from, as it has pinned it, and what it published; in a
    /// transaction of its own.
    /// - Throws: `UnreadableValue` for a row that is none of the house.
    package static func load(_ run: PinnedRun, from database: Database) throws -> NightInputs {
        try database.atomically { try read(run, from: database) }
    }

    /// The same in a transaction that has begun. Makes the table of accounts in scope, and drops it.
    static func read(_ run: PinnedRun, from database: Database) throws -> NightInputs {
        let scope = ScopeStore(database, of: run)
        try scope.openWhole()
        let house = try ClearingHouse.load(pinnedAt: run.load, from: database)
        let arrays = try PublishedArrayStore(database).load(run: run.id, scope: .whole)
        let inputs = NightInputs(
            house: house,
            market: try MarketSnapshot.load(
                pinnedAt: run.load, businessDate: run.businessDate, cycle: run.cycle, series: house.series,
                from: database),
            exchangeRates: try MarketStore(database, of: run, scope: .whole).exchangeRates(),
            parameters: try ParameterSet.load(run.parameters, from: database),
            liquidity: try LiquidityStore(database).liquidity(pin: run.load, run.businessDate),
            listed: Set(arrays.map(\.series)), volatilities: arrays.volatilities,
            positions: try PositionStore(database, house: house, series: house.series.map(\.code.text)).load(
                pin: run.load, run.businessDate, cycle: run.cycle, accountCount: house.accounts.count),
            published: try PublishedFigureStore(database).figures(run: run.id, house: house))
        try scope.drop()
        return inputs
    }

    /// What members were told of this night by another run of it, in minor units of the currencies that accounts are
    /// called in by this one; of an account that the other called in another currency, nothing.
    package func reported(
        by run: PinnedRun, from database: Database
    ) throws -> [AccountCode: [FigureAttributed: Int64]] {
        let other = try ClearingHouse.load(pinnedAt: run.load, from: database)
        let calls = Dictionary(
            house.accounts.map { ($0.code, $0.callCurrency) }, uniquingKeysWith: { first, _ in first })
        let told = try PublishedFigureStore(database).figures(run: run.id, house: other)
        var reported: [AccountCode: [FigureAttributed: Int64]] = [:]
        for account in other.accounts where calls[account.code] == account.callCurrency {
            let figures = told[account.code]
            guard figures != nil || published[account.code] != nil else { continue }
            for figure in FigureAttributed.allCases {
                reported[account.code, default: [:]][figure] = figures?[figure] ?? 0
            }
        }
        return reported
    }
}
