import ClearingModel
import Postgres
import Quantities
import Validation

/// What was published of a risk group's tail on a night, in the group's currency.
package struct PublishedShortfall: Sendable {
    package let account: AccountCode
    package let owner: OwnerCode
    package let riskGroup: RiskGroupCode
    package let currency: CurrencyCode
    package let valueAtRisk: ExactDecimal
    package let expectedShortfall: ExactDecimal
}

/// A position frozen on a night.
package struct FrozenHolding: Sendable {
    package let account: AccountCode
    package let owner: OwnerCode
    package let position: FrozenPosition
}

/// What a backtest reads of published nights.
package struct BacktestNightStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The published runs of a span of dates, by date; the day before each is not looked up.
    package func nights(_ cycle: Cycle, from first: BusinessDate, to last: BusinessDate) throws -> [PinnedRun] {
        try connection.rows(.backtestNights, [cycle.value, first.value, last.value]).map { row in
            PinnedRun(
                id: try row.int64("run_id"), number: try row.int32("run_number"),
                businessDate: BusinessDate(dayNumber: try row.date("business_date")), previousBusinessDate: nil,
                cycle: cycle, load: try row.int64("pinned_load_id"), parameterSet: try row.code("parameter_set"))
        }
    }

    /// The book on the evening of a night, as the run has pinned it, by account, owner and series.
    package func holdings(of run: PinnedRun) throws -> [FrozenHolding] {
        try connection.rows(
            .backtestPositions, [.int64(run.load), run.businessDate.value, run.cycle.value]
        ).map { row in
            FrozenHolding(
                account: try row.code("account"), owner: try row.code("owner"),
                position: FrozenPosition(
                    series: try row.code("series"), long: try row.int64("long_quantity"),
                    short: try row.int64("short_quantity")))
        }
    }

    /// Stress add-ons of a night by account, in its call currency.
    package func stressAddOns(run: Int64) throws -> [AccountCode: ExactDecimal] {
        Dictionary(
            try connection.rows(.backtestStressAddOns, [.int64(run)]).map {
                (try $0.code("account"), try $0.decimal("converted_amount"))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Values at risk and expected shortfalls of a night.
    package func shortfalls(run: Int64) throws -> [PublishedShortfall] {
        try connection.rows(.backtestShortfalls, [.int64(run)]).map { row in
            PublishedShortfall(
                account: try row.code("account"), owner: try row.code("owner"), riskGroup: try row.code("risk_group"),
                currency: try row.currency("currency"), valueAtRisk: try row.decimal("value_at_risk"),
                expectedShortfall: try row.decimal("expected_shortfall"))
        }
    }
}
