import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Foundation
import Quantities
import Storage

/// `margin approve`: what another person has asked for.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve what another person has corrected.", subcommands: [Correction.self])

    struct Correction: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a correction or override, so that runs with it may be published.",
            discussion: "The database refuses the approval of who corrected. margin corrections lists what waits.")

        @Argument(help: "The correction's number.")
        var number: Int64

        @Option(help: "Why it is right.")
        var reason: String

        @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
        var person: String?

        func run() async throws {
            try await reportingFailures {
                let connection = try await Session.start().connect(as: person)
                try SchemaInstaller(connection).requireCurrent()
                let approver = try GovernanceDesk(connection).approve(correction: number, reason: reason)
                print("correction \(number) is approved by \(approver)")
            }
        }
    }
}

/// `margin corrections`: what was corrected for a business date.
struct CorrectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrections", abstract: "List the corrections and overrides of a business date.")

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Flag(help: "Print one JSON array.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let connection = try await Session.start().connect()
            try SchemaInstaller(connection).requireCurrent()
            let found = try CorrectionStore(connection).corrections(of: businessDate)
            if json { return print(try JSONText.line(found)) }
            print("business date \(businessDate)")
            if found.isEmpty { print("no correction") }
            for line in found {
                let state = line.approvedBy.map { "approved by \($0)" } ?? line.state
                print(
                    "\(line.correction) \(line.table), \(counted(line.rows, "row")), by \(line.correctedBy), \(state): "
                        .printable + line.reason.printable)
            }
        }
    }
}

/// `margin governance`: which approvals the house demands.
struct GovernanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "governance", abstract: "Show or change which approvals the house demands.",
        subcommands: [Show.self, Require.self, Release.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the rules.")

        @Flag(help: "Print one JSON array.")
        var json = false

        func run() async throws {
            try await reportingFailures {
                let connection = try await Session.start().connect()
                try SchemaInstaller(connection).requireCurrent()
                let rules = try ParameterGovernance(connection).rules()
                if json { return print(try JSONText.line(rules)) }
                for rule in rules {
                    let why = rule.reason.map { ", by \(rule.changedBy ?? ""): \($0)" } ?? ""
                    print("\(rule.rule): \(rule.isRequired ? "required" : "not required")\(why)".printable)
                }
            }
        }
    }

    struct Change: ParsableArguments {
        @Argument(help: "correction_approval, parameter_set_approval or second_person_publishes.")
        var rule: String

        @Option(help: "Why.")
        var reason: String

        func change(isRequired: Bool) async throws {
            let connection = try await Session.start().connect()
            try SchemaInstaller(connection).requireCurrent()
            try GovernanceDesk(connection).change(rule: rule, isRequired: isRequired, reason: reason)
            print("\(rule) is \(isRequired ? "required" : "not required")")
        }
    }

    struct Require: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Demand an approval from here on.")
        @OptionGroup var change: Change
        func run() async throws { try await reportingFailures { try await change.change(isRequired: true) } }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Demand it no longer.")
        @OptionGroup var change: Change
        func run() async throws { try await reportingFailures { try await change.change(isRequired: false) } }
    }
}

/// `margin rejects`: what was wrong with refused files.
struct RejectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects", abstract: "List what was wrong with the files that were refused last.")

    @Argument(help: "Of this table alone.")
    var table: String?

    @Option(help: "How many refusals, the latest first.")
    var last: Int64 = 10

    @Flag(help: "Print one JSON array.")
    var json = false

    func validate() throws {
        if last < 1 { throw ValidationError("--last must be above 0") }
    }

    func run() async throws {
        try await reportingFailures {
            let connection = try await Session.start().connect()
            try SchemaInstaller(connection).requireCurrent()
            let rows = try RejectedRowStore(connection).latest(last, table: table)
            if json { return print(try JSONText.line(rows)) }
            if rows.isEmpty { print("nothing was refused") }
            var rejection: Int64?
            for row in rows {
                if row.rejection != rejection {
                    print("\(row.rejectedAt) \(row.table), \(row.source), by \(row.rejectedBy)".printable)
                }
                rejection = row.rejection
                let line = row.line.map { "line \($0), " } ?? ""
                print("  \(line)\(row.column) “\(row.value)”: \(row.message) [\(row.reason)]".printable)
            }
        }
    }
}
