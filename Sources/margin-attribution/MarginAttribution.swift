import ArgumentParser
import ClearingModel
import Commands

/// Says why requirements and add-ons moved since the night before.
@main
struct MarginAttribution: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-attribution",
        abstract: "Says why requirements and add-ons moved since the night before.")
    static let stage = Stage.attribution

    @OptionGroup var options: StageOptions
}
