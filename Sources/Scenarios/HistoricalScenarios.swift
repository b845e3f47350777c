import ClearingModel
import Quantities

/// The levels of one risk factor, and how their moves are made into scenarios.
package struct RiskFactorHistory: Sendable {
    package let riskFactor: RiskFactorCode
    package let returnKind: ReturnKind
    /// By date, oldest first.
    package let levels: [ExactDecimal]
    package let filter: VolatilityFilter

    package init(
        riskFactor: RiskFactorCode, returnKind: ReturnKind, levels: [ExactDecimal], filter: VolatilityFilter
    ) {
        self.riskFactor = riskFactor
        self.returnKind = returnKind
        self.levels = levels
        self.filter = filter
    }
}

/// The dates from which stressed scenarios are taken, both bounds inclusive.
package struct StressedWindow: Hashable, Sendable {
    package let from: BusinessDate
    package let to: BusinessDate

    package init(from: BusinessDate, to: BusinessDate) {
        self.from = from
        self.to = to
    }
}

/// Why histories are no scenarios; the gates of ingest refuse each of these before.
package enum HistoryError: Error, Hashable, Sendable {
    case datesNotAscending(BusinessDate)
    /// Every factor has one level a date, no fewer and no more.
    case misaligned(RiskFactorCode, levels: Int, dates: Int)
    case notPositive(RiskFactorCode, BusinessDate)
    /// Fewer one-day returns than a holding period, or than the filter's seed.
    case tooShort(returns: Int, needed: Int)
    case emptyWindow(StressedWindow)
}

extension HistoryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .datesNotAscending(let date): "the history's dates do not ascend at \(date)"
        case .misaligned(let factor, let levels, let dates):
            "risk factor \(factor) has \(levels) levels on \(dates) dates"
        case .notPositive(let factor, let date):
            "risk factor \(factor) is not above zero on \(date), which its log returns need"
        case .tooShort(let returns, let needed): "the history has \(returns) returns, \(needed) are needed"
        case .emptyWindow(let window): "no return lies wholly in the stressed window \(window.from) to \(window.to)"
        }
    }
}

/// A historical scenario set: what every risk factor did over each overlapping holding period (docs/methodology.md §7).
package struct HistoricalScenarios: Sendable {
    /// The day each scenario ends, oldest first.
    package let dates: [BusinessDate]
    /// By factor, in the order given, and scenario; filtered where the set is.
    package let moves: [[Double]]
    /// By factor; nil where the set is not filtered.
    package let volatilitiesNow: [Double]?
    /// The stressed scenarios' days and moves, never filtered; empty without a window.
    package let stressedDates: [BusinessDate]
    package let stressedMoves: [[Double]]

    package var count: Int { dates.count }

    /// `dates` are those of the levels, the first being where the first return starts. `lookBackDays` keeps the last
    /// so many one-day returns for the scenarios; windows reach back to any date. Where several windows are given,
    /// each stressed scenario lies in one of them, and counts once.
    ///
    /// One-day returns are filtered first and added up over `mporDays` after that. Cost: factors · dates · mporDays.
    package init(
        dates: [BusinessDate], factors: [RiskFactorHistory], mporDays: Int, isFiltered: Bool,
        lookBackDays: Int? = nil, stressedWindows: [StressedWindow] = []
    ) throws(HistoryError) {
        precondition(mporDays > 0, "a holding period has a day")
        if let index = dates.indices.dropFirst().first(where: { dates[$0] <= dates[$0 - 1] }) {
            throw .datesNotAscending(dates[index])
        }
        let days = max(dates.count - 1, 0)
        let kept = min(days, lookBackDays ?? days)
        let seeds = isFiltered ? factors.map(\.filter.seedDays).max() ?? 0 : 0
        let needed = max(mporDays, seeds)
        guard kept >= needed else { throw .tooShort(returns: kept, needed: needed) }
        let ends = (days - kept + mporDays)...days
        self.dates = ends.map { dates[$0] }
        var (moves, stressedMoves, volatilities) = ([[Double]](), [[Double]](), [Double]())
        let stressedEnds = try Self.ends(in: stressedWindows, dates: dates, mporDays: mporDays)
        stressedDates = stressedEnds.map { dates[$0] }
        for factor in factors {
            let returns = try Self.returns(of: factor, dates: dates)
            var scaled = returns[(days - kept)...]
            if isFiltered {
                let filtered = factor.filter.filtered(Array(scaled))
                scaled = Array(repeating: 0, count: days - kept)[...] + filtered.returns
                volatilities.append(filtered.volatilityNow)
            }
            moves.append(ends.map { Self.sum(of: mporDays, endingAt: $0, scaled) })
            stressedMoves.append(stressedEnds.map { Self.sum(of: mporDays, endingAt: $0, returns[...]) })
        }
        self.moves = moves
        self.stressedMoves = stressedMoves
        volatilitiesNow = isFiltered ? volatilities : nil
    }

    /// The one-day returns; return i is from date i to date i + 1.
    private static func returns(
        of factor: RiskFactorHistory, dates: [BusinessDate]
    ) throws(HistoryError) -> [Double] {
        guard factor.levels.count == dates.count else {
            throw .misaligned(factor.riskFactor, levels: factor.levels.count, dates: dates.count)
        }
        if factor.returnKind == .log, let index = factor.levels.firstIndex(where: { $0 <= .zero }) {
            throw .notPositive(factor.riskFactor, dates[index])
        }
        let levels = factor.levels.map(\.double)
        return zip(levels, levels.dropFirst()).map { factor.returnKind.change(from: $0, to: $1) }
    }

    /// The sum of `days` one-day returns, oldest first, the last of which ends at date `end`.
    private static func sum(of days: Int, endingAt end: Int, _ returns: ArraySlice<Double>) -> Double {
        var sum = 0.0
        for day in (end - days)..<end { sum += returns[day] }
        return sum
    }

    /// The last dates of holding periods whose every return ends inside one window.
    private static func ends(
        in windows: [StressedWindow], dates: [BusinessDate], mporDays: Int
    ) throws(HistoryError) -> [Int] {
        var isStressed = [Bool](repeating: false, count: dates.count)
        for window in windows {
            var found = false
            for end in dates.indices.dropFirst(mporDays)
            where dates[end - mporDays + 1] >= window.from && dates[end] <= window.to {
                isStressed[end] = true
                found = true
            }
            guard found else { throw .emptyWindow(window) }
        }
        return dates.indices.filter { isStressed[$0] }
    }
}
