import Calibration
import ClearingModel
import Margining
import Quantities
import Reporting
import Runtime
import Scenarios
import Storage
import Validation

extension BacktestResults {
    /// Every walk-forward of the backtest over the levels that are loaded, with its sides, its procyclicality against
    /// the same without tools, and its sensitivities. What is refused is listed, and the rest computed.
    mutating func addWalkForwards(
        _ inputs: BacktestInputStore, _ histories: FactorHistories, pin: Int64, _ database: Database
    ) throws {
        let stated = try inputs.walkForwards(of: backtest.code)
        guard !stated.isEmpty else { return }
        let currencies = try ClearingHouse.load(pinnedAt: pin, parts: [], from: database).currencies
        let changes = try inputs.changes(of: backtest.code)
        for walkForward in stated {
            let unit = BacktestUnit(kind: .walkForward, code: walkForward.code.text)
            guard let currency = currencies.first(where: { $0.code == walkForward.currency }) else {
                throw ValidationRefusal(
                    .backtestRange, "\(backtest.code) \(walkForward.code)", table: "walk_forward", column: "currency",
                    "\(walkForward.currency) is no currency of the house")
            }
            let own = changes.filter { $0.walkForward == walkForward.code }
            do {
                let (terms, history) = try histories.terms(of: walkForward, in: currency)
                let walk = try WalkForward(terms, history: history)
                try add(walk, of: walkForward, unit, history)
                for change in own {
                    add(
                        SensitivityRow(
                            change.parameter, value: change.value, of: walk, history: history,
                            intervalLevel: backtest.terms.intervalLevel, significance: backtest.terms.significance),
                        of: unit)
                }
            } catch {
                guard error is CalibrationRefusal || error is ValidationRefusal else { throw error }
                addRefused(unit, currency, own, SensitivityRefusal(error))
            }
        }
    }

    private mutating func add(
        _ walk: WalkForward, of stated: StatedWalkForward, _ unit: BacktestUnit, _ history: FactorHistory
    ) throws {
        let currency = walk.terms.currency
        walks.append(BacktestPageContent.Walk(walk, name: unit.code))
        for side in WalkForward.Side.allCases {
            let sided = BacktestUnit(kind: .walkForward, code: "\(unit.code) \(side.rawValue)")
            for day in walk.days {
                guard let loss = day.loss(side) else { continue }
                tables.add(
                    .night,
                    [
                        .text(unit.kind.rawValue), .text(sided.code), .date(day.date), .text("model"),
                        .text("\(currency.code)"),
                        .money(loss, decimals: currency.decimals), .money(day.margin, decimals: currency.decimals),
                        .flag(loss > day.margin), .text(""),
                    ])
            }
            let tests = try walk.tests(
                side, intervalLevel: backtest.terms.intervalLevel, significance: backtest.terms.significance)
            if let tests { add(tests, of: sided, .model) }
        }
        let result: Result<Procyclicality, SensitivityRefusal>?
        do {
            let benchmark = stated.withoutTools ? nil : try walk.withoutTools(history)
            addEfficiency(of: walk, benchmark ?? walk, history, unit)
            add(
                walk.disclosed(history, from: nil, withoutTools: benchmark, disclosure, name: unit.code), .replay,
                unit.kind.rawValue, unit.code, currency)
            result = try walk.procyclicality(benchmark: benchmark, name: unit.code).map { .success($0) }
        } catch {
            result = .failure(SensitivityRefusal(error))
        }
        add(result, of: unit, currency, dates: walk.days.map(\.date))
    }

    private mutating func add(_ row: SensitivityRow, of unit: BacktestUnit) {
        var cells: [BacktestCell] = [
            .text(unit.code), .text(row.parameter.rawValue), .exact(row.value), BacktestCell(row.base),
        ]
        switch row.outcome {
        case .failure(let refusal):
            cells += [BacktestCell](repeating: .null, count: 6) + [.text(refusal.named)]
        case .success(let outcome):
            cells += [
                .exact(outcome.figure), BacktestCell(outcome.change), BacktestCell(outcome.tests?.nights),
                BacktestCell(outcome.tests?.exceptions),
                BacktestCell(outcome.tests?.coverage.rounded(toScale: 12)),
                BacktestCell(outcome.tests?.proportionOfFailuresP), .text(""),
            ]
        }
        tables.add(.sensitivity, cells)
    }

    /// A walk that is refused: neither its margins nor what a change of its rule does can be said.
    private mutating func addRefused(
        _ unit: BacktestUnit, _ currency: Currency, _ changes: [StatedChange], _ refusal: SensitivityRefusal
    ) {
        tables.add(
            .procyclicality,
            [.text(unit.kind.rawValue), .text(unit.code), .text("\(currency.code)")]
                + [BacktestCell](repeating: .null, count: 20) + [.text(refusal.named)])
        for change in changes {
            tables.add(
                .sensitivity,
                [.text(unit.code), .text(change.parameter.rawValue), .exact(change.value)]
                    + [BacktestCell](repeating: .null, count: 7) + [.text(refusal.named)])
        }
    }
}

extension BacktestPageContent.Walk {
    /// A walk as the page draws it: either side, which the scan range covers.
    init(_ walk: WalkForward, name: String) {
        let (rule, currency) = (walk.terms.rule, walk.terms.currency)
        self.init(
            name: name, currency: "\(currency.code)", decimals: currency.decimals,
            days: walk.days.map { day in
                BacktestPageContent.Walk.Day(date: day.date, margin: day.margin, move: day.loss(.either))
            },
            verdict:
                "A contract of \(rule.factors.map(\.text).joined(separator: ", ")), margined by the rule \(rule.key) "
                + "at \(rule.confidence) over \(plural(Int64(rule.horizonDays), "day")), calibrated every "
                + "\(plural(Int64(walk.terms.recalibrateDays), "day")) with what was known by then.")
    }
}
