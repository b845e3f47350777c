import ClearingModel
import Quantities
import Stress
import TestSupport
import Testing

/// Windows of history: which are worst, and what they share.
struct HistoryWindowTests {
    @Test(arguments: [
        ([5, 9, 8, 1, 7], 1, 3, [1, 2, 4]),
        // Windows of two days at places 1 and 2 share a day's move: 2 is left out.
        ([5, 9, 8, 1, 7], 2, 3, [1, 4]),
        ([3, 3, 3, 3], 2, 5, [0, 2]),
        ([1, 2, 3], 9, 3, [2]),
        ([], 2, 3, []),
        ([4, 6], 1, 0, []),
    ])
    func `the worst come first, equal ones by day, and none overlaps another`(
        values: [Int], span: Int, count: Int, places: [Int]
    ) {
        #expect(worstWindows(values, span: span, count: count) == places)
    }

    @Test func `a window is taken as if all worse ones that it does not overlap were taken before it`() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let values = (0..<random.whole(0...30)).map { _ in random.whole(0...6) }
            let (span, count) = (random.whole(1...5), random.whole(1...6))
            let places = worstWindows(values, span: span, count: count)
            for (left, right) in zip(places, places.dropFirst()) {
                #expect(values[left] > values[right] || values[left] == values[right] && left < right)
            }
            for place in values.indices where !places.contains(place) {
                let isShadowed = places.contains { taken in
                    abs(taken - place) < span
                        && (values[taken] > values[place] || values[taken] == values[place] && taken < place)
                }
                #expect(isShadowed || places.count == count, "\(values) \(span) \(count): \(places), \(place)")
            }
        }
    }

    @Test func `only days that every factor has are common`() throws {
        let days = try ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07"].map { try #require(BusinessDate($0)) }
        let (first, second) = (RiskFactorCode("A"), RiskFactorCode("B"))
        func row(_ day: Int, _ level: Int) -> (date: BusinessDate, level: ExactDecimal) {
            (days[day], ExactDecimal(level))
        }
        let history = CommonHistory(
            [first, second, first],
            [first: [row(0, 1), row(1, 2), row(3, 4)], second: [row(0, 5), row(2, 6), row(3, 7)]])
        #expect(history.dates == [days[0], days[3]])
        #expect(history.levels[first] == [ExactDecimal(1), ExactDecimal(4)])
        #expect(history.levels[second] == [ExactDecimal(5), ExactDecimal(7)])
        #expect(history.daysLeftOut == 2)
        #expect(CommonHistory([first, second], [first: [row(0, 1)]]).dates.isEmpty)
    }
}
