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

    @OptionGroup var date: BusinessDateOption

    @Option(help: "EOD or ITD: a waiver of one says nothing of the other.")
    var cycle: Cycle = .endOfDay

    @Option(help: "Why the row is right as it is; shown in the reports.")
    var reason: String

    @OptionGroup var login: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open(as: login.person)
            let waived = try FindingWaivers(database).waive(
                date.businessDate, cycle, rule: rule, rowKey: key, reason: reason)
            if output.json { return print(try JSONText.line(waived)) }
            print("business date \(date.businessDate)")
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
