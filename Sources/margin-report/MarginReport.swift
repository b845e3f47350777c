import ArgumentParser
import ClearingModel
import Commands

/// Builds and reconciles the run's report files and marks the run complete.
@main
struct MarginReport: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-report",
        abstract: "Builds and reconciles the run's report files and marks the run complete.")
    static let stage = Stage.report

    @OptionGroup var options: StageOptions
}
