import ArgumentParser
import Commands
import Operations
import Runtime
import Storage
import TextFiles

/// `margin approve`: what another person has asked for, shown before it is approved.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve what another person has corrected or waived.",
        discussion: "Shows it first; --dry-run does only that.", subcommands: [Correction.self, Waiver.self])

    /// What every approval takes.
    struct Options: ParsableArguments {
        @Option(help: "Why it is right.")
        var reason: String?

        @Flag(help: "Only show what would be approved.")
        var dryRun = false

        @Flag(help: "Print one JSON object.")
        var json = false

        @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
        var person: String?

        func validate() throws {
            if reason == nil, !dryRun { throw ValidationError("--reason says why it is right; or --dry-run to look") }
        }

        /// A database of the person's own, to a schema of this program.
        func connect() async throws -> Database {
            let database = try await Session.start().connect(as: person)
            try SchemaInstaller(database).requireCurrent()
            return database
        }
    }

    struct Correction: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a correction or override, so that runs with it may be published.",
            discussion: """
                Shows each cell before and after, until when, who, when, why and what it touches, and approves it. The \
                database refuses the approval of who corrected. margin corrections lists what waits.
                """)

        @Argument(help: "The correction's number.")
        var number: Int64

        @OptionGroup var options: Options

        func run() async throws {
            try await reportingFailures {
                let database = try await options.connect()
                var shown = try ShownCorrection.load(number, from: database)
                if !options.json { say(shown.lines.joined(separator: "\n").printable) }
                if !options.dryRun {
                    _ = try ParameterSetApprovals(database).approve(correction: number, reason: options.reason ?? "")
                    shown = try ShownCorrection.load(number, from: database)
                }
                if options.json { return print(try JSONText.line(shown)) }
                print(
                    options.dryRun
                        ? "dry run: nothing is approved"
                        : "correction \(number) is approved by \(shown.approvedBy ?? "")".printable)
            }
        }
    }

    struct Waiver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a waiver, so that runs that need it may be published.",
            discussion: "The database refuses the approval of who brought it. margin waive prints its number.")

        @Argument(help: "The waiver's number.")
        var number: Int64

        @OptionGroup var options: Options

        func run() async throws {
            try await reportingFailures {
                let database = try await options.connect()
                var shown = try FindingWaivers(database).shown(number)
                if !options.json { say(shown.lines.joined(separator: "\n").printable) }
                if !options.dryRun {
                    _ = try ParameterSetApprovals(database).approve(waiver: number, reason: options.reason ?? "")
                    shown = try FindingWaivers(database).shown(number)
                }
                if options.json { return print(try JSONText.line(shown)) }
                print(
                    options.dryRun
                        ? "dry run: nothing is approved"
                        : "waiver \(number) is approved by \(shown.approvedBy ?? "")".printable)
            }
        }
    }
}
