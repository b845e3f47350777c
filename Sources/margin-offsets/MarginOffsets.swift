import ArgumentParser
import ClearingModel
import Commands

/// Computes scanning risk, spreads, delivery charges, credits and each account's requirement.
@main
struct MarginOffsets: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-offsets",
        abstract: "Computes scanning risk, spreads, delivery charges, credits and each account's requirement.")
    static let stage = Stage.offsets

    @OptionGroup var options: StageOptions
}
