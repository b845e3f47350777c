import ClearingModel
import Postgres
import Quantities
import Validation

/// A backtest as its row states it.
package struct StatedBacktest: Sendable {
    package let code: BacktestCode
    package let accountClass: AccountClassCode
    package let fromDate: BusinessDate
    package let toDate: BusinessDate
    package let terms: ValidationTerms
}

/// A walk-forward as its row states it; the rule is named, not read.
package struct StatedWalkForward: Sendable {
    package let code: WalkForwardCode
    package let item: String
    package let key: String
    package let contractValueFactor: ExactDecimal
    package let currency: CurrencyCode
    package let recalibrateDays: Int
    package let firstDay: BusinessDate?
    package let withoutTools: Bool
}

/// A change whose effect on a walk-forward is asked for.
package struct StatedChange: Sendable {
    package let walkForward: WalkForwardCode
    package let parameter: SensitivityParameter
    package let value: ExactDecimal
}

/// What validation reads of the input tables, as the loads up to one say (docs/methodology.md §12).
package struct BacktestInputStore {
    private let connection: Connection
    private let pin: Int64

    package init(_ connection: Connection, pin: Int64) {
        self.connection = connection
        self.pin = pin
    }

    /// A backtest by its code; nil where there is none.
    /// - Throws: `ValidationRefusal` `backtest_range`.
    package func backtest(_ code: BacktestCode) throws -> StatedBacktest? {
        try connection.optional(.loadBacktest, [.int64(pin), .text(code.text)]).map { row in
            StatedBacktest(
                code: code, accountClass: try row.code("account_class"),
                fromDate: BusinessDate(dayNumber: try row.date("from_date")),
                toDate: BusinessDate(dayNumber: try row.date("to_date")),
                terms: try ValidationTerms(
                    confidence: try row.decimal("confidence"), horizonDays: Int(try row.int16("horizon_days")),
                    intervalLevel: try row.decimal("interval_level"), significance: try row.decimal("significance"),
                    backtest: code.text))
        }
    }

    /// Every hypothetical portfolio, by code; `isWhole` refuses one without lines too.
    /// - Throws: `ValidationRefusal` `hypothetical_kind` for the first that is not of its kind.
    package func portfolios(isWhole: Bool = true) throws -> [HypotheticalPortfolio] {
        var lines: [HypotheticalPortfolioCode: [HypotheticalLine]] = [:]
        for row in try connection.rows(.loadHypotheticalLines, [.int64(pin)]) {
            lines[try row.code("portfolio"), default: []].append(try Self.line(row))
        }
        var portfolios: [HypotheticalPortfolio] = []
        for row in try connection.rows(.loadHypotheticalPortfolios, [.int64(pin)]) {
            let code: HypotheticalPortfolioCode = try row.code("portfolio")
            let own = lines.removeValue(forKey: code) ?? []
            if own.isEmpty, !isWhole { continue }
            portfolios.append(try HypotheticalPortfolio(code: code, kind: try row.choice("kind"), lines: own))
        }
        if isWhole, let orphan = lines.keys.sorted().first {
            throw ValidationRefusal(
                .hypotheticalKind, "\(orphan)", table: "hypothetical_portfolio", "its lines have no portfolio")
        }
        return portfolios
    }

    private static func line(_ row: Row) throws -> HypotheticalLine {
        let multiple = try row.decimalOrNull("adv_multiple")
        return HypotheticalLine(
            number: Int(try row.int16("number")), combinedCommodity: try row.code("combined_commodity"),
            instrument: try row.choice("instrument"), monthRank: Int(try row.int16("month_rank")),
            moneyness: try row.decimalOrNull("moneyness"),
            quantity: try multiple.map { .averageDailyVolumes($0) } ?? .contracts(row.int64OrNull("quantity") ?? 0))
    }

    /// The walk-forwards of a backtest, by code.
    package func walkForwards(of backtest: BacktestCode) throws -> [StatedWalkForward] {
        try connection.rows(.loadWalkForwards, [.int64(pin), .text(backtest.text)]).map { row in
            StatedWalkForward(
                code: try row.code("walk_forward"), item: try row.text("item"), key: try row.text("key"),
                contractValueFactor: try row.decimal("contract_value_factor"), currency: try row.currency("currency"),
                recalibrateDays: Int(try row.int16("recalibrate_days")),
                firstDay: try row.dateOrNull("first_day").map { BusinessDate(dayNumber: $0) },
                withoutTools: try row.bool("without_tools"))
        }
    }

    /// The changes asked for of a backtest's walk-forwards.
    package func changes(of backtest: BacktestCode) throws -> [StatedChange] {
        try connection.rows(.loadSensitivityChanges, [.int64(pin), .text(backtest.text)]).map { row in
            StatedChange(
                walkForward: try row.code("walk_forward"), parameter: try row.choice("parameter"),
                value: try row.decimal("value"))
        }
    }

    /// The critical values of the test of expected shortfall.
    /// - Throws: `ValidationRefusal` `backtest_range`.
    package func criticalValues() throws -> [Z2CriticalValues] {
        try connection.rows(.loadZ2CriticalValues, [.int64(pin)]).map { row in
            try Z2CriticalValues(
                nights: Int(try row.int32("nights")), exceptionProbability: try row.decimal("exception_probability"),
                yellow: try row.decimal("yellow"), red: try row.decimal("red"))
        }
    }
}
