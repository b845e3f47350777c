import ClearingModel
import Postgres
import Quantities

/// A run with its executions, findings and calls, as they are shown; every amount and time is a text.
package struct RunOverview: Sendable, Encodable {
    /// One attempt at a stage.
    package struct Execution: Sendable, Encodable {
        package let execution: Int64
        package let stage: Stage
        package let status: ExecutionStatus
        package let rows: Int64?
        package let error: String?
        /// UTC, as `2018-12-31T18:30:00Z`.
        package let startedAt: String
        /// So far, where it is still running; three decimals.
        package let seconds: String
    }

    /// The findings of one rule.
    package struct Findings: Sendable, Encodable {
        package let rule: String
        /// block or flag.
        package let severity: String
        package let findings: Int64
        package let waived: Int64
    }

    /// What was called in one currency; amounts with the currency's decimals.
    package struct Calls: Sendable, Encodable {
        package let currency: String
        package let marginRequired: String
        package let collateral: String
        package let called: String
        package let accountsCalled: Int64
        package let accounts: Int64
        /// Accounts whose class has no `call_rule` row: nothing is called from them, whatever they lack.
        package let accountsWithoutCallRule: Int64
    }

    package let id: Int64
    package let cycle: Cycle
    package let run: Int32
    package let status: RunStatus
    package let parameterSet: String?
    package let inputsUpToLoad: Int64?
    /// Every reason that was given, joined by semicolon and space; empty where there was none.
    package let reason: String
    package let createdBy: String
    package let createdAt: String
    package let publishedAt: String?
    package let publishedBy: String?
    /// Seconds since 1970.
    package let publishedEpoch: Int64?
    /// Whether `margin publish` alone publishes it, because `margin rerun` made it.
    package let awaitsReview: Bool
    /// When a newer run was published instead, as `2018-12-31T18:30:00Z`.
    package let supersededAt: String?
    package let executions: [Execution]
    package let findings: [Findings]
    package let calls: [Calls]

    private enum CodingKeys: CodingKey {
        case cycle, run, status, parameterSet, inputsUpToLoad, reason, createdBy, createdAt, publishedAt, publishedBy
        case awaitsReview, supersededAt, executions, findings, calls
    }

    /// Every run of a date, by cycle and number.
    package static func all(of date: BusinessDate, from connection: Connection) throws -> [RunOverview] {
        try connection.rows(.statusRuns, [date.value]).map { row in
            let run = try row.int64(0)
            return RunOverview(
                id: run, cycle: try row.choice(1), run: try row.int32(2), status: try row.choice(3),
                parameterSet: try row.textOrNull(4), inputsUpToLoad: try row.int64OrNull(5), reason: try row.text(6),
                createdBy: try row.text(7), createdAt: try row.text(8), publishedAt: try row.textOrNull(9),
                publishedBy: try row.textOrNull(10), publishedEpoch: try row.int64OrNull(11),
                awaitsReview: try row.bool(12), supersededAt: try row.textOrNull(13),
                executions: try connection.rows(.statusExecutions, [.int64(run)]).map(execution),
                findings: try connection.rows(.statusFindings, [.int64(run)]).map { row in
                    Findings(
                        rule: try row.text(0), severity: try row.text(1), findings: try row.int64(2),
                        waived: try row.int64(3))
                },
                calls: try calls(of: run, from: connection))
        }
    }

    /// The calls of a run by call currency.
    package static func calls(of run: Int64, from connection: Connection) throws -> [Calls] {
        try connection.rows(.nightSummary, [.int64(run)]).map { row in
            let decimals = Int(try row.int16(1))
            func amount(_ column: Int) throws -> String {
                let number = try row.numeric(column)
                return ExactDecimal(mantissa: number.unscaled, scale: number.scale).text(decimals: decimals)
            }
            return Calls(
                currency: try row.text(0), marginRequired: try amount(2), collateral: try amount(3),
                called: try amount(4), accountsCalled: try row.int64(5), accounts: try row.int64(6),
                accountsWithoutCallRule: try row.int64(7))
        }
    }

    private static func execution(_ row: Row) throws -> Execution {
        let seconds = try row.numeric(6)
        return Execution(
            execution: try row.int64(0), stage: try row.choice(1), status: try row.choice(2),
            rows: try row.int64OrNull(3),
            error: try row.textOrNull(4), startedAt: try row.text(5),
            seconds: ExactDecimal(mantissa: seconds.unscaled, scale: seconds.scale).text(decimals: 3))
    }
}

extension RunLedger {
    /// How many sessions hold an advisory lock of this database.
    package func lockHolders(_ key: Int64) throws -> Int64 {
        try connection.one(.statusLockHolders, [.int64(key)]).int64(0)
    }

    /// The last load committed, without waiting for one that is under way: for looking, not for pinning.
    package func lastLoadSeen() throws -> Int64 { try connection.one(.lastLoad).int64(0) }
}
