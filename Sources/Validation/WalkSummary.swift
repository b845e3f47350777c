import ClearingModel
import Calibration
import Margining
import Quantities

/// What a walk-forward came to, whole and year by year; amounts are minor units of a contract.
package struct WalkSummary: Sendable {
    /// Some days of the walk that follow one another.
    package struct Span: Sendable {
        package let firstDay: BusinessDate
        package let lastDay: BusinessDate
        package let days: Int
        /// Tested days, and those of them whose larger side lost more than the margin.
        package let nights: Int
        package let exceptions: Int
        package let mean: Double
        /// The first days of the smallest and of the largest margin.
        package let smallest: WalkForward.Day
        package let largest: WalkForward.Day
        /// The largest within the number of days that was asked for, both ends in the span.
        package let rise: Double
        /// From which day to which; nil at 0.
        package let riseFrom: BusinessDate?
        package let riseTo: BusinessDate?
        /// Days margined by a range that the step limit held below what the moves ask for.
        package let belowCoreDays: Int
        /// The tested day whose larger side lost most beyond its margin, or came nearest to it; nil without one.
        package let worst: WalkForward.Day?
    }

    package let whole: Span
    /// Calendar years with a day, ascending.
    package let years: [(year: Int, span: Span)]
    /// Of either side; nil where no day has its horizon behind it.
    package let tests: UnitTests?
    package let peakToTrough: Double
    package let calibrations: Int
    package let lastRange: ExactDecimal

    /// Of the walk's days from `first` on, all of them where it is nil. O(days · `riseDays`).
    /// - Throws: `ValidationRefusal` `margin_not_positive`, which names the walk; `backtest_range` where no day is
    ///   left.
    package init(
        _ walk: WalkForward, from first: BusinessDate? = nil, riseDays: Int, of name: String
    ) throws(ValidationRefusal) {
        let (steps, recalibrateDays) = (walk.steps, walk.terms.recalibrateDays)
        // Whether the range that a day is margined by was held below its core.
        func isBelowCore(_ place: Int) -> Bool { steps[place / recalibrateDays].flag == .belowCore }
        let begin = walk.days.firstIndex { day in first.map { day.date >= $0 } ?? true } ?? walk.days.count
        guard let whole = try Self.span(walk.days[begin...], riseDays, name, isBelowCore: isBelowCore) else {
            throw ValidationRefusal(
                .backtestRange, name, table: "walk_forward", "it has no day\(first.map { " from \($0) on" } ?? "")")
        }
        var years: [(year: Int, span: Span)] = []
        var start = begin
        while start < walk.days.count {
            let year = walk.days[start].date.civil.year
            let next = BusinessDate(year: year + 1, month: 1, day: 1)
            let end = walk.days[start...].firstIndex { $0.date >= next } ?? walk.days.count
            if let span = try Self.span(walk.days[start..<end], riseDays, name, isBelowCore: isBelowCore) {
                years.append((year, span))
            }
            start = end
        }
        self.whole = whole
        self.years = years
        tests = UnitTests(
            Array(walk.outcomes(.either)[begin...]),
            terms: try ValidationTerms(
                confidence: walk.terms.rule.confidence, horizonDays: walk.terms.rule.horizonDays))
        peakToTrough = Double(whole.largest.margin) / Double(whole.smallest.margin)
        calibrations = walk.steps.count { $0.date >= whole.firstDay }
        lastRange = walk.lastRange
    }

    private static func span(
        _ days: ArraySlice<WalkForward.Day>, _ riseDays: Int, _ name: String, isBelowCore: (Int) -> Bool
    ) throws(ValidationRefusal) -> Span? {
        guard let first = days.first, let last = days.last,
            let moves = try Procyclicality(days.map(\.margin), days: [riseDays], of: "\(name) from \(first.date), day")
        else { return nil }
        var (nights, exceptions, belowCoreDays): (Int, Int, Int) = (0, 0, 0)
        var (smallest, largest) = (days.startIndex, days.startIndex)
        var worst: (place: Int, excess: Int64)?
        for place in days.indices {
            let margin = days[place].margin
            if margin < days[smallest].margin { smallest = place }
            if margin > days[largest].margin { largest = place }
            if isBelowCore(place) { belowCoreDays += 1 }
            guard let loss = days[place].loss(.either) else { continue }
            let excess = loss - margin
            nights += 1
            if excess > 0 { exceptions += 1 }
            if worst.map({ $0.excess < excess }) ?? true { worst = (place, excess) }
        }
        let rise = moves.rises[0]
        let start = rise.start.map { days.startIndex + $0 - 1 }
        let end = start.flatMap { start in rise.length.map { start + $0 } }
        return Span(
            firstDay: first.date, lastDay: last.date, days: days.count, nights: nights,
            exceptions: exceptions, mean: moves.mean,
            smallest: days[smallest], largest: days[largest], rise: rise.rise, riseFrom: start.map { days[$0].date },
            riseTo: end.map { days[$0].date }, belowCoreDays: belowCoreDays,
            worst: worst.map { days[$0.place] })
    }
}
