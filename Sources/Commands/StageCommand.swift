import ArgumentParser
import ClearingModel
import EndOfDay
import Foundation
import Operations
import Runtime
import Storage
import TextFiles

/// A stage as a program of its own: it prints the business date, does its one step and says what came of it.
package protocol StageCommand: AsyncParsableCommand {
    static var stage: Stage { get }
    var options: StageOptions { get }
}

extension StageCommand {
    /// The entry of a stage's program.
    package static func main() async { await Program.main(Self.self) }

    package func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(quiet: options.quiet).connect()
            let runner = try StageRunner(
                database, businessDate: options.date, cycle: options.cycle, settings: options.settings())
            defer { try? runner.unlock() }
            let outcome = try await options.measuring(database) { try await runner.run(Self.stage) }
            if options.speaks { say(outcome.line) }
            if options.json {
                let status = try StageRunner.status(of: outcome.context, database)
                say(try JSONText.document(RunDocument(options, outcome.context, status: status, [outcome])))
            }
        }
    }
}

/// Prints a line at once, also where nobody sees it at once: a pipe's reader that has gone is noticed here.
package func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// What a command throws whose failure stands in a document of its own: the failure goes to standard error, the
/// document to standard output.
package func endingWith(_ failure: Failure, document: String) -> ArgumentParser.ExitCode {
    writeToStandardError("\(failure)\n".printable)
    say(document)
    return ArgumentParser.ExitCode(failure.exitCode.rawValue)
}

/// Runs a command's body; a failure is printed on standard error with its hint and becomes the exit code.
///
/// A command that shows the settings runs with wrong ones too; every other one ends with 78 first.
package func reportingFailures(
    checkingSettings: Bool = true, _ body: () async throws -> Void
) async throws {
    do {
        StopSignals.watch()
        if checkingSettings { try Settings.current.check() }
        try await body()
        StopSignals.endIfReceived()
    } catch let code as ArgumentParser.ExitCode {
        StopSignals.endIfReceived()
        throw code
    } catch {
        if let signal = StopSignals.received {
            let hint = "the same command again goes on from here"
            writeToStandardError("error: stopped by \(signal.name)\nhint: \(hint)\n")
            FailureDocument(
                FailureDocument.Fault(
                    name: "stopped", exitCode: 128 + signal.number, message: "stopped by \(signal.name)", hint: hint),
                Failure(error).location
            ).printIfWanted()
        }
        StopSignals.endIfReceived()
        let failure = Failure(error).mappingHint(Invocation.current.carrying)
        writeToStandardError("\(failure)\n".folded(to: ReaderWidth.columns(STDERR_FILENO)).printable)
        FailureDocument(failure).printIfWanted()
        throw ArgumentParser.ExitCode(failure.exitCode.rawValue)
    }
}

extension StageOutcome {
    /// `2018-12-31 EOD run 1: offsets done, 1234 rows in 0.5 s, 80 MB`, or that it was complete.
    package var line: String {
        if wasComplete { return "\(context.title): \(stage) is already complete, nothing to do" }
        if scope == .reused { return "\(context.title): \(stage) stands as it is: its inputs are unchanged" }
        let duration = String(format: "%.1f", seconds)
        return "\(context.title): \(stage) done, \(plural(rows, stage.definition.product)) in \(duration) s, "
            + "\(peakMegabytes) MB"
    }
}

extension StageOptions {
    /// Runs `body` and writes the metrics file, if one is wanted, whether it ended well or not.
    ///
    /// A file that cannot be written is a warning beside a failure, and a failure of its own after a success.
    package func measuring<T>(_ database: Database, _ body: () async throws -> T) async throws -> T {
        guard !metrics.isEmpty else { return try await body() }
        let outcome: Result<T, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        return try measured(outcome, database)
    }

    private func measured<T>(_ outcome: Result<T, any Error>, _ database: Database) throws -> T {
        do {
            try MetricsFile.load(date, cycle, from: database).write(to: metrics)
        } catch let unwritten {
            guard case .failure = outcome else { throw unwritten }
            EventLog(quiet: quiet).warning(.metricsFailed, Failure(unwritten).message)
        }
        return try outcome.get()
    }
}
