import ClearingModel
import EndOfDay
import Margining
import Quantities
import Reporting
import Storage
import Validation

/// What the nights of a backtest came to, as rows of its tables.
struct BacktestResults {
    let backtest: StatedBacktest
    /// Windows and horizons of the disclosure.
    let disclosure: DisclosureTerms
    var tables = BacktestTables()
    private(set) var verdicts: [BacktestRun.UnitVerdict] = []
    private(set) var refused = 0
    /// The walk-forwards that the page draws.
    var walks: [BacktestPageContent.Walk] = []

    init(_ backtest: StatedBacktest, _ disclosure: DisclosureTerms) {
        self.backtest = backtest
        self.disclosure = disclosure
    }

    /// Every unit's nights, tests and, of constant portfolios, procyclicality.
    mutating func add(_ nights: BacktestNights, _ histories: FactorHistories) throws {
        for unit in nights.units.units {
            let own = (nights.units.nights[unit] ?? [:]).sorted { $0.key < $1.key }
            for kind in BacktestMarginKind.allCases {
                var isKept = false
                for (day, night) in own
                where night.isListed && (night.margin(kind) != nil || (kind == .model && night.refusal != nil)) {
                    isKept = true
                    add(night, of: unit, kind, on: nights.days[day])
                }
                guard isKept else { continue }
                let outcomes = nights.units.outcomes(of: unit, kind, days: nights.days.count)
                guard let tests = UnitTests(outcomes, terms: backtest.terms) else { continue }
                add(tests, of: unit, kind)
            }
            guard unit.kind == .product || unit.kind == .hypothetical, let currency = own.first?.value.currency else {
                continue
            }
            let margins = own.compactMap { day, night in night.model.map { (date: nights.days[day], margin: $0) } }
            let dates = margins.map(\.date)
            let volatilities = nights.units.combinedCommodities[unit].flatMap {
                histories.realisedVolatilities(of: $0, on: dates)
            }
            add(
                procyclicality(of: unit, margins.map(\.margin), volatilities), of: unit, currency, dates: dates)
        }
    }

    private func procyclicality(
        of unit: BacktestUnit, _ margins: [Int64], _ volatilities: [Double?]?
    ) -> Result<Procyclicality, SensitivityRefusal>? {
        do throws(ValidationRefusal) {
            return try Procyclicality(margins, volatilities: volatilities, of: unit.code).map { .success($0) }
        } catch {
            return .failure(SensitivityRefusal(error))
        }
    }

    private mutating func add(
        _ night: BacktestUnitNight, of unit: BacktestUnit, _ kind: BacktestMarginKind, on date: BusinessDate
    ) {
        func money(_ units: Int64?) -> BacktestCell {
            units.map { .money($0, decimals: night.currency.decimals) } ?? .null
        }
        if night.refusal != nil, kind == .model { refused += 1 }
        tables.add(
            .night,
            [
                .text(unit.kind.rawValue), .text(unit.code), .date(date), .text(kind.rawValue),
                .text("\(night.currency.code)"), money(night.exposure), money(night.margin(kind)),
                BacktestCell(night.isException(kind)), .text(night.refusal.map(Self.shown) ?? ""),
            ])
    }

    /// `price_missing CL-2019-03`.
    static func shown(_ refusal: ValidationRefusal) -> String { "\(refusal.rule.rawValue) \(refusal.item)" }

    mutating func add(_ tests: UnitTests, of unit: BacktestUnit, _ kind: BacktestMarginKind) {
        let thinned = tests.thinned
        add(tests.raw, "raw", of: unit, kind, verdict: thinned == nil ? tests.verdict : nil)
        for row in thinned?.series ?? [] { add(row.tests, "thinned \(row.remainder)", of: unit, kind, verdict: nil) }
        if let thinned {
            var cells: [BacktestCell] = [
                .text(unit.kind.rawValue), .text(unit.code), .text(kind.rawValue), .text("thinned"),
                .count(tests.raw.nights), .count(tests.raw.exceptions), .null, .null, .null, .null,
                .statistic(thinned.proportionOfFailuresP), .statistic(thinned.atLeastP), .statistic(thinned.atMostP),
            ]
            cells += [BacktestCell](repeating: .null, count: 5)
            cells += [BacktestCell(thinned.independenceP), .null, BacktestCell(thinned.conditionalP), .null]
            cells += [.text(thinned.zone.rawValue), .null, .null, .text(tests.verdict.rawValue)]
            tables.add(.result, cells)
        }
        verdicts.append(
            BacktestRun.UnitVerdict(
                unitKind: unit.kind.rawValue, unit: unit.code, marginKind: kind.rawValue, nights: tests.raw.nights,
                exceptions: tests.raw.exceptions, zone: (thinned?.zone ?? tests.raw.trafficLight.zone).rawValue,
                verdict: tests.verdict.rawValue))
    }

