import ArgumentParser
import ClearingModel
import Commands

/// Computes and publishes the risk array, composite delta and volatility of every series.
@main
struct MarginRiskArrays: StageCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-risk-arrays",
        abstract: "Computes and publishes the risk array, composite delta and volatility of every series.")
    static let stage = Stage.riskArrays

    @OptionGroup var options: StageOptions
}
