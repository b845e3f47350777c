import EndOfDay
import Runtime
import ClearingModel
import Quantities
import Storage

/// Whether readers of the reports folder see what is published.
extension Doctor {
    /// Looks at the links of a date, or of the newest published one of each cycle.
    mutating func checkLinks(_ date: BusinessDate?, _ reports: String, _ database: Database) throws {
        let nights = try NewestRuns.byCycle(from: database)
        for cycle in Cycle.allCases {
            guard let date = date ?? nights[cycle.rawValue]?.published,
                let run = try RunLedger(database).publishedRun(date, cycle: cycle)
            else { continue }
            let check = "current of \(date) \(cycle)"
            if let fault = CurrentLink.fault(date, cycle, run: run.number, reports: reports) {
                fails(
                    check, "\(fault), and run \(run.number) is published",
                    NextCommand.publish.line(date, cycle, "--run \(run.number)"))
            } else {
                ok(check, "run \(run.number)")
            }
        }
    }
}
