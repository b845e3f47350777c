import ClearingModel
import ParallelWork
import Quantities
import RiskArrays

/// What one long unit of each series loses in each scenario: SA of docs/methodology.md §8.2.
package struct StressArrays: Sendable {
    package var scenarioCount: Int { rows.columns }
    /// By series of the book; 0 for a series that was left out.
    let rows: LossRows

    /// The losses of a series, by its place in the book, in array units.
    package func losses(of series: Int) -> [Int64] { rows.losses(of: series) }

    /// Revalues every series of the book, or those alone that somebody holds, in chunks on up to `threads` tasks; what
    /// stands of a base is taken as it is.
    ///
    /// The same bits for any number of threads. Cost: a preparation a move of an option's volatility, and a value a
    /// scenario.
    /// - Throws: `StressRefusal` by the first rule that any series breaks, its first scenario and its first series.
    static func compute(
        _ book: StressBook, _ shocks: StressShocks, onlyHeld: Bool, standing: StandingLosses? = nil, threads: Int,
        completed: (Int, Int) -> Void = { _, _ in }
    ) async throws -> StressArrays {
        let count = shocks.scenarios.count
        var rows = LossRows(columns: count, expectedRows: book.series.count)
        var isWhole = true
        await inChunks(
            book.series.count, threads: threads, of: chunkSize / 2, completed: completed
        ) { range -> LossRows? in
            var rows = LossRows(columns: count, expectedRows: range.count)
            var losses = StressLosses(shocks: count)
            var rest = range
            while let first = rest.first {
                let list = book.months.ofSeries[first]
                let end = rest.first { book.months.ofSeries[$0] != list } ?? rest.upperBound
                let isWhole = add(
                    first..<end, book, shocks.lists[list], onlyHeld: onlyHeld, standing, &losses, to: &rows)
                if !isWhole { return nil }
                rest = end..<rest.upperBound
            }
            return rows
        } use: { chunk in
            if let chunk { rows.append(contentsOf: chunk) } else { isWhole = false }
        }
        if !isWhole { throw refusal(book, shocks, onlyHeld: onlyHeld) }
        return StressArrays(rows: rows)
    }

    /// Adds the rows of series that have every shock in common; false where one of them has no value under some shock.
    private static func add(
        _ places: Range<Int>, _ book: StressBook, _ shocks: StressShockList, onlyHeld: Bool,
        _ standing: StandingLosses?, _ losses: inout StressLosses, to rows: inout LossRows
    ) -> Bool {
        let series = book.series.span
        guard let revaluation = book.commodities[series[places.lowerBound].combinedCommodity].revaluation else {
            preconditionFailure("what is published is not valued again")
        }
        let (terms, horizon) = (revaluation.terms, revaluation.horizon)
        var prices: StressedPrices?
        for place in places {
            if let losses = standing?.losses(of: place) {
                rows.append(Array(losses))
                continue
            }
            if onlyHeld, !series[place].isHeld {
                rows.appendZeros()
                continue
            }
            guard let valuation = series[place].valuation else {
                preconditionFailure("what is published is not valued again")
            }
            // All options on one underlying share its prices.
            let moved: StressedPrices
            if let prices, prices.price.isAlike(valuation.underlyingPrice) {
                moved = prices
            } else {
                moved = StressedPrices(valuation.underlyingPrice, shocks)
                prices = moved
            }
            let isValued: ()? = try? RiskArrayKernel.setStressLosses(
                of: valuation, volatility: series[place].volatility, terms: terms, horizon: horizon,
                shocks: shocks, prices: moved, in: &losses)
            if isValued == nil { return false }
            rows.append(losses.units)
        }
        return true
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
