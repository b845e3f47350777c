import ClearingModel
import Quantities
import Scenarios

/// The levels of one risk factor, oldest first: `risk_factor_level`, one a day.
package struct FactorHistory: Sendable {
    package let factor: RiskFactorCode
    package let returnKind: ReturnKind
    /// Ascending.
    package let dates: [BusinessDate]
    /// As many as dates.
    package let levels: [ExactDecimal]
    let columns: LevelColumns

    /// - Throws: `HistoryError` for dates that do not ascend, and for another number of levels.
    package init(
        factor: RiskFactorCode, returnKind: ReturnKind, dates: [BusinessDate], levels: [ExactDecimal]
    ) throws(HistoryError) {
        guard dates.count == levels.count else {
            throw .misaligned(factor, levels: levels.count, dates: dates.count)
        }
        if let index = dates.indices.dropFirst().first(where: { dates[$0] <= dates[$0 - 1] }) {
            throw .datesNotAscending(dates[index])
        }
        self.factor = factor
        self.returnKind = returnKind
        self.dates = dates
        self.levels = levels
        columns = LevelColumns(levels)
    }

    /// Of dates and levels that are known to fit.
    init(unchecked factor: RiskFactorCode, returnKind: ReturnKind, dates: [BusinessDate], levels: [ExactDecimal]) {
        self.factor = factor
        self.returnKind = returnKind
        self.dates = dates
        self.levels = levels
        columns = LevelColumns(levels)
    }

    /// Levels on or before a date. O(log days).
    package func count(through date: BusinessDate) -> Int { dates.count(through: date) }
}

extension [BusinessDate] {
    /// How many of the ascending dates are not after `date`.
    func count(through date: BusinessDate) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= date { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many of the ascending dates are before `date`.
    func count(before date: BusinessDate) -> Int { count(through: date.adding(days: -1)) }
}

/// Days of some stressed windows together.
struct StressedDays {
    let windows: [StressedWindow]

    /// Places of the dates on which a move of `horizonDays` ends whose every return ends inside a window, ascending.
    func ends(_ dates: [BusinessDate], horizonDays: Int) -> [Int] {
        runs(dates, horizonDays: horizonDays).flatMap(\.self)
    }

    /// The same as runs of places that follow one another; runs may be empty. O(windows · log dates).
    func runs(_ dates: [BusinessDate], horizonDays: Int) -> [Range<Int>] {
        // The first level ends no return.
        let inside = windows.map { window in
            let last = dates.count(through: window.to)
            return min(max(dates.count(before: window.from), 1), last)..<last
        }
        var joined: [Range<Int>] = []
        for run in inside.sorted(by: { $0.lowerBound < $1.lowerBound }) where !run.isEmpty {
            if let before = joined.last, run.lowerBound <= before.upperBound {
                joined[joined.count - 1] = before.lowerBound..<max(before.upperBound, run.upperBound)
            } else {
                joined.append(run)
            }
        }
        return joined.map { min($0.lowerBound + horizonDays - 1, $0.upperBound)..<$0.upperBound }
    }
}
