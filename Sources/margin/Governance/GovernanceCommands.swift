import ArgumentParser
import Commands
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin corrections`: what was corrected for a business date.
struct CorrectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrections", abstract: "List the corrections and overrides of a business date.",
        discussion: """
            Each with its cells before and after, until when, who, when, why, what it touches and who approved it: \
            those of the date's rows, of tables without date, and the overrides valid on the date.
            """)

    @Option(help: "The business date.")
    var businessDate: BusinessDate

    @Flag(help: "Only those that another person must still approve.")
    var waiting = false

    @Flag(help: "Print one JSON array.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            let found = try CorrectionStore(database).corrections(of: businessDate).map {
                try ShownCorrection.load($0, on: businessDate, from: database)
            }.filter { !waiting || $0.state == "to be approved" }
            if json { return print(try JSONText.line(found)) }
            print("business date \(businessDate)")
            if found.isEmpty { return print("no correction") }
            print(found.flatMap(\.lines).joined(separator: "\n").printable)
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
                let database = try await Session.start().connect()
                try SchemaInstaller(database).requireCurrent()
                let rules = try ParameterGovernance(database).rules()
                if json { return print(try JSONText.line(rules)) }
                for rule in rules {
                    let why = rule.reason.map { ", by \(rule.changedBy ?? ""): \($0)" } ?? ""
                    print("\(rule.rule): \(rule.isRequired ? "required" : "not required")\(why)".printable)
                }
            }
        }
    }

    struct Change: ParsableArguments {
        @Argument(help: "correction_approval, waiver_approval, parameter_set_approval or second_person_publishes.")
        var rule: String

        @Option(help: "Why.")
        var reason: String

        func change(isRequired: Bool) async throws {
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            try ParameterSetApprovals(database).change(rule: rule, isRequired: isRequired, reason: reason)
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
            let database = try await Session.start().connect()
            try SchemaInstaller(database).requireCurrent()
            let rows = try RejectedRowStore(database).latest(last, table: table)
            if json { return print(try JSONText.line(rows)) }
            if rows.isEmpty { print("nothing was refused") }
            var rejection: Int64?
            for row in rows {
                if row.rejection != rejection {
                    print("\(row.rejectedAt) \(row.table), \(row.source), by \(row.rejectedBy)".printable)
                }
                rejection = row.rejection
                let line = row.line.map { "line \($0), " } ?? ""
                let cell = row.column.isEmpty ? "" : "\(row.column) “\(row.value.onOneLine)”: "
                print("  \(line)\(cell)\(row.message) [\(row.reason)]".printable)
            }
        }
    }
}
