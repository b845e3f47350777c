import ClearingModel
import ParallelWork
import Quantities
import RiskArrays

/// What closing out each portfolio would cost in each scenario, in minor units of the base currency: E of
/// docs/methodology.md §8.3, and the no-offset bound of §8.4.
package struct StressExposures: Sendable {
    package let scenarioCount: Int
    /// Portfolio by portfolio of the book: first the bound, then scenario by scenario.
    let values: [Int64]

    /// Of a portfolio in a scenario, by its number: 0 is the no-offset bound.
    package func exposure(of portfolio: Int, in scenario: Int) -> Int64 {
        values[portfolio * (scenarioCount + 1) + scenario]
    }

    /// Of every portfolio in a scenario, by its number.
    func values(in scenario: Int) -> [Int64] { values(in: scenario..<scenario + 1)[0] }

    /// The same of several scenarios, which are read together: their figures of a portfolio lie side by side.
    func values(in scenarios: Range<Int>) -> [[Int64]] {
        let (size, count) = (scenarioCount + 1, values.count / (scenarioCount + 1))
        var columns = [[Int64]](repeating: [], count: scenarios.count)
        for column in columns.indices { columns[column].reserveCapacity(count) }
        // As many portfolios at a time as stay in a processor's cache.
        for first in stride(from: 0, to: count, by: 512) {
            let block = first..<min(first + 512, count)
            for (column, scenario) in scenarios.enumerated() {
                columns[column].append(contentsOf: block.lazy.map { values[$0 * size + scenario] })
            }
        }
        return columns
    }

    /// Of a portfolio: the bound, then every scenario's.
    package func row(of portfolio: Int) -> ArraySlice<Int64> {
        values[portfolio * (scenarioCount + 1)..<(portfolio + 1) * (scenarioCount + 1)]
    }

    /// Adds up every portfolio, exact and rounded once a currency and scenario, in chunks on up to `threads` tasks.
    ///
    /// The same bits for any number of threads. O(positions · scenarios).
    /// - Throws: `StressRefusal` where a portfolio's losses could leave 64 bits of minor units.
    package static func compute(
        _ book: StressBook, _ arrays: StressArrays, threads: Int
    ) async throws -> StressExposures {
        // 64 bits are enough for all sums of an ordinary book, and half the work.
        let values =
            try largestSum(book, arrays) < 9e18
            ? await sums(Int64.self, book, arrays, threads: threads)
            : await sums(Int128.self, book, arrays, threads: threads)
        return StressExposures(scenarioCount: arrays.scenarioCount, values: values)
    }

    private static func sums<Sum: FixedWidthInteger & SignedInteger & Sendable>(
        _: Sum.Type, _ book: StressBook, _ arrays: StressArrays, threads: Int
    ) async -> [Int64] {
        let summands = book.summands.map { $0.truncated(to: Sum.self) }
        return await inChunks(book.portfolios.count, threads: threads, of: chunkSize / 2) { range in
            var sums = ExposureSums(summands, book.currencies, arrays)
            var values: [Int64] = []
            values.reserveCapacity(range.count * (arrays.scenarioCount + 1))
            for portfolio in book.portfolios[range] {
                sums.append(book.positions[portfolio.positions], isGross: portfolio.isGross, to: &values)
            }
            return values
        }
    }

    /// What no portfolio's sum exceeds in the scale that it is held in, whatever the order of its additions: every
    /// position's largest loss and its option value, added up without a sign.
    /// - Throws: `StressRefusal` where they could leave 64 bits of the base currency's minor units, or 126 bits.
    private static func largestSum(_ book: StressBook, _ arrays: StressArrays) throws(StressRefusal) -> Double {
        let scales = book.currencies.map { PowersOfTen.double($0.scale) }
        let inBase = book.currencies.map { $0.rate.double * PowersOfTen.double(book.base.decimals) }
        let bounds = zip(book.summands, arrays.largest).map { summand, loss in
            Double(loss) * Double(nearest: summand.factor) + abs(Double(nearest: summand.netOptionValue))
        }
        var largest = 0.0
        for portfolio in book.portfolios {
            var (total, held) = (0.0, 0.0)
            for position in book.positions[portfolio.positions] {
                let currency = book.summands[Int(position.series)].currency
                let bound = (Double(position.long) + Double(position.short)) * bounds[Int(position.series)]
                total += bound / scales[currency] * inBase[currency]
                held += bound
            }
            guard total < 9e18, held < 8e37 else {
                throw StressRefusal(
                    .outOfRange, "\(book.house.accounts[portfolio.account].code)", table: "position",
                    "its losses under stress could leave 64 bits of minor units")
            }
            largest = max(largest, held)
        }
        return largest
    }
}
