import ClearingModel
import EndOfDay
import Foundation
import Quantities
import Runtime
import Storage

/// The process that runs cases.
enum ProcessIdentity {
    static var number: Int32 { ProcessInfo.processInfo.processIdentifier }
}

/// Every stage of one business date and the publication, in this process, with reports in a folder that is removed.
struct CaseRun {
    let database: Database
    let businessDate: BusinessDate

    func run() async throws {
        let reports = FileManager.default.temporaryDirectory
            .appendingPathComponent("margin-case-\(ProcessIdentity.number)-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: reports) }
        let settings = RunSettings(
            threads: 1, reportsFolder: reports, reason: "case", log: EventLog(quiet: true, silent: true))
        let runner = try StageRunner(database, businessDate: businessDate, cycle: .endOfDay, settings: settings)
        // The next case may be of the same date.
        defer { try? runner.unlock() }
        _ = try await runner.runEveryStage { _ in }
    }
}
