import ClearingModel
import Postgres
import Quantities

/// A run as the ledger shows it.
package struct RunRow: Sendable {
    package let id: Int64
    package let number: Int32
    package let status: RunStatus
    package let parameterSet: ParameterSetCode?
    package let pinnedLoad: Int64?
    /// The run whose results stand where this one found nothing changed.
    package let base: Int64?
    /// Whether `margin publish` alone publishes it, because `margin rerun` made it.
    package let awaitsReview: Bool
}

/// The version of one input table: the last load that touched it in the scope of a date and parameter set.
package struct InputVersion: Hashable, Sendable {
    package let table: String
    package let version: Int64
    package let rows: Int64

    package init(table: String, version: Int64, rows: Int64) {
        self.table = table
        self.version = version
        self.rows = rows
    }
}

/// A stage of a run that is done.
package struct SucceededExecution: Sendable {
    package let stage: Stage
    package let fingerprint: [UInt8]
    package let rows: Int64
    /// Wall-clock time it took, in seconds.
    package let seconds: Double
    package let numbersVersion: Int32
    /// Whether the results of the base's execution stand, because it had the same inputs.
    package let isReused: Bool
}

/// Runs, executions and pinned inputs: the rows everything else is keyed by. Each call is one statement.
package struct RunLedger {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The newest run of a date and cycle that is not void.
    package func latestRun(_ date: BusinessDate, cycle: Cycle) throws -> RunRow? {
        try connection.optional(.latestRun, [date.value, cycle.value]).map(run)
    }

    /// The newest run of a date and cycle, void or not.
    package func newestRun(_ date: BusinessDate, cycle: Cycle) throws -> RunRow? {
        try connection.optional(.newestRun, [date.value, cycle.value]).map(run)
    }

    /// One run by its number.
    package func run(_ date: BusinessDate, cycle: Cycle, number: Int32) throws -> RunRow? {
        try connection.optional(.runByNumber, [date.value, cycle.value, .int32(number)]).map(run)
    }

    /// The run readers see.
    package func publishedRun(_ date: BusinessDate, cycle: Cycle) throws -> RunRow? {
        try connection.optional(.publishedRun, [date.value, cycle.value]).map(run)
    }

    /// The newest run with results, published or not: what the next one may refer to.
    package func baseRun(_ date: BusinessDate, cycle: Cycle) throws -> RunRow? {
        try connection.optional(.baseRun, [date.value, cycle.value]).map(run)
    }

    /// One run by its id.
    package func run(_ id: Int64) throws -> RunRow? { try connection.optional(.runOfId, [.int64(id)]).map(run) }

    /// Makes the partitions that the next runs' results fall into. In a transaction of its own, before the one that
    /// opens a run: that one holds what this has to lock.
    package func makeRoomForRuns() throws { _ = try connection.one(.makeRoomForRuns) }

    /// Opens a run and returns its id and number; `makeRoomForRuns` comes before.
    package func openRun(
        _ date: BusinessDate, cycle: Cycle, reason: String, base: Int64?, awaitsReview: Bool
    ) throws -> (id: Int64, number: Int32) {
        let row = try connection.one(
            .insertRun,
            [
                date.value, cycle.value, .text(reason), .orNull(base) { .int64($0) }, .bool(awaitsReview),
            ])
        return (try row.int64("run_id"), try row.int32("run_number"))
    }

    /// Keeps a further reason of a run beside those it has; an empty one, or one it has, is not kept again.
    package func keep(reason: String, of run: Int64) throws {
        if reason.isEmpty { return }
        try connection.execute(.insertRunReason, [.int64(run), .text(reason)])
    }

    /// Leaves a run to `margin publish`.
    package func awaitReview(of run: Int64) throws { try connection.execute(.awaitReview, [.int64(run)]) }

    /// When a run was superseded, as `2018-12-31T19:30:00Z`; nil where it was not.
    package func supersededAt(run: Int64) throws -> String? {
        try connection.one(.supersededAt, [.int64(run)]).textOrNull("superseded_at")
    }

    /// Fixes the inputs and the parameter set a run computes with.
    package func pin(run: Int64, load: Int64, parameterSet: ParameterSetCode) throws {
        try connection.execute(.pinRun, [.int64(run), .int64(load), .text(parameterSet.text)])
    }

    /// Gives up a run that was never published.
    package func void(run: Int64) throws { try connection.execute(.voidRun, [.int64(run)]) }

    /// Marks a run as computed and reported; readers see it once it is published.
    package func complete(run: Int64) throws { try connection.execute(.completeRun, [.int64(run)]) }

    /// Moves the published pointer in one transaction, intraday beside those published before; false, with nothing
    /// moved, if the run was not complete.
    /// - Throws: `AnotherPersonPublishes` where the house wants another person than the session's.
    package func publish(run: Int64, _ date: BusinessDate, cycle: Cycle) throws -> Bool {
        struct NotComplete: Error {}
        do {
            try connection.transaction {
                try connection.execute(.supersedePublishedRun, [date.value, cycle.value])
                if try connection.execute(.publishRun, [.int64(run)]) != 1 { throw NotComplete() }
            }
            return true
        } catch is NotComplete {
            return false
        } catch let error as PostgresError where error.constraint == "another_person_publishes" {
            throw AnotherPersonPublishes(description: error.message)
        }
    }

    /// The last load committed. Waits for a load that is under way, so that what it returns never changes its meaning.
    package func lastLoad() throws -> Int64 {
        _ = try connection.one(.waitForLoads)
        return try connection.one(.lastLoad).int64("load_id")
    }

    /// The approved parameter set in force on a date, as seen at `pin`.
    package func parameterSet(inForceOn date: BusinessDate, pin: Int64) throws -> ParameterSetCode? {
        try connection.optional(.parameterSetInForce, [.int64(pin), date.value]).map { try $0.code("parameter_set") }
    }

    /// The sets that are not in force on a date as seen at `pin`, and why, in words: at most five.
    package func parameterSets(notInForceOn date: BusinessDate, pin: Int64) throws -> [String] {
        try connection.rows(.parameterSetsKnown, [.int64(pin), date.value]).map { try $0.text("description") }
    }

    /// The versions that a date, cycle and parameter set would use at `pin`. An intraday `run` is beside those it nets:
    /// that it is published itself changes nothing for it.
    package func inputVersions(
        pin: Int64, _ date: BusinessDate, cycle: Cycle, previous: BusinessDate?, parameterSet: ParameterSetCode,
        for run: Int64?
    ) throws -> [InputVersion] {
        let parameters: [Value] = [
            .int64(pin), date.value, .orNull(previous) { $0.value }, .text(parameterSet.text), cycle.value,
            .orNull(run) { .int64($0) },
        ]
        return try connection.rows(.inputVersions, parameters).map(inputVersion)
    }

    /// The versions a run has pinned.
    package func pinnedInputs(of run: Int64) throws -> [InputVersion] {
        try connection.rows(.runInputs, [.int64(run)]).map(inputVersion)
    }

    /// Records the version of one input that a run has pinned.
    package func record(_ input: InputVersion, for run: Int64) throws {
        try connection.execute(
            .insertRunInput, [.int64(run), .text(input.table), .int64(input.version), .int64(input.rows)])
    }

    /// Begins an execution and returns its id.
    package func begin(run: Int64, stage: Stage, numbersVersion: Int32, buildVersion: String) throws -> Int64 {
        try connection.one(
            .insertExecution, [.int64(run), stage.value, .int32(numbersVersion), .text(buildVersion)]
        ).int64("execution_id")
    }

    /// Ends an execution well, in the transaction that holds its rows.
    package func succeed(execution: Int64, fingerprint: [UInt8], rows: Int64) throws {
        try connection.execute(.succeedExecution, [.int64(execution), .bytea(fingerprint), .int64(rows)])
    }

    /// Ends an execution that stopped; of the error one line of 200 characters is kept.
    package func fail(execution: Int64, error: String) throws {
        try connection.execute(.failExecution, [.int64(execution), .text(error)])
    }

    /// Marks what a killed process left running, and names it. The caller holds the lock that proves it dead.
    package func abandonExecutions(
        _ date: BusinessDate, cycle: Cycle
    ) throws -> [(run: Int32, stage: Stage, execution: Int64)] {
        try connection.rows(.abandonExecutions, [date.value, cycle.value]).map { row in
            (try row.int32("run_number"), try row.choice("stage"), try row.int64("execution_id"))
        }
    }

    /// The stages of a run that are done, in the order they were.
    package func succeeded(run: Int64) throws -> [SucceededExecution] {
        try connection.rows(.succeededExecutions, [.int64(run)]).map { row in
            SucceededExecution(
                stage: try row.choice("stage"), fingerprint: try row.bytes("fingerprint"),
                rows: try row.int64OrNull("row_count") ?? 0,
                seconds: Double(try row.timestamp("ended_at") - row.timestamp("started_at")) / 1e6,
                numbersVersion: try row.int32("numbers_version"), isReused: try row.bool("is_reused"))
        }
    }

    /// Lets a stage's results of `base` stand for a run.
    package func reuse(stage: Stage, of base: Int64, run: Int64) throws {
        try connection.execute(.reuseExecution, [.int64(run), stage.value, .int64(base)])
        try connection.execute(.insertResultSource, [.int64(run), stage.value, .bool(false), .int64(base)])
    }

    /// The series that have expired before a date and are still in its book, as a run pinned at a load sees them.
    package func unsettledSeries(
        _ date: BusinessDate, cycle: Cycle, pinnedAt pin: Int64
    ) throws -> Set<SeriesCode> {
        Set(
            try connection.rows(.loadUnsettledSeries, [.int64(pin), date.value, cycle.value]).map {
                try $0.code("series")
            })
    }

    /// Wall-clock seconds a stage took when it last computed everything, and the median of the last five times when it
    /// computed what changes had moved; nil where it never did.
    package func seconds(of stage: Stage, cycle: Cycle) throws -> (whole: Double?, partial: Double?) {
        let row = try connection.one(.stageSeconds, [stage.value, cycle.value])
        return (try row.doubleOrNull("whole_seconds"), try row.doubleOrNull("partial_seconds"))
    }

    private func run(_ row: Row) throws -> RunRow {
        RunRow(
            id: try row.int64("run_id"), number: try row.int32("run_number"), status: try row.choice("status"),
            parameterSet: try row.codeOrNull("parameter_set"),
            pinnedLoad: try row.int64OrNull("pinned_load_id"), base: try row.int64OrNull("base_run_id"),
            awaitsReview: try row.bool("awaits_review"))
    }

    private func inputVersion(_ row: Row) throws -> InputVersion {
        InputVersion(
            table: try row.text("table_name"), version: try row.int64("version"), rows: try row.int64("row_count"))
    }
}

extension BusinessDate {
    /// The date as a bound parameter.
    package var value: Value { .date(daysSince2000: dayNumber) }
}
