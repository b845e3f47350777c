import ArgumentParser
import ClearingModel
import Commands

/// Pins the versions of a run's inputs and validates every row; fails closed.
@main
struct MarginIngest: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-ingest",
        abstract: "Pins the versions of a run's inputs and validates every row; fails closed.")
    static let stage = Stage.ingest

    @OptionGroup var options: StageOptions
}
