import ClearingModel
import MarginCalls
import MarketModel
import ParallelWork
import Parameters
import Postgres
import Runtime
import Scenarios
import Storage

/// Settles variation margin, values collateral and calls what is missing (docs/methodology.md §11).
struct CallsStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        guard let base = scope.base else { return try scope.openWhole() }
        try scope.openAffectedAccounts(base) {
            try scope.connection.execute(
                .scopeCalls,
                [.int64(base.pinnedLoad), scope.pin, scope.date, scope.previous, scope.cycle, scope.run])
        }
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let inputs = try CallInputs.load(context, extent, from: connection)
        let outcomes = await inChunks(inputs.house.accounts.count, threads: settings.threads, completed: Progress.parts)
        { range in
            range.map { index in callOutcome(ofAccount: index, inputs) }
        }
        let calls = try outcomes.compactMap { try $0.get() }
        return try CallStore(connection).save(calls, book: inputs.book, run: context.run) {
            Failpoint.midCopy.reached(.calls)
        }
    }
}

extension CallInputs {
    fileprivate static func load(
        _ context: RunContext, _ extent: StageExtent, from connection: Connection
    ) throws -> CallInputs {
        let pin = context.pinnedLoad
        let house = try ClearingHouse.load(pinnedAt: pin, scope: extent.loadScope, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: pin, businessDate: context.businessDate, cycle: context.cycle, series: house.series,
            scope: extent.loadScope, from: connection)
        let parameters = try ParameterSet.load(context.parameters, from: connection)
        let book = try SettlementBook(house, market)
        let store = CallInputStore(connection)
        let previous = try context.previousBusinessDate.map { date in
            try PositionStore(connection, house: house, series: book.terms.map(\.series.text)).load(
                pin: pin, date, cycle: .endOfDay, accountCount: house.accounts.count)
        }
        return CallInputs(
            house: house, book: book, businessDate: context.businessDate, cycle: context.cycle,
            calendar: market.calendar,
            previousPositions: previous ?? .empty(accountCount: house.accounts.count),
            trades: try store.trades(pin: pin, context.businessDate, house: house, book: book),
            totals: try store.totals(run: context.run),
            collateral: try store.collateral(pin: pin, context.businessDate, haircuts: parameters.collateralHaircuts),
            parameters: parameters,
            collectedIntraday: try store.collectedIntraday(run: context.run),
            owed: try store.owed(pin: pin, context.businessDate, currencies: house.currencies),
            rates: ExchangeRates(
                house.currencies, rates: market.exchangeRates, haircuts: parameters.fxHaircuts))
    }
}

private func callOutcome(
    ofAccount index: Int, _ inputs: CallInputs
) -> Result<AccountCall?, MarginCallsError> {
    do throws(MarginCallsError) {
        return .success(try inputs.call(ofAccount: index))
    } catch {
        return .failure(error)
    }
}
