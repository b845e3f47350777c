import ArgumentParser
import ClearingModel
import Commands

/// Charges the liquidation horizon and concentration of large positions.
@main
struct MarginAddOns: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-add-ons",
        abstract: "Charges the liquidation horizon and concentration of large positions.")
    static let stage = Stage.addOns

    @OptionGroup var options: StageOptions
}
