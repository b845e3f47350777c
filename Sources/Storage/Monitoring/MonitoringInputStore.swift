import ClearingModel
import Monitoring
import Postgres
import Quantities

/// What monitoring looks at: terms, limits, and the figures of a run (docs/methodology.md §8.8).
package struct MonitoringInputStore {
    private let database: Database
    private let run: PinnedRun

    package init(_ database: Database, of run: PinnedRun) {
        self.database = database
        self.run = run
    }

    /// How the run's parameter set watches the house; nil where it does not.
    package func terms() throws -> MonitoringTerms? {
        try database.optional(
            .loadMonitoring, [.text(run.parameterSet.text), .int64(run.load), run.businessDate.value]
        ).map { row in
            MonitoringTerms(
                lookBackNights: Int(try row.int16("look_back_nights")), leastNights: Int(try row.int16("least_nights")),
                robustZ: try row.decimal("robust_z"), leastSpread: try row.decimal("least_spread"),
                leastContracts: try row.decimal("least_contracts"), leastMargin: try row.decimal("least_margin"),
                worseShare: try row.decimal("worse_share"), jumpShare: try row.decimal("jump_share"),
                stuckNights: Int(try row.int16("stuck_nights")), warningShare: try row.decimal("warning_share"),
                fundShare: try row.decimal("fund_share"))
        }
    }

    /// The limits in force; `inBase` tells money in the base currency.
    package func limits(
        inBase: (ExactDecimal, CurrencyCode) throws -> ExactDecimal
    ) throws -> [MemberLimit] {
        try database.rows(.loadMemberLimits, [.int64(run.load), run.businessDate.value]).map { row in
            let amount = try row.decimal("limit_amount")
            let currency: String? = try row.textOrNull("currency")
            return MemberLimit(
                try row.code("member"), try row.choice("measure"),
                amount: try currency.flatMap(CurrencyCode.init).map { try inBase(amount, $0) } ?? amount)
        }
    }

    /// The run's book, calls, risks and shortfalls, added up; `inBase` tells money in the base currency.
    package func house(
        _ terms: MonitoringTerms, inBase: (ExactDecimal, CurrencyCode) throws -> ExactDecimal
    ) throws -> MonitoredHouse {
        var house = MonitoredHouse(terms)
        try database.stream(
            .monitoredPositions,
            [.int64(run.load), .date(run.businessDate.dayNumber), .code(run.cycle.rawValue)]
        ) { row in
            house.add(
                HeldPosition(
                    member: MemberCode(try row.text()), account: AccountCode(try row.text()),
                    owner: OwnerCode(try row.text()), series: SeriesCode(try row.text()),
                    combinedCommodity: CombinedCommodityCode(try row.text()), deltaScalingFactor: try row.decimal(),
                    long: try row.int64(), short: try row.int64()))
        }
        try database.stream(.monitoredCalls, [.int64(run.id)]) { row in
            let (account, member) = (AccountCode(try row.text()), MemberCode(try row.text()))
            let currency = try row.currency("call_currency")
            house.add(
                AccountAmounts(
                    account: account, member: member, margin: try inBase(try row.decimal(), currency),
                    unpaid: try inBase(try row.decimal(), currency),
                    collateral: try inBase(try row.decimal(), currency)))
        }
        try database.stream(.monitoredRisks, [.int64(run.id)]) { row in
            let (account, commodity) = (AccountCode(try row.text()), CombinedCommodityCode(try row.text()))
            let currency = try row.currency("currency")
            house.add(risk: try inBase(try row.decimal(), currency), of: account, in: commodity)
        }
        for row in try database.rows(.monitoredShortfalls, [.int64(run.id)]) {
            let decimals = Int(try row.int16("minor_unit_decimals"))
            house.add(
                worstShortfall: ExactDecimal(minorUnits: try row.int64("shortfall"), decimals: decimals),
                of: try row.code("member"), fund: try row.decimal("fund"))
        }
        return house
    }

    /// The floors and caps that figures of the run touch, in order.
    package func touchedBounds() throws -> [FigureKey] {
        try database.rows(
            .monitoredBounds, [.int64(run.id), .int64(run.load), run.businessDate.value, run.cycle.value]
        ).map { FigureKey(.bound, try $0.text("subject"), try $0.choice("measure")) }
    }

    /// The figures of parameter rows that are others tonight than on a night before.
    package func parameterMoves(since night: EarlierNight) throws -> [ParameterMove] {
        try database.rows(
            .changedParameters,
            [
                .text(night.parameterSet.text), .int64(night.load), night.businessDate.value,
                .text(run.parameterSet.text), .int64(run.load), run.businessDate.value,
            ]
        ).map { row in
            ParameterMove(
                at: AlarmPlace(
                    table: try row.text("table_name"), rowKey: try row.text("row_key"),
                    column: try row.text("column_name")),
                combinedCommodity: try row.codeOrNull("combined_commodity"), before: try row.decimal("before_figure"),
                after: try row.decimal("after_figure"))
        }
    }
}

extension BinaryCopyRow {
    fileprivate mutating func currency(_ column: String) throws -> CurrencyCode {
        let text = try text()
        guard let code = CurrencyCode(text) else { throw UnreadableValue(column: column, value: text) }
        return code
    }
}
