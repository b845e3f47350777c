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
    func values(in scenario: Int) -> [Int64] {
        stride(from: scenario, to: values.count, by: scenarioCount + 1).map { values[$0] }
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
        try checkBounds(book, arrays)
        let values = await inChunks(book.portfolios.count, threads: threads, of: chunkSize / 2) { range in
            var sums = ExposureSums(book, arrays)
            var values: [Int64] = []
            values.reserveCapacity(range.count * (arrays.scenarioCount + 1))
            for portfolio in book.portfolios[range] { sums.append(portfolio, to: &values) }
            return values
        }
        return StressExposures(scenarioCount: arrays.scenarioCount, values: values)
    }

    /// Nothing overflows below: every position's largest loss and its option value, added up without a sign, stay
    /// inside 64 bits of the base currency's minor units and 126 bits of what sums are held in.
    private static func checkBounds(_ book: StressBook, _ arrays: StressArrays) throws(StressRefusal) {
        let largest = book.series.enumerated().map { index, series -> Double in
            guard series.isHeld else { return 0 }
            let decimals = book.commodities[series.combinedCommodity].arrayDecimals
            let loss = arrays.losses(of: index).reduce(0.0) { max($0, abs(Double($1))) }
            return loss / PowersOfTen.double(decimals) + abs(series.netOptionValue.double)
        }
        for portfolio in book.portfolios {
            var (total, held) = (0.0, 0.0)
            for position in book.positions[portfolio.positions] {
                let series = book.series[Int(position.series)]
                let currency = book.currencies[book.commodities[series.combinedCommodity].currency]
                let loss = (Double(position.long) + Double(position.short)) * largest[Int(position.series)]
                total += loss * currency.rate.double * PowersOfTen.double(book.base.decimals)
                held += loss * PowersOfTen.double(currency.scale)
            }
            guard total < 9e18, held < 8e37 else {
                throw StressRefusal(
                    .outOfRange, "\(book.house.accounts[portfolio.account].code)", table: "position",
                    "its losses under stress could leave 64 bits of minor units")
            }
        }
    }
}

/// The running sums of one portfolio, kept between portfolios so that none is allocated anew.
private struct ExposureSums {
    let book: StressBook
    let arrays: StressArrays
    /// By scenario, in the currency's scale: of the combined commodity, and of the currency.
    private var ofCommodity: [Int128]
    private var ofCurrency: [Int128]

    init(_ book: StressBook, _ arrays: StressArrays) {
        self.book = book
        self.arrays = arrays
        ofCommodity = [Int128](repeating: 0, count: arrays.scenarioCount)
        ofCurrency = ofCommodity
    }

    /// Appends the bound and the exposure in each scenario.
    mutating func append(_ portfolio: StressPortfolio, to values: inout [Int64]) {
        let start = values.count
        values.append(contentsOf: repeatElement(0, count: arrays.scenarioCount + 1))
        var rest = book.positions[portfolio.positions]
        while let first = rest.first {
            let currency = self.currency(of: first)
            for scenario in ofCurrency.indices { ofCurrency[scenario] = 0 }
            var bound: Int128 = 0
            var optionValue: Int128 = 0
            while let next = rest.first, self.currency(of: next) == currency {
                let commodity = book.series[Int(next.series)].combinedCommodity
                for scenario in ofCommodity.indices { ofCommodity[scenario] = 0 }
                while let position = rest.first,
                    book.series[Int(position.series)].combinedCommodity == commodity
                {
                    optionValue += add(position, isGross: portfolio.isGross, scale: book.currencies[currency].scale)
                    rest = rest.dropFirst()
                }
                bound += max(0, ofCommodity.max() ?? 0)
                for scenario in ofCommodity.indices { ofCurrency[scenario] += ofCommodity[scenario] }
            }
            let rate = book.currencies[currency]
            values[start] += rate.inBase(bound - optionValue)
            for scenario in ofCurrency.indices {
                values[start + 1 + scenario] += rate.inBase(ofCurrency[scenario] - optionValue)
            }
        }
    }

    private func currency(of position: Position) -> Int {
        book.commodities[book.series[Int(position.series)].combinedCommodity].currency
    }

    /// Adds a position to its combined commodity's sums; returns the option value that is still to be taken off them,
    /// which of a gross position, floored with it, is none.
    private mutating func add(_ position: Position, isGross: Bool, scale: Int) -> Int128 {
        let series = book.series[Int(position.series)]
        let factor = PowersOfTen.int128(scale - book.commodities[series.combinedCommodity].arrayDecimals)
        let value = series.netOptionValue.roundedMantissa(scale: scale)
        let first = Int(position.series) * arrays.scenarioCount
        if isGross {
            let (long, short) = (Int128(position.long), Int128(position.short))
            for scenario in ofCommodity.indices {
                let loss = factor * Int128(arrays.values[first + scenario]) - value
                ofCommodity[scenario] += loss > 0 ? long * loss : -short * loss
            }
            return 0
        }
        let quantity = Int128(position.long) - Int128(position.short)
        let scaled = quantity * factor
        for scenario in ofCommodity.indices {
            ofCommodity[scenario] += scaled * Int128(arrays.values[first + scenario])
        }
        return quantity * value
    }
}
