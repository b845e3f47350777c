import ClearingModel
import ParallelWork
import Quantities
import RiskArrays

/// What one long unit of each series loses in each scenario: SA of docs/methodology.md §8.2.
package struct StressArrays: Sendable {
    package let scenarioCount: Int
    /// Array units, series by series of the book, scenario by scenario; 0 for a series that was left out.
    let values: [Int64]

    /// The losses of a series, by its place in the book.
    package func losses(of series: Int) -> ArraySlice<Int64> {
        values[series * scenarioCount..<(series + 1) * scenarioCount]
    }

    /// Revalues every series of the book, or those alone that somebody holds, in chunks on up to `threads` tasks; what
    /// stands of a base is taken as it is.
    ///
    /// The same bits for any number of threads. Cost: a preparation and a value an option and scenario.
    /// - Throws: `StressRefusal` by the first rule that any series breaks, its first scenario and its first series.
    static func compute(
        _ book: StressBook, _ shocks: StressShocks, onlyHeld: Bool, standing: StandingLosses? = nil, threads: Int,
        completed: (Int, Int) -> Void = { _, _ in }
    ) async throws -> StressArrays {
        let count = shocks.scenarios.count
        let chunks = await inChunks(
            book.series.count, threads: threads, of: chunkSize / 2, completed: completed
        ) { range -> [[Int64]?] in
            var values: [Int64] = []
            values.reserveCapacity(range.count * count)
            var prices: SharedPrices?
            for (index, series) in zip(range, book.series[range]) {
                if let losses = standing?.losses(of: index) {
                    values.append(contentsOf: losses)
                } else if onlyHeld, !series.isHeld {
                    values.append(contentsOf: repeatElement(0, count: count))
                } else if let losses = try? losses(of: series, book, shocks, &prices) {
                    values.append(contentsOf: losses)
                } else {
                    return [nil]
                }
            }
            return [values]
        }
        let values = chunks.compactMap(\.self)
        guard values.count == chunks.count else { throw refusal(book, shocks, onlyHeld: onlyHeld) }
        return StressArrays(scenarioCount: count, values: Array(values.joined()))
    }

    /// Prices under shock of the series before, which those of one underlying and month share.
    private struct SharedPrices {
        let combinedCommodity: Int
        let month: ContractMonth
        let prices: StressedPrices
    }

    private static func losses(
        of series: StressedSeries, _ book: StressBook, _ shocks: StressShocks, _ shared: inout SharedPrices?
    ) throws(StressFaultAtShock) -> [Int64] {
        let found = book.revaluation(of: series)
        let list = shocks.shocks(of: series)
        let prices: StressedPrices
        if let known = shared, known.combinedCommodity == series.combinedCommodity, known.month == series.month,
            known.prices.price == found.valuation.underlyingPrice
        {
            prices = known.prices
        } else {
            prices = StressedPrices(found.valuation.underlyingPrice, list)
            shared = SharedPrices(
                combinedCommodity: series.combinedCommodity, month: series.month, prices: prices)
        }
        return try RiskArrayKernel.stressLosses(
            of: found.valuation, volatility: series.volatility, terms: found.terms, horizon: found.horizon,
            shocks: list, prices: prices)
    }

    /// The refusal that is told where some series have no value: by rule, scenario and series.
    private static func refusal(_ book: StressBook, _ shocks: StressShocks, onlyHeld: Bool) -> StressRefusal {
        var first: (rule: Int, scenario: Int, series: SeriesCode, fault: StressFault, price: ExactDecimal)?
        for series in book.series where series.isHeld || !onlyHeld {
            let found = book.revaluation(of: series)
            for (scenario, shock) in shocks.shocks(of: series).shocks.enumerated() {
                do throws(StressFaultAtShock) {
                    _ = try RiskArrayKernel.stressLosses(
                        of: found.valuation, volatility: series.volatility, terms: found.terms,
                        horizon: found.horizon, shocks: [shock])
                } catch {
                    let rule = StressRule.allCases.firstIndex(of: error.fault.rule) ?? 0
                    if first.map({ (rule, scenario, series.code) < ($0.rule, $0.scenario, $0.series) }) ?? true {
                        first = (rule, scenario, series.code, error.fault, found.valuation.underlyingPrice)
                    }
                }
            }
        }
        guard let first else { preconditionFailure("a series without a value is found again") }
        let scenario = shocks.scenarios[first.scenario]
        return StressRefusal(
            first.fault.rule, "\(scenario) \(first.series)", table: "stress_move", column: "price_move",
            "\(first.fault): it is at \(first.price)")
    }
}
