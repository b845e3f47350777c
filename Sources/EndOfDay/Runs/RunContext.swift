import ClearingModel
import Quantities
import Runtime
import Storage

/// Which run a stage works for, and what it has pinned.
package struct RunContext: Sendable {
    package let run: Int64
    package let number: Int32
    package let businessDate: BusinessDate
    /// The business day before, if the calendar has one.
    package let previousBusinessDate: BusinessDate?
    package let cycle: Cycle
    /// Loads after this one do not exist for the run.
    package let pinnedLoad: Int64
    package let parameterSet: ParameterSetCode
    /// The run whose results stand for what this one does not compute; nil where it computes everything,
    /// and of a run that is only looked at.
    package let base: RunBase?
    /// Whether `margin rerun` made it, so that `margin publish` alone publishes it.
    package var awaitsReview = false
    /// The load up to which rows of the parameter set exist for the run; nil: `pinnedLoad`.
    package var parameterLoad: Int64?

    /// The run as the stores of a stage take it.
    package var pinned: PinnedRun {
        PinnedRun(
            id: run, number: number, businessDate: businessDate, previousBusinessDate: previousBusinessDate,
            cycle: cycle, load: pinnedLoad, parameterSet: parameterSet, parameterLoad: parameterLoad)
    }

    /// The parameter rows of the run, with the overrides it has pinned.
    package var parameters: PinnedParameterSet { pinned.parameters }

    /// `2018-12-31 EOD run 1`, as the operator reads it.
    package var title: String { "\(businessDate) \(cycle) run \(number)" }

    /// `--business-date 2018-12-31`, with the cycle where it is not the night's.
    package var options: String { cycle.options(on: businessDate) }

    /// The command that goes on with the date, as whatever made this run would.
    package var nextStart: String { cycle.start(on: businessDate, forReview: awaitsReview) }

    /// What a line of the log says of the run, and of the stage and its execution if there is one.
    package func logFields(_ stage: Stage? = nil, execution: Int64? = nil) -> [String: String] {
        var fields = ["business_date": "\(businessDate)", "cycle": cycle.rawValue, "run": "\(number)"]
        fields["stage"] = stage?.rawValue
        fields["execution"] = execution.map(String.init)
        return fields
    }
}

extension RunContext {
    /// A run by its number, or the published one.
    /// - Throws: `Failure` 66 if there is none, it has pinned nothing yet, or its results are archived.
    package static func find(
        _ date: BusinessDate, cycle: Cycle, number: Int32?, from database: Database
    ) throws -> RunContext {
        let ledger = RunLedger(database)
        let found =
            try number.map { try ledger.run(date, cycle: cycle, number: $0) }
            ?? ledger.publishedRun(date, cycle: cycle)
        guard let run = found, let pin = run.pinnedLoad, let set = run.parameterSet else {
            let which = number.map { "run \($0)" } ?? "published run"
            throw Failure(
                .inputMissing, "there is no \(which) of \(date) \(cycle)",
                hint: NextCommand.status.line(date, cycle))
        }
        try refuseArchived(date, as: .inputMissing, from: database)
        let calendar = try BusinessCalendar.load(pinnedAt: pin, from: database)
        return RunContext(
            run: run.id, number: run.number, businessDate: date, previousBusinessDate: calendar.previous(before: date),
            cycle: cycle, pinnedLoad: pin, parameterSet: set, base: nil, awaitsReview: run.awaitsReview)
    }

    /// Whether the run is complete, the newest of its date and cycle, and not published.
    package func awaitsPublication(on database: Database) throws -> Bool {
        let newest = try RunLedger(database).newestRun(businessDate, cycle: cycle)
        return newest?.id == run && newest?.status == .complete
    }

    /// - Throws: `Failure` with the code if the date is archived: 65 for who would change it, 66 for who reads it.
    package static func refuseArchived(_ date: BusinessDate, as code: ExitCode, from database: Database) throws {
        guard let archive = try ArchiveStore(database).archive(holding: date) else { return }
        throw Failure(
            code, "\(date) is archived in \(archive.folder)",
            hint: "margin archive --restore \(archive.folder)")
    }
}
