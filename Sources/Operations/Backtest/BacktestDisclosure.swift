import Calibration
import ClearingModel
import Quantities
import Storage
import Validation

/// Where the margins of a disclosure come from; the raw value is its name in tables.
enum DisclosureSource: String {
    /// Nights as they were published.
    case published
    /// A rule walked through a history.
    case replay
}

extension BacktestResults {
    /// How margins moved quarter by quarter: of the house by call currency, of products and of hypothetical portfolios
    /// (docs/methodology.md §12.8).
    mutating func addDisclosure(of nights: BacktestNights, _ histories: FactorHistories) {
        var house: [CurrencyCode: (currency: Currency, days: [Int: [EqualCoverage.Night]])] = [:]
        for unit in nights.units.units {
            let own = (nights.units.nights[unit] ?? [:]).sorted { $0.key < $1.key }
            guard let currency = own.first?.value.currency else { continue }
            if unit.kind == .account || unit.kind == .owner {
                for (day, night) in own {
                    guard let found = night.covered else { continue }
                    house[currency.code, default: (currency, [:])].days[day, default: []].append(found)
                }
                continue
            }
            let dates = own.compactMap { day, night in night.model.map { _ in nights.days[day] } }
            let days = own.compactMap { day, night in
                night.model.map {
                    DisclosedSeries.Day(
                        date: nights.days[day], margin: $0, tested: night.covered.map { [$0] } ?? [])
                }
            }
            var volatilities: [Int: [Double?]] = [:]
            for window in disclosure.responsivenessDays {
                volatilities[window] = nights.units.combinedCommodities[unit].flatMap {
                    histories.realisedVolatilities(of: $0, on: dates, window: window)
                }
            }
            add(
                DisclosedSeries(name: unit.code, days: days, volatilities: volatilities), .published,
                unit.kind.rawValue, unit.code, currency)
        }
        for (code, own) in house.sorted(by: { $0.key < $1.key }) {
            let days = own.days.sorted { $0.key < $1.key }.map { day, tested in
                DisclosedSeries.Day(
                    date: nights.days[day], margin: tested.reduce(0) { $0 + $1.margin }, tested: tested)
            }
            add(DisclosedSeries(name: "house \(code)", days: days), .published, "house", "\(code)", own.currency)
        }
    }

    mutating func add(
        _ series: DisclosedSeries, _ source: DisclosureSource, _ unitKind: String, _ unit: String, _ currency: Currency
    ) {
        for row in series.rows(disclosure, source, unitKind, unit, currency) {
            tables.add(.procyclicalityDisclosure, row)
        }
    }
}

extension DisclosedSeries {
    /// The rows of the series, in the columns of the report `procyclicality-disclosure`.
    func rows(
        _ terms: DisclosureTerms, _ source: DisclosureSource, _ unitKind: String, _ unit: String, _ currency: Currency
    ) -> [[BacktestCell]] {
        DisclosureFigure.figures(of: self, terms).map { figure in
            let scale = figure.measure.isMoney ? PowersOfTen.double(currency.decimals) : 1
            return [
                .text(source.rawValue), .text(unitKind), .text(unit), .text("\(currency.code)"),
                .date(figure.quarterEnd), .text("\(figure.span)"), .text(figure.measure.rawValue),
                .count(figure.horizonDays), BacktestCell(figure.value.map { $0 / scale }), .date(figure.firstDay),
                .date(figure.lastDay), .count(figure.days), BacktestCell(figure.from), BacktestCell(figure.to),
                .text(figure.refusal.map(BacktestResults.shown) ?? ""),
            ]
        }
    }
}

extension BacktestUnitNight {
    /// The night's exposure and requirement; nil where it is not tested.
    fileprivate var covered: EqualCoverage.Night? {
        guard let exposure, let model else { return nil }
        return EqualCoverage.Night(exposure: exposure, margin: model)
    }
}
