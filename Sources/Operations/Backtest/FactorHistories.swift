import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios
import Storage
import Validation

/// The calibration rules of price scan ranges, each with its factor's history, as a backtest reads them.
package struct FactorHistories {
    private let rules: [CalibrationRow: CalibrationRule]
    private let histories: [RiskFactorCode: FactorHistory]
    /// Of each combined commodity with such a rule, over the backtest's horizon.
    private let moves: [CombinedCommodityCode: PlainMoves]
    private let backtest: BacktestCode

    /// How a factor's returns are taken the parameter set in force on the backtest's last day says; a factor that it
    /// does not have has no history.
    init(of backtest: StatedBacktest, pin: Int64, _ database: Database) throws {
        let store = CalibrationStore(database)
        let stated = try store.rules(pin: pin).filter { $0.row.item == .priceScanRange }
        let set = try RunLedger(database).parameterSet(inForceOn: backtest.toDate, pin: pin)
        self.init(
            backtest.code, rules: stated,
            histories: try set.map { set in
                try store.histories(of: stated.flatMap(\.factors), in: set, through: nil, pin: pin)
            } ?? [:], horizonDays: backtest.terms.horizonDays)
    }

    /// Of rules that are known, and the histories of their factors.
    package init(
        _ backtest: BacktestCode, rules stated: [CalibrationRule], histories: [RiskFactorCode: FactorHistory],
        horizonDays: Int
    ) {
        self.backtest = backtest
        self.histories = histories
        rules = Dictionary(stated.map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first })
        moves = Dictionary(
            stated.compactMap { rule in
                guard let factor = rule.factors.first, let history = histories[factor] else { return nil }
                return (
                    CombinedCommodityCode(rule.key.text),
                    PlainMoves(history, horizonDays: horizonDays, lookBackDays: rule.lookBackDays)
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What the factor of a combined commodity's rule did over the backtest's horizon, in the look-back of the rule.
    func plainMoves(of combinedCommodity: CombinedCommodityCode) -> PlainMoves? { moves[combinedCommodity] }

    /// What a stated walk-forward margins, and over which history.
    /// - Throws: `ValidationRefusal` `backtest_range` where it names no rule of a price scan range and known factor.
    func terms(
        of stated: StatedWalkForward, in currency: Currency
    ) throws(ValidationRefusal) -> (terms: WalkForwardTerms, history: FactorHistory) {
        func refusal(_ column: String, _ reason: String) -> ValidationRefusal {
            ValidationRefusal(
                .backtestRange, "\(backtest) \(stated.code)", table: "walk_forward", column: column, reason)
        }
        guard let item = CalibrationItem(rawValue: stated.item), item == .priceScanRange else {
            throw refusal("item", "\(stated.item) is not price_scan_range")
        }
        let row = CalibrationRow(item: item, key: CalibrationKey(stated.key))
        guard let rule = rules[row], let factor = rule.factors.first, let history = histories[factor] else {
            throw refusal("key", "there is no calibration rule \(stated.key) of a known factor")
        }
        let terms = WalkForwardTerms(
            rule: stated.withoutTools ? rule.withoutTools : rule, contractValueFactor: stated.contractValueFactor,
            currency: currency, recalibrateDays: stated.recalibrateDays, firstDay: stated.firstDay)
        return (terms, history)
    }

    /// RV on each date of the factor by whose rule a combined commodity's price scan range is calibrated, of the
    /// returns up to then; nil without such a rule or factor, or where its history begins later. `dates` ascend.
    package func realisedVolatilities(
        of combinedCommodity: CombinedCommodityCode, on dates: [BusinessDate],
        window: Int = Procyclicality.usualWindow
    ) -> [Double?]? {
        let row = CalibrationRow(item: .priceScanRange, key: CalibrationKey(combinedCommodity.text))
        guard let factor = rules[row]?.factors.first, let history = histories[factor] else { return nil }
        let found = history.realisedVolatilities(window: window)
        return dates.map { date in
            let count = history.count(through: date)
            return count > 0 ? found[count - 1] : nil
        }
    }
}
