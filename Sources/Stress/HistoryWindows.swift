import ClearingModel
import Quantities

/// Places of the windows with the largest values, the largest first, of equal ones the earliest; windows that share a
/// day's move with a worse one are left out.
///
/// A window of `span` days is named by the place of its first level; two overlap where their places are less than
/// `span` apart. At most `count`. O(n log n + n · count).
package func worstWindows(_ values: [some Comparable], span: Int, count: Int) -> [Int] {
    var kept: [Int] = []
    let order = values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    for place in order where kept.count < count && kept.allSatisfy({ abs($0 - place) >= span }) { kept.append(place) }
    return kept
}

/// Levels of some risk factors on the days that all of them have.
package struct CommonHistory: Sendable {
    /// Ascending.
    package let dates: [BusinessDate]
    /// Of each factor as many as dates.
    package let levels: [RiskFactorCode: [ExactDecimal]]
    /// Days that only some of the factors have: no window begins, ends or counts there.
    package let daysLeftOut: Int

    /// `history` is of each factor by day; a factor that is not there has no day, so that nothing is common.
    package init(
        _ factors: some Collection<RiskFactorCode>,
        _ history: [RiskFactorCode: [(date: BusinessDate, level: ExactDecimal)]]
    ) {
        var days: [BusinessDate: Int] = [:]
        let factors = Set(factors)
        for factor in factors { for row in history[factor] ?? [] { days[row.date, default: 0] += 1 } }
        dates = days.filter { $0.value == factors.count }.map(\.key).sorted()
        levels = Dictionary(
            factors.map { factor in
                (factor, (history[factor] ?? []).filter { days[$0.date] == factors.count }.map(\.level))
            }, uniquingKeysWith: { first, _ in first })
        daysLeftOut = days.count - dates.count
    }
}
