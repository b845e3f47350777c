import ArgumentParser
import Commands
import Operations
import Quantities
import Runtime
import TextFiles

/// `margin doctor`: whether everything is there that a night needs.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check server, schema, role, disk, clock, schedule, calendar and inputs; one line each.",
        discussion: "Exit 0 if nothing fails, 1 if a check fails, 69 if no server answers, 78 if it is one that no "
            + "program goes on with.")

    @Option(help: "The business date whose calendar and inputs are checked; those are left out without it.")
    var businessDate: BusinessDate?

    @OptionGroup var folder: ReportsOption

    @Option(
        name: .customLong("schedule"),
        help: "A crontab or timer that starts the night; those of cron and systemd if left out. May be repeated.")
    var schedules: [String] = []

    @OptionGroup var output: OutputOptions

    /// The checks as one document.
    private struct Findings: Encodable {
        let businessDate: String?
        let checks: [Doctor.Check]
        let hasFailed: Bool
    }

    func run() async throws {
        try await reportingFailures {
            var doctor = Doctor()
            let database = await doctor.connect()
            if let database {
                try doctor.examine(database, date: businessDate, reports: folder.reports, schedules: schedules)
            }
            if output.json {
                let date = businessDate.map { "\($0)" }
                print(
                    try JSONText.document(
                        Findings(businessDate: date, checks: doctor.checks, hasFailed: doctor.hasFailed)))
            } else {
                print(doctor.checks.map(\.line).joined(separator: "\n").printable)
            }
            if let refusal = doctor.refusal { throw ArgumentParser.ExitCode(refusal.rawValue) }
            if doctor.hasFailed { throw ArgumentParser.ExitCode(Runtime.ExitCode.difference.rawValue) }
        }
    }
}
