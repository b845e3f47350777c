import ClearingModel
import ParallelWork
import Quantities
import RiskArrays

/// What one long unit of each series loses in each scenario: SA of docs/methodology.md §8.2.
package struct StressArrays: Sendable {
    package let scenarioCount: Int
    /// Array units, series by series of the book, scenario by scenario; 0 for a series that was left out.
    let values: [Int64]
    /// By series: the largest of its losses and gains.
    let largest: [UInt64]

    init(scenarioCount: Int, values: [Int64]) {
        self.scenarioCount = scenarioCount
        self.values = values
        largest = stride(from: 0, to: values.count, by: max(scenarioCount, 1)).map { start in
            Self.largest(values[start..<start + scenarioCount])
        }
    }

    private init(scenarioCount: Int, values: [Int64], largest: [UInt64]) {
        self.scenarioCount = scenarioCount
        self.values = values
        self.largest = largest
    }

    private static func largest(_ losses: ArraySlice<Int64>) -> UInt64 {
        var largest: UInt64 = 0
        for loss in losses { largest = max(largest, loss.magnitude) }
        return largest
    }

    /// The losses of a series, by its place in the book.
    package func losses(of series: Int) -> ArraySlice<Int64> { values[range(of: series)] }

    func range(of series: Int) -> Range<Int> { series * scenarioCount..<(series + 1) * scenarioCount }

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
        ) { range -> [(values: [Int64], largest: [UInt64])?] in
            var (values, largest): ([Int64], [UInt64]) = ([], [])
            values.reserveCapacity(range.count * count)
            largest.reserveCapacity(range.count)
            var shared: Shared?
            for (index, series) in zip(range, book.series[range]) {
                if let losses = standing?.losses(of: index) {
                    values.append(contentsOf: losses)
                } else if onlyHeld, !series.isHeld {
                    values.append(contentsOf: repeatElement(0, count: count))
                } else {
                    guard (try? add(series, at: index, book, shocks, &shared, to: &values)) != nil else { return [nil] }
                }
                largest.append(Self.largest(values[(values.count - count)...]))
            }
            return [(values, largest)]
        }
        var (values, largest): ([Int64], [UInt64]) = ([], [])
        values.reserveCapacity(book.series.count * count)
        largest.reserveCapacity(book.series.count)
        for chunk in chunks {
            guard let chunk else { throw refusal(book, shocks, onlyHeld: onlyHeld) }
            values.append(contentsOf: chunk.values)
            largest.append(contentsOf: chunk.largest)
        }
        return StressArrays(scenarioCount: count, values: values, largest: largest)
    }

    /// What a series shares with the one before it: the terms with all of its list, the prices with those of its
    /// underlying.
    private struct Shared {
        let list: Int
        let revaluation: CommodityRevaluation
        var prices: StressedPrices
    }

    /// `place` is the series' in the book.
    private static func add(
        _ series: StressedSeries, at place: Int, _ book: StressBook, _ shocks: StressShocks, _ shared: inout Shared?,
        to losses: inout [Int64]
    ) throws(StressFaultAtShock) {
        let list = book.months.ofSeries[place]
        guard let valuation = series.valuation else { preconditionFailure("what is published is not valued again") }
        if shared?.list != list {
            let found = book.revaluation(of: series)
            shared = Shared(
                list: list, revaluation: CommodityRevaluation(terms: found.terms, horizon: found.horizon),
                prices: StressedPrices(valuation.underlyingPrice, shocks.lists[list]))
        } else if shared?.prices.price != valuation.underlyingPrice {
            shared?.prices = StressedPrices(valuation.underlyingPrice, shocks.lists[list])
        }
        guard let shared else { preconditionFailure("set above") }
        try RiskArrayKernel.addStressLosses(
            of: valuation, volatility: series.volatility, terms: shared.revaluation.terms,
            horizon: shared.revaluation.horizon, shocks: shocks.lists[list], prices: shared.prices, to: &losses)
    }

    /// The refusal that is told where some series have no value: by rule, scenario and series.
    private static func refusal(_ book: StressBook, _ shocks: StressShocks, onlyHeld: Bool) -> StressRefusal {
        var first: (rule: Int, scenario: Int, series: SeriesCode, fault: StressFault, price: ExactDecimal)?
        for (place, series) in book.series.enumerated() where series.isHeld || !onlyHeld {
            let found = book.revaluation(of: series)
            for (scenario, shock) in shocks.lists[book.months.ofSeries[place]].shocks.enumerated() {
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
