import ClearingModel
import Postgres
import Quantities

/// One figure of one published night, in a currency.
package struct NightFigure: Sendable {
    /// By its name in the quarterly disclosure: `initial_margin_required`.
    package let figure: String
    /// house, client or total.
    package let scope: String
    package let currency: CurrencyCode
    package let businessDate: BusinessDate
    /// Units of the currency, 0 or more.
    package let amount: ExactDecimal
}

/// How a margin of published nights moved, or what it covered, as a backtest keeps it.
package struct DisclosedMeasure: Sendable {
    package let backtest: String
    /// house, product or hypothetical.
    package let unitKind: String
    /// The cells of the row, by the columns of the report procyclicality-disclosure.
    package let cells: [String: BacktestCell]
    package let measure: String
}

/// What the quarterly disclosure reads.
package struct DisclosureStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The business days of a period in order, each with its published run's number; nil where none is published.
    package func nights(from first: BusinessDate, through last: BusinessDate) throws -> [(BusinessDate, run: Int32?)] {
        try connection.rows(.disclosureNights, [first.value, last.value]).map {
            (BusinessDate(dayNumber: try $0.date("business_date")), try $0.int32OrNull("run_number"))
        }
    }

    /// The figures of the published nights of a period, by figure, scope, currency and night.
    package func figures(from first: BusinessDate, through last: BusinessDate) throws -> [NightFigure] {
        try connection.rows(.disclosureFigures, [first.value, last.value]).map { row in
            NightFigure(
                figure: try row.text("figure"), scope: try row.text("scope"), currency: try row.currency("currency"),
                businessDate: BusinessDate(dayNumber: try row.date("business_date")),
                amount: try row.decimal("amount"))
        }
    }

    /// What the newest runs of backtests say of the published nights of a quarter, by its last day; of one backtest, or
    /// of all.
    package func measures(ofQuarterEnding last: BusinessDate, backtest: String?) throws -> [DisclosedMeasure] {
        try connection.rows(.disclosureCoverage, [last.value, .orNull(backtest) { .text($0) }]).map { row in
            func day(_ column: Row.Column) throws -> BacktestCell {
                BacktestCell(try row.dateOrNull(column).map { BusinessDate(dayNumber: $0) })
            }
            let measure = try row.text("measure")
            return DisclosedMeasure(
                backtest: try row.text("backtest"), unitKind: try row.text("unit_kind"),
                cells: [
                    "backtest": .text(try row.text("backtest")), "unit_kind": .text(try row.text("unit_kind")),
                    "unit": .text(try row.text("unit")), "currency": .text(try row.text("currency")),
                    "span": .text(try row.text("span")), "measure": .text(measure),
                    "horizon_days": .count(Int(try row.int32("horizon_days"))),
                    "value": BacktestCell(try row.doubleOrNull("value")), "first_day": try day("first_day"),
                    "last_day": try day("last_day"), "days": .count(Int(try row.int32("days"))),
                    "from_date": try day("from_date"), "to_date": try day("to_date"),
                    "refusal": .text(try row.text("refusal")),
                ], measure: measure)
        }
    }
}
