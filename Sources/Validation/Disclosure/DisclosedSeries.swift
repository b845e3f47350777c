import ClearingModel
import Quantities

/// A unit's margins day by day, as a disclosure measures them (docs/methodology.md §12.8).
package struct DisclosedSeries: Sendable {
    /// A day.
    package struct Day: Sendable {
        package let date: BusinessDate
        /// Minor units.
        package let margin: Int64
        /// The same day's of the benchmark, nil where there is none.
        package let benchmark: Int64?
        /// What was tested on the day: of one unit at most one, of the house one an account or owner.
        package let tested: [EqualCoverage.Night]

        package init(date: BusinessDate, margin: Int64, benchmark: Int64? = nil, tested: [EqualCoverage.Night]) {
            self.date = date
            self.margin = margin
            self.benchmark = benchmark
            self.tested = tested
        }
    }

    package let name: String
    /// Ascending.
    package let days: [Day]
    /// RV of each day by the number of days that it is of; none of a unit without a factor.
    package let volatilities: [Int: [Double?]]

    package init(name: String, days: [Day], volatilities: [Int: [Double?]] = [:]) {
        self.name = name
        self.days = days
        self.volatilities = volatilities
    }

    /// The last calendar day of each quarter that has a day, ascending, with the places of its days.
    var quarters: [(end: BusinessDate, places: Range<Int>)] {
        var found: [(end: BusinessDate, places: Range<Int>)] = []
        for (place, day) in days.enumerated() {
            let end = day.date.quarterEnd
            if let last = found.last, last.end == end {
                found[found.count - 1].places = last.places.lowerBound..<place + 1
            } else {
                found.append((end, place..<place + 1))
            }
        }
        return found
    }
}

extension BusinessDate {
    /// The last calendar day of the date's quarter.
    fileprivate var quarterEnd: BusinessDate {
        let month = (civil.month + 2) / 3 * 3
        return BusinessDate(year: civil.year, month: month, day: month == 3 || month == 12 ? 31 : 30)
    }
}
