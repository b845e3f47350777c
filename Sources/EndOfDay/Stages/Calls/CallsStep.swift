import ClearingModel
import MarginCalls
import ParallelWork
import Parameters
import Runtime
import Storage

/// Settles variation margin, values collateral and calls what is missing (docs/methodology.md §11).
struct CallsStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        guard let base = execution.base else { return try execution.tables.openWhole() }
        try execution.openAffectedAccounts(base) { try execution.tables.openAccountsOfCalls(since: base.pinnedLoad) }
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let inputs = try CallInputs.load(execution)
        let (accounts, threads) = (inputs.house.accounts.count, settings.threads)
        let (store, run) = (CallStore(execution.database), execution.context.run)
        var rows: Int64 = 0
        try await inSpans(accounts, of: 4 * chunkSize) { span in
            await inChunks(span.count, threads: threads, of: chunkSize / 4) { chunk in
                chunk.map { callOutcome(ofAccount: span.lowerBound + $0, inputs) }
            }
        } use: { span, outcomes in
            let calls = try outcomes.compactMap { try $0.get() }
            rows += try store.save(calls, book: inputs.book, run: run) {
                if span.lowerBound == 0 { Failpoint.midCopy.reached(.calls) }
            }
            Progress.part("\(span.upperBound) of \(accounts) accounts")
            try StopSignals.check()
        }
        return rows
    }
}

extension CallInputs {
    /// What was traded is settled between two prices, and nothing is valued: of the market only prices and rates.
    fileprivate static func load(_ execution: StageExecution) throws -> CallInputs {
        let (run, scope, database) = (execution.context.pinned, execution.scope, execution.database)
        let (pin, date) = (run.load, run.businessDate)
        let house = try ClearingHouse.load(pinnedAt: pin, scope: scope, from: database)
        let calendar = try BusinessCalendar.load(pinnedAt: pin, from: database)
        let parameters = try ParameterSet.load(run.parameters, from: database)
        let market = MarketStore(database, of: run, scope: scope)
        let book = try SettlementBook(
            house, prices: try market.prices(of: house.series, after: calendar.previous(before: date)))
        let store = CallInputStore(database)
        let previous = try run.previousBusinessDate.map { date in
            try PositionStore(database, house: house, series: book.terms.map(\.series.text)).load(
                pin: pin, date, cycle: .endOfDay, accountCount: house.accounts.count)
        }
        return CallInputs(
            house: house, book: book, businessDate: date, cycle: run.cycle, calendar: calendar,
            previousPositions: previous ?? .empty(accountCount: house.accounts.count),
            trades: try store.trades(pin: pin, date, house: house, book: book),
            totals: try store.totals(run: run.id),
            collateral: try store.collateral(pin: pin, date, haircuts: parameters.collateralHaircuts),
            parameters: parameters,
            collectedIntraday: try store.collectedIntraday(run: run.id),
            owed: try store.owed(pin: pin, date, currencies: house.currencies),
            rates: ExchangeRates(
                house.currencies, rates: try market.exchangeRates(), haircuts: parameters.fxHaircuts))
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
