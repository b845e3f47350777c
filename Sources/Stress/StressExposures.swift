import ClearingModel
import ParallelWork
import Quantities
import RiskArrays

/// What closing out each portfolio would cost in each scenario, in minor units of the base currency: E of
/// docs/methodology.md §8.3, and the no-offset bound of §8.4.
package struct StressExposures: Sendable {
    package let scenarioCount: Int
    /// Portfolios of the book by blocks, as they were added up; of each portfolio first the bound, then scenario by
    /// scenario.
    fileprivate let blocks: [[Int64]]
    private let portfolioCount: Int

    /// Portfolios of a block.
    fileprivate static let blockSize = chunkSize / 2

    /// Of a portfolio in a scenario, by its number: 0 is the no-offset bound.
    package func exposure(of portfolio: Int, in scenario: Int) -> Int64 {
        precondition((0...scenarioCount).contains(scenario), "a scenario has a number")
        return blocks[portfolio / Self.blockSize][portfolio % Self.blockSize * (scenarioCount + 1) + scenario]
    }

    /// Of every portfolio in a scenario, by its number.
    func values(in scenario: Int) -> [Int64] { (0..<portfolioCount).map { exposure(of: $0, in: scenario) } }

    /// Rows one after another.
    var reader: Reader { Reader(self) }

    /// Reads rows; of neighbours it fetches the block once.
    struct Reader {
        fileprivate let exposures: StressExposures
        private var block: [Int64] = []
        private var number = -1

        fileprivate init(_ exposures: StressExposures) { self.exposures = exposures }

        /// Adds a portfolio's bound, and what it costs in every scenario, to sums.
        mutating func add(_ portfolio: Int, to sums: inout MutableSpan<Int64>) {
            let wanted = portfolio / StressExposures.blockSize
            if wanted != number { (block, number) = (exposures.blocks[wanted], wanted) }
            let width = exposures.scenarioCount + 1
            let start = portfolio % StressExposures.blockSize * width
            let row = block.span.extracting(start..<start + width)
            for scenario in 0..<min(sums.count, row.count) { sums[scenario] += row[scenario] }
        }
    }

    /// Of a portfolio: the bound, then every scenario's.
    package func row(of portfolio: Int) -> ArraySlice<Int64> {
        let start = portfolio % Self.blockSize * (scenarioCount + 1)
        return blocks[portfolio / Self.blockSize][start..<start + scenarioCount + 1]
    }

    /// Adds up every portfolio, exact and rounded once a currency and scenario, in chunks on up to `threads` tasks.
    ///
    /// The same bits for any number of threads. O(positions · scenarios).
    /// - Throws: `StressRefusal` where a portfolio's losses could leave 64 bits of minor units.
    package static func compute(
        _ book: StressBook, _ arrays: StressArrays, threads: Int
    ) async throws -> StressExposures {
        let count = book.portfolios.count
        let summands = book.summands.bounded(by: arrays.rows)
        let chunks = await inChunks(count, threads: threads, of: blockSize) { range -> [[Int64]?] in
            var sums = PortfolioSums(book, arrays.rows, summands)
            return [sums.exposures(of: range)]
        }
        let blocks = chunks.compactMap(\.self)
        guard blocks.count == chunks.count else { throw refusal(book, arrays.rows, summands) }
        return StressExposures(scenarioCount: arrays.scenarioCount, blocks: blocks, portfolioCount: count)
    }

    /// The refusal of the first portfolio whose sums could leave their bounds.
    private static func refusal(
        _ book: StressBook, _ losses: LossRows, _ summands: BoundedSummands
    ) -> StressRefusal {
        let found = book.portfolios.first {
            !summands.look(at: book.positions.span.extracting($0.positions), losses.narrow.span).isWithinBounds
        }
        guard let found else { preconditionFailure("a portfolio beyond its bounds is found again") }
        return StressRefusal(
            .outOfRange, "\(book.house.accounts[found.account].code)", table: "position",
            "its losses under stress could leave 64 bits of minor units")
    }
}
