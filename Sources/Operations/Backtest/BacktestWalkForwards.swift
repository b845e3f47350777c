import Calibration
import ClearingModel
import Margining
import Quantities
import Runtime
import Scenarios
import Storage
import Validation

extension BacktestResults {
    /// Every walk-forward of the backtest over the levels that are loaded, with its sides, its procyclicality against
    /// the same without tools, and its sensitivities. What is refused is listed, and the rest computed.
    mutating func addWalkForwards(_ inputs: BacktestInputStore, pin: Int64, _ database: Database) throws {
        let stated = try inputs.walkForwards(of: backtest.code)
        guard !stated.isEmpty else { return }
        let currencies = try ClearingHouse.load(pinnedAt: pin, parts: [], from: database).currencies
        let histories = try FactorHistories(of: backtest, pin: pin, database)
        let changes = try inputs.changes(of: backtest.code)
        for walkForward in stated {
            let unit = BacktestUnit(kind: .walkForward, code: walkForward.code.text)
            guard let currency = currencies.first(where: { $0.code == walkForward.currency }) else {
                throw ValidationRefusal(
                    .backtestRange, "\(backtest.code) \(walkForward.code)", table: "walk_forward", column: "currency",
                    "\(walkForward.currency) is no currency of the house")
            }
            do {
                let (terms, history) = try histories.terms(of: walkForward, in: currency)
                let walk = try WalkForward(terms, history: history)
                add(walk, of: walkForward, unit, history)
                for change in changes where change.walkForward == walkForward.code {
                    add(
                        SensitivityRow(
                            change.parameter, value: change.value, of: walk, history: history,
                            intervalLevel: backtest.terms.intervalLevel, significance: backtest.terms.significance),
                        of: unit)
                }
            } catch let refusal as CalibrationRefusal {
                addRefused(unit, currency, "\(refusal.fault.rawValue) \(refusal.item)")
            } catch let refusal as ValidationRefusal {
                addRefused(unit, currency, Self.shown(refusal))
            }
        }
    }

    private mutating func add(
        _ walk: WalkForward, of stated: StatedWalkForward, _ unit: BacktestUnit, _ history: FactorHistory
    ) {
        let currency = walk.terms.currency
        for side in WalkForward.Side.allCases {
            let sided = BacktestUnit(kind: .walkForward, code: "\(unit.code) \(side.rawValue)")
            for day in walk.days {
                guard let loss = day.loss(side) else { continue }
                tables.add(
                    .night,
                    [
                        .text(unit.kind.rawValue), .text(sided.code), .date(day.date), .text("model"),
                        .text("\(currency.code)"),
                        .exact(ExactDecimal(minorUnits: loss, decimals: currency.decimals)),
                        .exact(ExactDecimal(minorUnits: day.margin, decimals: currency.decimals)),
                        .flag(loss > day.margin), .text(""),
                    ])
            }
            let tests = try? walk.tests(
                side, intervalLevel: backtest.terms.intervalLevel, significance: backtest.terms.significance)
            if let tests { add(tests, of: sided, .model) }
        }
        let result: Result<Procyclicality, ValidationRefusal>?
        do throws(ValidationRefusal) {
            let benchmark = stated.withoutTools ? nil : try? walk.withoutTools(history)
            result = try walk.procyclicality(benchmark: benchmark, name: unit.code).map { .success($0) }
        } catch {
            result = .failure(error)
        }
        add(result, of: unit, currency, dates: walk.days.map(\.date))
    }

    private mutating func add(_ row: SensitivityRow, of unit: BacktestUnit) {
        var cells: [BacktestCell] = [
            .text(unit.code), .text(row.parameter.rawValue), .exact(row.value), BacktestCell(row.base),
        ]
        switch row.outcome {
        case .failure(let refusal):
            cells += [BacktestCell](repeating: .null, count: 6) + [.text("\(refusal.rule) \(refusal.item)")]
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

    private mutating func addRefused(_ unit: BacktestUnit, _ currency: Currency, _ refusal: String) {
        tables.add(
            .procyclicality,
            [.text(unit.kind.rawValue), .text(unit.code), .text("\(currency.code)")]
                + [BacktestCell](repeating: .null, count: 12) + [.text(refusal)])
    }
}

/// The rules and histories that walk-forwards name.
private struct FactorHistories {
    private let rules: [CalibrationRow: CalibrationRule]
    private let kinds: [RiskFactorCode: ReturnKind]
    private let database: Database
    private let pin: Int64
    private let backtest: BacktestCode

    /// How a factor's returns are taken the parameter set in force on the backtest's last day says.
    init(of backtest: StatedBacktest, pin: Int64, _ database: Database) throws {
        let store = CalibrationStore(database)
        rules = Dictionary(
            try store.rules(pin: pin).map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first })
        let set = try RunLedger(database).parameterSet(inForceOn: backtest.toDate, pin: pin)
        kinds = try set.map { try store.returnKinds($0, pin: pin) } ?? [:]
        self.database = database
        self.pin = pin
        self.backtest = backtest.code
    }

    func terms(
        of stated: StatedWalkForward, in currency: Currency
    ) throws -> (terms: WalkForwardTerms, history: FactorHistory) {
        func refusal(_ column: String, _ reason: String) -> ValidationRefusal {
            ValidationRefusal(
                .backtestRange, "\(backtest) \(stated.code)", table: "walk_forward", column: column, reason)
        }
        guard let item = CalibrationItem(rawValue: stated.item), item == .priceScanRange else {
            throw refusal("item", "\(stated.item) is not price_scan_range")
        }
        let row = CalibrationRow(item: item, key: CalibrationKey(stated.key))
        guard let rule = rules[row], let factor = rule.factors.first, let kind = kinds[factor] else {
            throw refusal("key", "there is no calibration rule \(stated.key) of a known factor")
        }
        let levels = try RiskFactorStore(database).levels(of: [factor], from: nil, through: nil, pin: pin)[factor] ?? []
        let history = try FactorHistory(
            factor: factor, returnKind: kind, dates: levels.map(\.date), levels: levels.map(\.level))
        let terms = WalkForwardTerms(
            rule: stated.withoutTools ? rule.withoutTools : rule, contractValueFactor: stated.contractValueFactor,
            currency: currency, recalibrateDays: stated.recalibrateDays, firstDay: stated.firstDay)
        return (terms, history)
    }
}
