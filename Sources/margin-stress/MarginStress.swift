import ArgumentParser
import ClearingModel
import Commands

/// Stresses the book and holds the guaranty fund against what would be missing.
@main
struct MarginStress: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-stress",
        abstract: "Stresses the book and holds the guaranty fund against what would be missing.")
    static let stage = Stage.stress

    @OptionGroup var options: StageOptions
}
