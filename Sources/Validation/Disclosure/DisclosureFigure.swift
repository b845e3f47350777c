import ClearingModel
import Quantities

/// One figure of a quarterly disclosure: a measure over a span of days up to a quarter's end (docs/methodology.md
/// §12.8).
package struct DisclosureFigure: Sendable {
    /// The raw value is its name in tables. Amounts are minor units, the others fractions, ratios and counts.
    package enum Measure: String, CaseIterable, Sendable {
        case average
        case peakToTrough = "peak_to_trough"
        case rise, responsiveness, cost
        case observations, exceedances, coverage
        case peakExcess = "peak_excess"
        case averageExcess = "average_excess"

        package var isMoney: Bool { self == .average || self == .peakExcess || self == .averageExcess }
    }

    package let quarterEnd: BusinessDate
    package let span: DisclosureSpan
    package let measure: Measure
    /// Of rises and responsiveness, 0 of others.
    package let horizonDays: Int
    /// Nil where there is none: no factor, no benchmark, nothing tested, or a refusal.
    package let value: Double?
    package let firstDay: BusinessDate
    package let lastDay: BusinessDate
    /// Days of the span that the series has.
    package let days: Int
    /// From which day to which a rise, the rise of volatility or the way from the smallest to the largest margin goes;
    /// of the largest excess its day.
    package let from: BusinessDate?
    package let to: BusinessDate?
    /// Why nothing is measured.
    package let refusal: ValidationRefusal?

    /// Every figure of a series, by quarter, span and measure. O(quarters · spans · days · longest rise).
    package static func figures(of series: DisclosedSeries, _ terms: DisclosureTerms) -> [DisclosureFigure] {
        series.quarters.flatMap { quarter in
            terms.spans.flatMap { span -> [DisclosureFigure] in
                let last = quarter.places.upperBound
                let first =
                    switch span {
                    case .quarter: quarter.places.lowerBound
                    case .days(let count): max(0, last - count)
                    case .all: 0
                    }
                return DisclosedSpan(series, first..<last, quarter.end, span).figures(terms)
            }
        }
    }
}

/// The days of a span of a series.
private struct DisclosedSpan {
    private typealias Figure = DisclosureFigure
    private let series: DisclosedSeries
    private let places: Range<Int>
    private let days: ArraySlice<DisclosedSeries.Day>
    private let quarterEnd: BusinessDate
    private let span: DisclosureSpan

    init(_ series: DisclosedSeries, _ places: Range<Int>, _ quarterEnd: BusinessDate, _ span: DisclosureSpan) {
        self.series = series
        self.places = places
        days = series.days[places]
        self.quarterEnd = quarterEnd
        self.span = span
    }

    private func figure(
        _ measure: DisclosureFigure.Measure, _ value: Double?, horizon: Int = 0, from: Int? = nil, to: Int? = nil,
        refusal: ValidationRefusal? = nil
    ) -> DisclosureFigure {
        func date(_ place: Int?) -> BusinessDate? { place.map { days[places.lowerBound + $0].date } }
        return DisclosureFigure(
            quarterEnd: quarterEnd, span: span, measure: measure, horizonDays: horizon, value: value,
            firstDay: days[places.lowerBound].date, lastDay: days[places.upperBound - 1].date, days: days.count,
            from: date(from), to: date(to), refusal: refusal)
    }

    func figures(_ terms: DisclosureTerms) -> [DisclosureFigure] {
        do throws(ValidationRefusal) {
            return try moves(terms) + coverage()
        } catch {
            let horizons = terms.riseDays.map { (DisclosureFigure.Measure.rise, $0) }
            let others = terms.responsivenessDays.map { (DisclosureFigure.Measure.responsiveness, $0) }
            return ([(.average, 0), (.peakToTrough, 0)] + horizons + others).map {
                figure($0.0, nil, horizon: $0.1, refusal: error)
            } + [figure(.cost, nil, refusal: error)] + coverage()
        }
    }

    /// How the margin moved.
    private func moves(_ terms: DisclosureTerms) throws(ValidationRefusal) -> [DisclosureFigure] {
        let margins = days.map(\.margin)
        let benchmark = days.compactMap(\.benchmark)
        let name = "\(series.name) \(quarterEnd) \(span)"
        guard
            let found = try Procyclicality(
                margins, benchmark: benchmark.count == margins.count ? benchmark : nil, days: terms.riseDays, of: name)
        else { return [] }
        let trough = margins.min().flatMap { margins.firstIndex(of: $0) }
        let peak = margins.max().flatMap { margins.firstIndex(of: $0) }
        var figures = [
            figure(.average, found.mean), figure(.peakToTrough, found.peakToTrough, from: trough, to: peak),
        ]
        for rise in found.rises {
            let start = rise.start.map { $0 - 1 }
            let end = start.flatMap { start in rise.length.map { start + $0 } }
            figures.append(figure(.rise, rise.rise, horizon: rise.days, from: start, to: end))
        }
        for window in terms.responsivenessDays {
            let volatilities = series.volatilities[window].map { Array($0[places]) }
            let answer = try Procyclicality(
                margins, volatilities: volatilities, window: window, days: [], of: name)?.responsiveness
            figures.append(
                figure(
                    .responsiveness, answer?.elasticity, horizon: window, from: answer.map { $0.day - window },
                    to: answer?.day))
        }
        figures.append(figure(.cost, found.cost))
        return figures
    }

    /// What the margin covered.
    private func coverage() -> [DisclosureFigure] {
        var (observations, exceedances, sum) = (0, 0, Int128(0))
        var peak: (excess: Int128, place: Int)?
        for (place, day) in days.enumerated() {
            for night in day.tested {
                observations += 1
                let excess = Int128(night.exposure) - Int128(night.margin)
                guard excess > 0 else { continue }
                exceedances += 1
                sum += excess
                if excess > peak?.excess ?? 0 { peak = (excess, place) }
            }
        }
        let average = exceedances > 0 ? Double(nearest: sum) / Double(exceedances) : nil
        return [
            figure(.observations, Double(observations)), figure(.exceedances, Double(exceedances)),
            figure(.coverage, observations > 0 ? 1 - Double(exceedances) / Double(observations) : nil),
            figure(.peakExcess, peak.map { Double(nearest: $0.excess) }, to: peak?.place),
            figure(.averageExcess, average),
        ]
    }
}
