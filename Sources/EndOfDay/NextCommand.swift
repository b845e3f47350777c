import Postgres
import Quantities
import Storage

/// A command that comes next, for the `hint:` and `next:` lines: as it is printed it can be pasted.
package enum NextCommand: String, Sendable {
    case run, rerun, publish, plan, diff, show, verify, explain, status

    /// Whether the command is about one cycle; `margin status` shows all of them.
    package var takesCycle: Bool { self != .status }

    /// `margin rerun --business-date 2018-12-31 --cycle ITD --reason R`; the cycle stands where it is not the default.
    package func line(_ date: BusinessDate, _ cycle: Cycle, _ options: String...) -> String {
        (["margin \(rawValue)", takesCycle ? cycle.options(on: date) : Cycle.endOfDay.options(on: date)] + options)
            .joined(separator: " ")
    }
}

extension NextCommand {
    /// `margin publish --business-date 2018-12-31 --run 2`; with `--as NAME` where another person must give it than
    /// who computed the run, and the session is who did.
    static func publication(
        of number: Int32, _ date: BusinessDate, _ cycle: Cycle, from connection: Connection
    ) throws -> String {
        let another = try connection.one(
            .publishedByAnother, [date.value, .text(cycle.rawValue), .int32(number)]
        ).bool(0)
        return publish.line(date, cycle, "--run \(number)") + (another ? " --as NAME" : "")
    }
}

extension Stage {
    /// The stage's own program for a date and cycle: `margin-ingest --business-date 2018-12-31`.
    func line(_ date: BusinessDate, _ cycle: Cycle) -> String {
        "\(executable) \(cycle.options(on: date))"
    }
}

extension RunContext {
    /// The command for the run's date and cycle.
    package func line(_ command: NextCommand, _ options: String...) -> String {
        ([command.line(businessDate, cycle)] + options).joined(separator: " ")
    }
}

extension StageRunner {
    /// The command for the runner's date and cycle.
    func line(_ command: NextCommand, _ options: String...) -> String {
        ([command.line(businessDate, cycle)] + options).joined(separator: " ")
    }
}
