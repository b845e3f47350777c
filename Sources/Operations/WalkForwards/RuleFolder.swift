import Calibration
import ClearingModel
import Foundation
import InputRows
import Quantities
import Replication
import Runtime
import Scenarios
import Storage
import TextFiles
import Validation

/// A rule with the history that it is walked over, and how.
package struct StatedWalk: Sendable {
    package let code: WalkForwardCode
    package let terms: WalkForwardTerms
    package let history: FactorHistory
}

/// Calibration rules and walk-forwards read from a folder, without a database: `calibration_rule.csv`,
/// `walk_forward.csv`, `risk_factor.csv` and `currency.csv`, with stressed windows `calibration_stressed_window.csv`
/// too, each in the columns of its table.
package struct RuleFolder {
    private let path: String
    private let rules: [CalibrationRow: CalibrationRule]
    private let kinds: [RiskFactorCode: ReturnKind]
    private let currencies: [CurrencyCode: Currency]

    /// - Throws: `Failure` 66 for a file that is not there, 65 for what is wrong in one, by file, line and value.
    package init(_ path: String) throws {
        self.path = path
        let rows = try TableRow.rows(
            "\(path)/calibration_rule.csv", of: "calibration_rule",
            required: ["item", "key", "factor", "confidence", "increment"],
            optional: RuleParameter.allCases.map(\.rawValue).filter { !["confidence", "increment"].contains($0) } + [
                "min_moving_share", "max_gap_days", "min_stressed_observations", "cap", "break_z", "break_haircut",
            ])
        let windowFile = "\(path)/calibration_stressed_window.csv"
        let windows =
            FileManager.default.fileExists(atPath: windowFile)
            ? try TableRow.rows(
                windowFile, of: "calibration_stressed_window",
                required: ["item", "key", "window_code", "from_date", "to_date"]) : []
        let stated = try reading("\(path)/calibration_rule.csv", "calibration_rule") {
            try CalibrationRule.stated(rules: rows, legs: [TableRow](), windows: windows)
        }
        rules = Dictionary(stated.map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first })
        let factors = try TableRow.rows(
            "\(path)/risk_factor.csv", of: "risk_factor", required: ["risk_factor", "return_kind"], ignoresOthers: true)
        kinds = try reading("\(path)/risk_factor.csv", "risk_factor") {
            try Dictionary(
                factors.map { (try $0.code("risk_factor"), try $0.choice("return_kind")) },
                uniquingKeysWith: { first, _ in first })
        }
        let money = try TableRow.rows(
            "\(path)/currency.csv", of: "currency", required: ["currency", "minor_unit_decimals"], ignoresOthers: true)
        currencies = try reading("\(path)/currency.csv", "currency") {
            Dictionary(try money.map { try Currency(row: $0) }.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
        }
    }

    /// Every row of `walk_forward.csv` with its rule and its factor's levels, up to a last day where one is named,
    /// which the levels then reach.
    /// - Throws: `Failure` as above, for a rule, factor, level or currency that a row lacks, and for levels that end
    ///   too long before the last day.
    package func walks(over histories: HistoryFiles, through last: BusinessDate?) throws -> [StatedWalk] {
        let file = "\(path)/walk_forward.csv"
        let rows = try TableRow.rows(
            file, of: "walk_forward", required: ["walk_forward", "item", "key", "contract_value_factor", "currency"],
            optional: ["backtest", "recalibrate_days", "first_day", "without_tools"])
        return try reading(file, "walk_forward") { try rows.map { try walk($0, histories, through: last) } }
    }

    private func walk(_ row: TableRow, _ histories: HistoryFiles, through last: BusinessDate?) throws -> StatedWalk {
        func refused(_ reason: String, _ hint: String) -> Failure {
            Failure(.inputRejected, "\(row.location): \(reason)", hint: "\(hint), then the same command again")
        }
        let place = try CalibrationRow(row: row)
        guard place.item == .priceScanRange, let rule = rules[place], let factor = rule.factors.first else {
            throw refused(
                "there is no rule \(place.item.rawValue) \(place.key) of a price scan range",
                "mend the row, or state the rule in \(path)/calibration_rule.csv")
        }
        guard let kind = kinds[factor] else {
            throw refused("\(factor) has no return kind", "state it in \(path)/risk_factor.csv")
        }
        let code = try row.currency("currency")
        guard let currency = currencies[code] else {
            throw refused("\(code) has no decimals", "state them in \(path)/currency.csv")
        }
        guard let levels = histories.factors[factor]?.through(last), !levels.dates.isEmpty else {
            throw Failure(
                .inputMissing, "\(row.location): \(factor) has no level\(last.map { " up to \($0)" } ?? "")",
                hint: "name its file too: margin walk-forward \(path.shellWord) --history FILE")
        }
        let factorValue = try row.decimal("contract_value_factor")
        let days = try row.integerOrNull("recalibrate_days") ?? 1
        guard factorValue > .zero else {
            throw refused("contract_value_factor \(factorValue) is not above 0", "mend it")
        }
        guard days > 0 else { throw refused("recalibrate_days \(days) is not 1 or more", "mend it") }
        let isBare = try row.flagOrNull("without_tools") ?? false
        let walk = StatedWalk(
            code: try row.code("walk_forward"),
            terms: WalkForwardTerms(
                rule: isBare ? rule.withoutTools : rule, contractValueFactor: factorValue, currency: currency,
                recalibrateDays: days, firstDay: try row.dateOrNull("first_day")),
            history: try FactorHistory(factor: factor, returnKind: kind, dates: levels.dates, levels: levels.levels))
        if let last { try walk.checkReaches(last) }
        return walk
    }
}

extension StatedWalk {
    /// - Throws: `Failure` 65 `history_stale`, as a calibration on the day would, and for what is wrong with the rule.
    fileprivate func checkReaches(_ last: BusinessDate) throws {
        do {
            let calibration = try ScanRangeCalibration(terms.rule, history: history)
            if let refusal = calibration.refusal(.historyStale, on: last) { throw refusal }
        } catch {
            throw Failure(walkForward: error, of: code)
        }
    }
}

extension Failure {
    /// A walk that is refused, by the rule that it breaks.
    init(walkForward error: any Error, of code: WalkForwardCode) {
        switch error {
        case let refusal as CalibrationRefusal:
            let hint =
                switch refusal.rule {
                case .historyStale: "add the days that are missing to the history, or name an earlier --through"
                case .historyGap:
                    "add the days that are missing to the history, or let max_gap_days of the rule span them"
                case .logOfNonPositive: "make the factor's return_kind absolute in risk_factor.csv"
                case .tooFewObservations, .historyTooShort:
                    "give a longer history, or a rule that needs less: look_back_days, min_observations, seed_days, "
                        + "floor_years"
                case .historyNotMoving: "mend the history, or lower min_moving_share of the rule"
                default: "mend the rule in calibration_rule.csv"
                }
            self.init(.inputRejected, "walk-forward \(code): \(refusal)", hint: hint + "; then the same command again")
        case let refusal as ValidationRefusal:
            self.init(
                .inputRejected, "walk-forward \(code): \(refusal)",
                hint: "mend the rule or its row in walk_forward.csv, then the same command again")
        default: self.init(error)
        }
    }
}
