import Calibration
import ClearingModel
import Operations
import Quantities
import Scenarios
import Testing
import Validation

/// Which day's volatility a backtest takes for a margin, docs/methodology.md §12.5.
struct FactorHistoriesTests {
    private static let first = BusinessDate(year: 2014, month: 1, day: 6)

    /// Twenty returns of 1, up and down by turns, then one of 3 and one of 5; no level on the last day but one.
    private func histories() throws -> FactorHistories {
        var levels = (0...20).map { ExactDecimal(100 + $0 % 2) }
        levels += [ExactDecimal(103), ExactDecimal(108)]
        let factor = RiskFactorCode("P")
        let days = Array(0...21) + [23]
        let history = try FactorHistory(
            factor: factor, returnKind: .absolute, dates: days.map { Self.first.adding(days: $0) }, levels: levels)
        let rule = CalibrationRule(
            item: .priceScanRange, key: CalibrationKey("OIL"), kind: .amount, basis: .factor(factor),
            confidence: try #require(ExactDecimal("0.99")), increment: .one)
        return FactorHistories(BacktestCode("DAY"), rules: [rule], histories: [factor: history], horizonDays: 1)
    }

    @Test func `a margin's volatility ends with the level of its own day, or the last one before`() throws {
        let found = try histories().realisedVolatilities(
            of: CombinedCommodityCode("OIL"), on: [-1, 19, 20, 21, 22, 23].map { Self.first.adding(days: $0) })
        let two = (28.0 / 20).squareRoot()
        #expect(found == [nil, nil, 1, two, two, (52.0 / 20).squareRoot()])
    }

    @Test func `without a rule, or of fewer days, there is another or none`() throws {
        let histories = try histories()
        let last = Self.first.adding(days: 23)
        #expect(histories.realisedVolatilities(of: CombinedCommodityCode("GAS"), on: [last]) == nil)
        let two: [Double?]? = [Double(17).squareRoot()]
        #expect(histories.realisedVolatilities(of: CombinedCommodityCode("OIL"), on: [last], window: 2) == two)
    }
}
