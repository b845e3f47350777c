import ArgumentParser
import Commands
import Foundation
import ClearingHouseGenerator
import Runtime

/// `margin generate`: a made-up house of any size, as the CSV files that `margin load` takes.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Write a made-up house into a folder, for demonstrations and benchmarks.",
        discussion: "Equal size and seed give equal files. docs/demo-house.md says what is real in it and what is not.")

    /// The sizes that have a name.
    enum Size: String, ExpressibleByArgument, CaseIterable {
        case demo, small, reference, tenfold

        var house: ClearingHouseSize {
            switch self {
            case .demo: .demo
            case .small:
                ClearingHouseSize(
                    members: 20, accounts: 2_000, series: 10_000, positions: 20_000, combinedCommodities: 15)
            case .reference: .reference
            case .tenfold: .tenfold
            }
        }
    }

    @Option(help: "demo, small, reference (1,000,000 positions) or tenfold (10,000,000).")
    var size: Size = .demo

    @Flag(help: "Put every combined commodity in a risk group simulated in 1,000 filtered scenarios.")
    var simulated = false

    @Flag(help: "Give the house a guaranty fund and 40 stress scenarios; the demo house has eight.")
    var stressed = false

    @Option(help: "The seed of everything that is drawn.")
    var seed: UInt64 = 20_181_231

    @Option(help: "The crude-oil history.")
    var history = "fixtures/history/wti-daily.csv"

    @Argument(help: "The folder for the files.")
    var folder: String

    func run() async throws {
        try await reportingFailures {
            do {
                try Progress.during("generate \(folder)") {
                    try generateClearingHouse(
                        size: size.house, seed: seed, isSimulated: simulated, isStressed: stressed,
                        historyFile: history,
                        into: folder)
                }
            } catch {
                let isHistory =
                    if let error = error as? GenerationError, case .cannotWrite = error { false } else { true }
                throw Failure(
                    .cannotCreateReport, "\(error)",
                    hint: isHistory
                        ? "run it where fixtures/ is, or give --history FILE" : "name a folder that can be made")
            }
        }
    }
}
