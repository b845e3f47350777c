import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Operations
import Quantities
import Runtime
import TextFiles

/// `margin rerun`: a new run of corrected inputs, for somebody to look at before it is published.
struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Compute a new run of the current inputs and leave it unpublished.",
        discussion: """
            Only what changed inputs can move is computed; for the rest the published run's results stand. The default
            runs every stale stage; --from names the first and checks that those before it stand. Killed half-way, the
            same command goes on. margin publish alone publishes what it made.
            """)

    @OptionGroup var options: StageOptions

    @Option(help: "The first stage to run, with all below it. Ingest always runs: it pins the inputs.")
    var from: Stage?

    @Flag(help: "Stop after the stage of --from, and say what it leaves stale.")
    var only = false

    @Flag(help: "Compute everything, referring to no other run.")
    var whole = false

    @Option(help: "Why the run is made; kept in the ledger.")
    var reason: String

    func validate() throws {
        if only, from == nil { throw ValidationError("--only needs --from: which stage alone?") }
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say something") }
    }

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(quiet: options.quiet).connect()
            if options.speaks { print("business date \(options.date), cycle \(options.cycle)") }
            let runner = try StageRunner(
                database, businessDate: options.date, cycle: options.cycle, settings: options.settings(reason: reason)
            )
            defer { try? runner.unlock() }
            let request = RerunRequest(from: from, isOnly: only, isWhole: whole)
            var stages: [StageOutcome] = []
            let outcome = try await options.measuring(database) {
                try await runner.rerun(request) { outcome in
                    stages.append(outcome)
                    if options.speaks { print(outcome.line) }
                }
            }
            if options.json {
                let leftStale = outcome?.leftStale.map(\.rawValue) ?? []
                let status = outcome.map { _ in leftStale.isEmpty ? RunStatus.complete : .building }
                let document = RunDocument(options, outcome?.context, status: status, stages, leftStale: leftStale)
                say(try JSONText.document(document))
            }
            guard options.speaks else { return }
            for line in try outcome.map({ try EndedOverrides.found(by: $0.context, from: database) }) ?? [] {
                print("look: \(line)")
            }
            guard let outcome else {
                let waiting = try runner.linesToPublish()
                let lines = waiting.isEmpty ? ["nothing is stale, nothing to do"] : ["nothing is stale"] + waiting
                return print(lines.joined(separator: "\n"))
            }
            let date = options.cycle.options(on: options.date)
            if let next = outcome.leftStale.first {
                print("left stale: \(outcome.leftStale.map(\.rawValue).joined(separator: ", "))")
                print("next: margin rerun \(date) --from \(next.rawValue) --reason R")
            } else if let moved = outcome.moved.first {
                print("\(outcome.context.title) is complete and stale already: \(moved)")
                print("next: margin rerun \(date) --reason R")
            } else {
                print("\(outcome.context.title) is complete and not published")
                let number = outcome.context.number
                if let base = outcome.context.base {
                    print("next: \(options.line(.diff, "--runs \(base.number),\(number)"))")
                }
                print("then: \(options.line(.publish, "--run \(number)"))")
            }
        }
    }
}

extension Stage: ExpressibleByArgument {}