    private mutating func add(
        _ tests: CoverageTests, _ series: String, of unit: BacktestUnit, _ kind: BacktestMarginKind,
        verdict: Verdict?
    ) {
        let pairs = tests.pairs
        let light = tests.trafficLight
        tables.add(
            .result,
            [
                .text(unit.kind.rawValue), .text(unit.code), .text(kind.rawValue), .text(series),
                .count(tests.nights), .count(tests.exceptions), .exact(tests.coverage.rounded(toScale: 12)),
                .statistic(tests.coverageInterval.lower), .statistic(tests.coverageInterval.upper),
                .statistic(tests.proportionOfFailures), .statistic(tests.proportionOfFailuresP),
                .statistic(tests.atLeastP), .statistic(tests.atMostP), .count(pairs.n00), .count(pairs.n01),
                .count(pairs.n10), .count(pairs.n11), BacktestCell(tests.independence),
                BacktestCell(tests.independenceP), BacktestCell(tests.conditional), BacktestCell(tests.conditionalP),
                .statistic(light.cumulative), .text(light.zone.rawValue), .count(light.firstYellow),
                .count(light.firstRed), BacktestCell(verdict?.rawValue),
            ])
    }

    /// Expected shortfall of each unit and group.
    mutating func add(
        _ shortfalls: BacktestShortfalls, days: [BusinessDate], _ critical: [Z2CriticalValues]
    ) throws {
        for unit in shortfalls.units {
            let own = shortfalls.nights[unit] ?? [:]
            do throws(ValidationRefusal) {
                let terms = try ValidationTerms(
                    confidence: unit.confidence, horizonDays: backtest.terms.horizonDays, backtest: unit.code)
                let test = try ShortfallTest(
                    days.indices.map { own[$0] }, terms: terms, critical: critical, of: unit.code,
                    date: { "\(days[$0])" })
                guard let test else { continue }
                add(test, of: unit.code)
            } catch {
                tables.add(
                    .expectedShortfall,
                    [
                        .text(unit.code), .text("raw"), .null, .null, .null, .null, .flag(true),
                        .text(Self.shown(error)),
                    ])
            }
        }
    }

    private mutating func add(_ test: ShortfallTest, of unit: String) {
        func row(_ series: String, _ found: ShortfallTest.Statistic, decides: Bool) -> [BacktestCell] {
            [
                .text(unit), .text(series), .count(found.nights), .count(found.exceedances), .statistic(found.z2),
                BacktestCell(found.zone?.rawValue), .flag(decides), .text(""),
            ]
        }
        tables.add(.expectedShortfall, row("raw", test.whole, decides: test.thinned == nil))
        guard let thinned = test.thinned else { return }
        for (place, series) in thinned.series.enumerated() {
            tables.add(
                .expectedShortfall,
                row("thinned \(series.remainder)", series.statistic, decides: place == thinned.decides))
        }
    }

    /// How a constant portfolio's margin moved; nothing of one without a margin.
    mutating func add(
        _ found: Result<Procyclicality, SensitivityRefusal>?, of unit: BacktestUnit, _ currency: Currency,
        dates: [BusinessDate]
    ) {
        guard let found else { return }
        let start: [BacktestCell] = [.text(unit.kind.rawValue), .text(unit.code), .text("\(currency.code)")]
        switch found {
        case .failure(let refusal):
            tables.add(
                .procyclicality,
                start + [BacktestCell](repeating: .null, count: 20) + [.text(refusal.named)])
        case .success(let found):
            var cells = start + [.count(dates.count), .statistic(found.peakToTrough)]
            cells.append(.statistic(found.mean / PowersOfTen.double(currency.decimals)))
            for rise in found.rises {
                cells += [
                    .statistic(rise.rise), BacktestCell(rise.start.map { dates[$0 - 1] }), BacktestCell(rise.length),
                ]
            }
            cells.append(BacktestCell(found.cost))
            let answer = found.responsiveness
            cells.append(BacktestCell(answer.map { dates[$0.day] }))
            cells += [answer?.volatilityRatio, answer?.marginRatio, answer?.elasticity].map { BacktestCell($0) }
            tables.add(.procyclicality, cells + [.text("")])
        }
    }

    /// The last requirement of each inter-commodity portfolio with credit rates cut.
    mutating func add(
        _ credits: [HypotheticalPortfolioCode: Result<BacktestNights.CutCredit, ValidationRefusal>],
        in currency: Currency
    ) {
        func money(_ units: Int64) -> ExactDecimal { ExactDecimal(minorUnits: units, decimals: currency.decimals) }
        for (portfolio, found) in credits.sorted(by: { $0.key < $1.key }) {
            var cells: [BacktestCell] = [
                .text(portfolio.text), .text("correlation"), .exact(-HypotheticalMargins.creditRateCut), .null,
            ]
            switch found {
            case .failure(let refusal):
                cells += [BacktestCell](repeating: .null, count: 6) + [.text(Self.shown(refusal))]
            case .success(let credit):
                let change =
                    credit.base > 0
                    ? ExactFraction(money(credit.cut - credit.base), over: money(credit.base)).rounded(toScale: 6)
                    : nil
                cells += [
                    .money(credit.cut, decimals: currency.decimals), BacktestCell(change), .null, .null, .null, .null,
                    .text(""),
                ]
            }
            tables.add(.sensitivity, cells)
        }
    }
}
