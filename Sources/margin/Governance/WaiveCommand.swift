import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Glibc
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin waive`: lets a finding pass that is right as it is.
struct WaiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Let a finding pass that is right as it is: you answer for it by your login.",
        discussion: """
            margin waive slipped_price 'NG-2019-02, settlement' --business-date 2018-12-31 --reason "asked the exchange"

            A blocked night prints this line for each finding, margin findings too. It is for the value that the \
            newest run of the date and cycle found: if that changes, the finding blocks again. The reason and the \
            login stand in \
            the report findings. Where the house demands waiver_approval, another person approves it before a run with \
            it is published.
            """)

    @Argument(help: "The rule, as the finding has it.")
    var rule: String

    @Argument(help: "The row's key, as the finding has it.")
    var key: String

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Option(help: "EOD or ITD: a waiver of one says nothing of the other.")
    var cycle: Cycle = .endOfDay

    @Option(help: "Why the row is right as it is; shown in the reports.")
    var reason: String

    @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
    var person: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect(as: person)
            try SchemaInstaller(database).requireCurrent()
            let waived = try FindingWaivers(database).waive(
                businessDate, cycle, rule: rule, rowKey: key, reason: reason)
            if json { return print(try JSONText.line(waived)) }
            print("business date \(businessDate)")
            for finding in waived.findings { print(finding.text.printable) }
            let who = waived.waivers.first?.waivedBy ?? ""
            print("waiver \(waived.waiver), by \(who): \(reason)".printable)
            if waived.needsApproval {
                print("published once another person approves: margin approve waiver \(waived.waiver) --reason R")
            }
            for command in waived.next { print("next: \(command)") }
        }
    }
}

/// `margin findings`: what the data gates found in a run.
struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "List what the data gates found in a run, one that they stopped too.",
        discussion: "What blocks comes first, with the command that waives it where it may be waived.")

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Option(help: "EOD or ITD.")
    var cycle: Cycle = .endOfDay

    @Option(help: "The run's number; the newest, published or not, if left out.")
    var run: Int32?

    @Flag(help: "Print one JSON document.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            let found = try RunFindings.load(businessDate, cycle, number: run, from: database)
            let lines = found.lines.folded(to: ReaderWidth.columns(STDOUT_FILENO))
            print(json ? try JSONText.document(found) : lines.joined(separator: "\n").printable)
        }
    }
}
