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
    }

    /// Of dates and levels that are known to fit.
    init(unchecked factor: RiskFactorCode, returnKind: ReturnKind, dates: [BusinessDate], levels: [ExactDecimal]) {
        self.factor = factor
        self.returnKind = returnKind
        self.dates = dates
        self.levels = levels
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
}

/// Days of some stressed windows together.
struct StressedDays {
    let windows: [StressedWindow]

    /// Whether each date lies in a window.
    func contains(_ dates: [BusinessDate]) -> [Bool] {
        dates.map { date in windows.contains { $0.from <= date && date <= $0.to } }
    }

    /// Places of the dates on which a move of `horizonDays` ends whose every return ends inside a window.
    func ends(_ dates: [BusinessDate], horizonDays: Int) -> [Int] {
        var run = 0
        return zip(dates.indices, contains(dates)).compactMap { place, isInside in
            // The first level ends no return.
            run = isInside && place > 0 ? run + 1 : 0
            return run >= horizonDays ? place : nil
        }
    }
}
