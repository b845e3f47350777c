import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Quantities
import Runtime
import TextFiles

/// `margin verify`: a past run again, from its pinned inputs.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compute a past run again from its pinned inputs and compare every report.",
        discussion: "Nothing is kept. Exits 1 where a report differs.")

    @OptionGroup var options: StageOptions

    @Option(name: .customLong("run"), help: "The run's number; the published one if not given.")
    var number: Int32?

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(quiet: options.quiet).connect()
            let context = try RunContext.find(options.date, cycle: options.cycle, number: number, from: database)
            let verification = try await options.measuring(database) {
                try await RunVerification.replay(context, settings: options.settings(), on: database)
            }
            print(options.json ? try verification.json : verification.lines.joined(separator: "\n"))
            if !verification.isEqual { throw ArgumentParser.ExitCode(Runtime.ExitCode.difference.rawValue) }
        }
    }
}

extension RunVerification {
    fileprivate var json: String {
        get throws {
            struct Document: Encodable {
                let businessDate: String
                let cycle: Cycle
                let run: Int32
                let pinnedLoad: Int64
                let recordedSHA256: String
                let replayedSHA256: String
                let isEqual: Bool
                let reports: Int
                let differences: [String]
                let otherNumbersVersions: [String]
            }
            return try JSONText.document(
                Document(
                    businessDate: "\(context.businessDate)", cycle: context.cycle, run: context.number,
                    pinnedLoad: context.pinnedLoad, recordedSHA256: recorded, replayedSHA256: replayed,
                    isEqual: isEqual, reports: reports, differences: differences, otherNumbersVersions: otherNumbers))
        }
    }

    /// The finding for the operator.
    fileprivate var lines: [String] {
        var lines = [
            "\(context.title): \(plural(Int64(reports), "report")) computed again from load \(context.pinnedLoad)"
        ]
        lines.append("  recorded \(recorded)")
        lines.append("  replayed \(replayed)")
        lines += otherNumbers.map { "  other numbers version: \($0); see Numbers in CHANGELOG.md" }
        lines += differences.map { "  differs: \($0)" }
        lines.append(isEqual ? "  equal" : "  \(plural(Int64(differences.count), "report")) differ")
        return lines
    }
}
