import Calibration
import ClearingModel
import Quantities

extension WalkForward {
    /// The margins of the walk from `first` on, all of them where it is nil, with what either side was tested for,
    /// beside the same walk without tools.
    package func disclosed(
        _ history: FactorHistory, from first: BusinessDate?, withoutTools bare: WalkForward?, _ terms: DisclosureTerms,
        name: String
    ) -> DisclosedSeries {
        let begin = days.firstIndex { day in first.map { day.date >= $0 } ?? true } ?? days.count
        let start = history.dates.count - days.count
        return DisclosedSeries(
            name: name,
            days: days.indices.dropFirst(begin).map { place in
                let day = days[place]
                return DisclosedSeries.Day(
                    date: day.date, margin: day.margin, benchmark: bare?.days[place].margin,
                    tested: day.loss(.either).map { [EqualCoverage.Night(exposure: $0, margin: day.margin)] } ?? [])
            },
            volatilities: Dictionary(
                uniqueKeysWithValues: terms.responsivenessDays.map { window in
                    (window, Array(history.realisedVolatilities(window: window)[(start + begin)...]))
                }))
    }
}
