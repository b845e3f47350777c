import ClearingModel
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

extension Cycle {
    /// What names a date and this cycle on a command line.
    package func options(on date: BusinessDate) -> String {
        "--business-date \(date)" + (self == .endOfDay ? "" : " --cycle \(rawValue)")
    }

    /// The command that computes a date: it publishes too, unless somebody is to look at it first.
    package func start(on date: BusinessDate, forReview: Bool) -> String {
        forReview ? "margin rerun \(options(on: date)) --reason R" : "margin run \(options(on: date))"
    }
}

extension NextCommand {
    /// `margin publish --business-date 2018-12-31 --run 2`; with `--as NAME` where another person must give it than
    /// who computed the run, and the session is who did.
    package static func publication(
        of number: Int32, _ date: BusinessDate, _ cycle: Cycle, from database: Database
    ) throws -> String {
        let another = try RunLedger(database).wantsAnotherPerson(toPublish: number, date, cycle: cycle)
        return publish.line(date, cycle, "--run \(number)") + (another ? " --as NAME" : "")
    }
}

extension Stage {
    /// The stage's own program for a date and cycle: `margin-ingest --business-date 2018-12-31`.
    package func line(_ date: BusinessDate, _ cycle: Cycle) -> String {
        "\(executable) \(cycle.options(on: date))"
    }
}
