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
            let run = try row.int64("run_id")
            return RunOverview(
                id: run, cycle: try row.choice("cycle"), run: try row.int32("run_number"),
                status: try row.choice("status"),
                parameterSet: try row.textOrNull("parameter_set"),
                inputsUpToLoad: try row.int64OrNull("pinned_load_id"), reason: try row.text("reason"),
                createdBy: try row.text("created_by"), createdAt: try row.text("created_at"),
                publishedAt: try row.textOrNull("published_at"),
                publishedBy: try row.textOrNull("published_by"), publishedEpoch: try row.int64OrNull("published_epoch"),
                awaitsReview: try row.bool("awaits_review"), supersededAt: try row.textOrNull("superseded_at"),
                executions: try connection.rows(.statusExecutions, [.int64(run)]).map(execution),
                findings: try connection.rows(.statusFindings, [.int64(run)]).map { row in
                    Findings(
                        rule: try row.text("rule"), severity: try row.text("severity"),
                        findings: try row.int64("findings"),
                        waived: try row.int64("waived"))
                },
                calls: try calls(of: run, from: connection))
        }
    }

    /// The calls of a run by call currency.
    package static func calls(of run: Int64, from connection: Connection) throws -> [Calls] {
        try connection.rows(.runSummary, [.int64(run)]).map { row in
            let decimals = Int(try row.int16("decimals"))
            func amount(_ column: Row.Column) throws -> String {
                let number = try row.numeric(column)
                return ExactDecimal(mantissa: number.unscaled, scale: number.scale).text(decimals: decimals)
            }
            return Calls(
                currency: try row.text("call_currency"), marginRequired: try amount("required"),
                collateral: try amount("collateral"),
                called: try amount("called"), accountsCalled: try row.int64("accounts_called"),
                accounts: try row.int64("accounts"),
                accountsWithoutCallRule: try row.int64("accounts_without_call_rule"))
        }
    }

    private static func execution(_ row: Row) throws -> Execution {
        let seconds = try row.numeric("seconds")
        return Execution(
            execution: try row.int64("execution_id"), stage: try row.choice("stage"), status: try row.choice("status"),
            rows: try row.int64OrNull("row_count"),
            error: try row.textOrNull("error"), startedAt: try row.text("started_at"),
            seconds: ExactDecimal(mantissa: seconds.unscaled, scale: seconds.scale).text(decimals: 3))
    }
}

extension RunLedger {
    /// How many sessions hold an advisory lock of this database.
    package func lockHolders(_ key: Int64) throws -> Int64 {
        try connection.one(.statusLockHolders, [.int64(key)]).int64("holders")
    }

    /// The last load committed, without waiting for one that is under way: for looking, not for pinning.
    package func lastLoadSeen() throws -> Int64 { try connection.one(.lastLoad).int64("load_id") }
}
