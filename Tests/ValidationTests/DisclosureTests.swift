import ClearingModel
import Glibc
import Quantities
import Testing
import Validation

/// Figures of a quarterly disclosure, docs/methodology.md §12.8, by hand.
struct DisclosureTests {
    private static let first = BusinessDate(year: 2015, month: 3, day: 30)

    /// Four days around the end of March: margins of 100, 120, 90 and 180, the last one not yet tested.
    private func series(_ margins: [Int64] = [100, 120, 90, 180]) -> DisclosedSeries {
        let exposures: [[Int64]] = [[50], [130], [200, 91], []]
        return DisclosedSeries(
            name: "W",
            days: margins.indices.map { place in
                DisclosedSeries.Day(
                    date: Self.first.adding(days: place), margin: margins[place], benchmark: [50, 60, 60, 60][place],
                    tested: exposures[place].map { EqualCoverage.Night(exposure: $0, margin: margins[place]) })
            }, volatilities: [2: [nil, 1, 3, 6]])
    }

    private func figures(
        _ spans: [DisclosureSpan], _ quarter: BusinessDate, margins: [Int64] = [100, 120, 90, 180]
    ) -> [String: DisclosureFigure] {
        let terms = DisclosureTerms(spans: spans, riseDays: [1, 2], responsivenessDays: [2])
        let found = DisclosureFigure.figures(of: series(margins), terms).filter { $0.quarterEnd == quarter }
        return Dictionary(
            uniqueKeysWithValues: found.map { ("\($0.span) \($0.measure.rawValue) \($0.horizonDays)", $0) })
    }

    private let march = BusinessDate(year: 2015, month: 3, day: 31)
    private let june = BusinessDate(year: 2015, month: 6, day: 30)

    @Test func `a quarter has the days of its months`() {
        let found = figures([.quarter], march)
        #expect(found.count == 11)
        let average = found["quarter average 0"]
        #expect(average?.value == 110 && average?.days == 2)
        #expect(average?.firstDay == Self.first && average?.lastDay == march)
        #expect(found["quarter peak_to_trough 0"]?.value == 1.2)
        #expect(found["quarter rise 1"]?.value.map { ($0 * 10).rounded() } == 2)
        #expect(found["quarter cost 0"]?.value == 1)
        #expect(found["quarter responsiveness 2"].map { $0.value == nil && $0.refusal == nil } == true)
        #expect(found["quarter observations 0"]?.value == 2 && found["quarter exceedances 0"]?.value == 1)
        #expect(found["quarter coverage 0"]?.value == 0.5 && found["quarter peak_excess 0"]?.value == 10)
        #expect(found["quarter peak_excess 0"]?.to == march)
        // Nothing of April rises from March.
        #expect(figures([.quarter], june)["quarter rise 2"]?.value == 1)
        #expect(figures([.quarter], june)["quarter rise 2"]?.from == Self.first.adding(days: 2))
    }

    @Test func `a number of days and all reach back before the quarter`() {
        let found = figures([.days(3), .all], june)
        #expect(found["3 average 0"]?.value == 130 && found["all average 0"]?.value == 122.5)
        #expect(found["3 average 0"]?.firstDay == march && found["all average 0"]?.firstDay == Self.first)
        #expect(found["all peak_to_trough 0"]?.value == 2)
        #expect(found["all peak_to_trough 0"]?.from == Self.first.adding(days: 2))
        #expect(found["all peak_to_trough 0"]?.to == Self.first.adding(days: 3))
        #expect(found["all rise 1"]?.value == 1 && found["all rise 1"]?.to == Self.first.adding(days: 3))
        // Volatility rises sixfold from the second day to the fourth, the margin by half.
        let answer = found["all responsiveness 2"]
        #expect(answer?.value.map { abs($0 - log(1.5) / log(6)) < 1e-15 } == true)
        #expect(answer?.from == march && answer?.to == Self.first.adding(days: 3))
        #expect(found["3 responsiveness 2"]?.value == answer?.value)
        // 10 of 120, 110 and 1 of 90; the first day is covered.
        #expect(found["all observations 0"]?.value == 4 && found["all exceedances 0"]?.value == 3)
        #expect(found["all coverage 0"]?.value == 0.25 && found["all peak_excess 0"]?.value == 110)
        #expect(found["all average_excess 0"]?.value.map { ($0 * 3).rounded() } == 121)
    }

    @Test func `a margin of nothing refuses what moved, and says what was covered`() {
        let found = figures([.quarter], march, margins: [100, 0, 90, 180])
        for measure in ["average 0", "peak_to_trough 0", "rise 1", "rise 2", "responsiveness 2", "cost 0"] {
            let figure = found["quarter \(measure)"]
            #expect(figure?.value == nil && figure?.refusal?.rule == .marginNotPositive, "\(measure)")
        }
        #expect(found["quarter peak_excess 0"]?.value == 130)
        #expect(figures([.quarter], june, margins: [100, 0, 90, 180])["quarter average 0"]?.value == 135)
    }

    @Test func `spans are a quarter, all or days`() {
        #expect(DisclosureSpan("quarter") == .quarter && DisclosureSpan("all") == .all)
        #expect(DisclosureSpan("250") == .days(250) && DisclosureSpan("1") == nil && DisclosureSpan("year") == nil)
        #expect(DisclosureTerms(riseDays: [5, 1, 5]).riseDays == [5, 1])
    }
}
