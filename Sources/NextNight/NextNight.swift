import ClearingModel
import MarginCalls
import MarketModel
import ParallelWork
import Parameters
import Quantities
import Scenarios

/// The histories that simulated groups are revalued in on the next date: those that the factors, the simulation and the
/// stressed windows ask for, every factor's last level a day longer.
package typealias NextScenarioSource = (
    [RiskFactor], Scenarios.Simulation, [StressedWindow]
) throws -> HistoricalScenarios

/// The calls of the next business date if no price, volatility, position or collateral moves: computed as the stages of
/// that night would (docs/methodology.md §11.6), from values and without a database.
package struct NextNight: Sendable {
    /// In the order of the house's accounts; an account with nothing at all has none.
    package let calls: [AccountCall]
    /// The series that settle finally on the date, in the house's order.
    package let settling: [SeriesCode]

    /// Computes arrays, requirements, add-ons, what stress is charged, variation margin, collateral and calls on up to
    /// `threads` tasks; the figures are the same for any number. Costs what these stages cost without their rows.
    /// - Throws: `NextNightError`; what a night throws for rows that are missing or numbers that leave their bounds;
    ///   what `scenarios` throws.
    package static func compute(
        _ inputs: NextNightInputs, threads: Int, scenarios: NextScenarioSource
    ) async throws -> NextNight {
        let still = StillMarket(
            inputs.market, on: inputs.businessDate, of: inputs.house, holding: inputs.positions.positions)
        let margined = try await MarginedNight.compute(inputs, still, threads: threads, scenarios: scenarios)
        let calls = try inputs.callInputs(still, totals: try await margined.totals(inputs, still, threads: threads))
        let outcomes = await inChunks(inputs.house.accounts.count, threads: threads, of: chunkSize / 4) { chunk in
            chunk.map { account in Result { try calls.call(ofAccount: account) } }
        }
        return NextNight(
            calls: try outcomes.compactMap { try $0.get() },
            settling: zip(inputs.house.series, still.isSettling).compactMap { $1 ? $0.code : nil })
    }
}

extension NextNightInputs {
    /// What the calls of the next date are computed from: tonight's positions are settled to prices that have not
    /// moved, nothing is traded, and what is owed stays owed.
    fileprivate func callInputs(
        _ still: StillMarket, totals: [AccountCode: AccountTotals]
    ) throws -> CallInputs {
        let prices = zip(still.market.prices, market.prices).map { next, tonight in
            SeriesPrices(
                settlement: next.settlement, finalSettlement: next.finalSettlement,
                previousSettlement: tonight.settlement)
        }
        let book = try SettlementBook(house, prices: prices)
        let places = house.series.map { book.index(of: $0.code)?.rank ?? -1 }
        return CallInputs(
            house: house, book: book, businessDate: businessDate, cycle: .endOfDay, calendar: market.calendar,
            previousPositions: try positions.placed(places, series: house.series),
            trades: TradeBook(trades: [], spans: house.accounts.map { _ in 0..<0 }), totals: totals,
            collateral: collateral, parameters: parameters, collectedIntraday: collectedIntraday, owed: owed,
            rates: rates)
    }

    /// Tonight's rates with the haircuts in force then.
    var rates: ExchangeRates {
        ExchangeRates(house.currencies, rates: exchangeRates, haircuts: parameters.fxHaircuts)
    }
}

extension PositionBook {
    /// The positions of the series that `keeps` names by their place, by other places of the series; each account's by
    /// owner and place.
    /// - Throws: `NextNightError.notMargined` for a position in a series whose place is below 0.
    func placed(
        _ places: [Int32], series: [Series], keeping keeps: [Bool]? = nil
    ) throws(NextNightError) -> PositionBook {
        var (placed, spans): ([Position], [Range<Int>]) = ([], [])
        placed.reserveCapacity(positions.count)
        spans.reserveCapacity(self.spans.count)
        for span in self.spans {
            let start = placed.count
            for position in positions[span] where keeps?[Int(position.series)] ?? true {
                let place = places[Int(position.series)]
                guard place >= 0 else { throw .notMargined(series[Int(position.series)].code) }
                placed.append(
                    Position(owner: position.owner, series: place, long: position.long, short: position.short))
            }
            placed[start...].sort { ($0.owner, $0.series) < ($1.owner, $1.series) }
            spans.append(start..<placed.count)
        }
        return PositionBook(positions: placed, spans: spans)
    }
}
