import ArgumentParser
import ClearingModel
import Commands

/// Settles variation margin, values collateral and calls what is missing.
@main
struct MarginCalls: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-calls",
        abstract: "Settles variation margin, values collateral and calls what is missing.")
    static let stage = Stage.calls

    @OptionGroup var options: StageOptions
}
