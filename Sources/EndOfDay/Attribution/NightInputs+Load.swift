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
}
