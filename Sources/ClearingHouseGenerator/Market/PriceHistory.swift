import Foundation
import Glibc
import Quantities
import TextFiles

/// The daily levels of one risk factor, oldest first.
package struct PriceHistory {
    package let dates: [BusinessDate]
    package let levels: [Double]
    /// Whether moves are differences (products that can trade at or below zero) instead of log returns.
    package let isAdditive: Bool

    package init(dates: [BusinessDate], levels: [Double], isAdditive: Bool) {
        self.dates = dates
        self.levels = levels
        self.isAdditive = isAdditive
    }

    /// One-day moves; element i leads to level i + 1.
    var moves: [Double] { movesOver(days: 1) }

    func movesOver(days: Int) -> [Double] {
        zip(levels.dropFirst(days), levels).map { isAdditive ? $0 - $1 : log($0 / $1) }
    }

    /// The volatility a year of exponentially weighted squared moves (λ = 0.94, zero mean), after the last move.
    var volatility: Double {
        var variance = moves.prefix(60).reduce(0) { $0 + $1 * $1 } / 60
        for move in moves { variance = 0.94 * variance + 0.06 * move * move }
        return (variance * 252).squareRoot()
    }

    /// The 99 % quantile of the absolute two-day move: the ceil(0.99·n)-th smallest.
    package var twoDayQuantile: Double {
        let sizes = movesOver(days: 2).map { abs($0) }.sorted()
        return sizes[(sizes.count * 99 + 99) / 100 - 1]
    }

    /// The history up to and including `date`.
    package func through(_ date: BusinessDate) -> PriceHistory {
        let count = dates.prefix { $0 <= date }.count
        return PriceHistory(
            dates: Array(dates.prefix(count)), levels: Array(levels.prefix(count)), isAdditive: isAdditive)
    }

    /// The level of a date, in price units. Throws `historyLacksDate` where the extract has none.
    package func level(on date: BusinessDate) throws(GenerationError) -> Double {
        guard let index = dates.firstIndex(of: date) else { throw .historyLacksDate(date) }
        return levels[index]
    }

    /// Reads a history in the columns of `risk_factor_level`, one risk factor, oldest first: its days from the first to
    /// the last, themselves included, whose levels are above 0.
    package static func read(
        path: String, from first: BusinessDate, through last: BusinessDate
    ) throws(GenerationError) -> PriceHistory {
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .historyUnreadable(path: path) }
        var dates: [BusinessDate] = []
        var levels: [Double] = []
        let records: [CSVRecords.Record]
        do {
            records = try CSVRecords(Array(bytes)).records
        } catch {
            throw .historyRowMalformed(path: path, line: error.line ?? 1)
        }
        var before: BusinessDate?
        for record in records.dropFirst() where record.cells != [""] {
            let cells = record.cells
            guard cells.count == 4, let date = BusinessDate(cells[1]), let level = ExactDecimal(cells[2]),
                before.map({ $0 < date }) ?? true
            else { throw .historyRowMalformed(path: path, line: record.line) }
            before = date
            guard first <= date, date <= last else { continue }
            guard level.signum > 0 else { throw .historyRowMalformed(path: path, line: record.line) }
            dates.append(date)
            levels.append(level.double)
        }
        guard dates.count > 60 else { throw .historyUnreadable(path: path) }
        return PriceHistory(dates: dates, levels: levels, isAdditive: false)
    }
}
