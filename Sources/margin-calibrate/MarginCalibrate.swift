import ArgumentParser
import ClearingModel
import Commands

/// Calibrates parameters from histories and proposes them as a parameter set.
@main
struct MarginCalibrate: CalibrationCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-calibrate",
        abstract: "Calibrates parameters from histories and proposes them as a parameter set.",
        discussion: """
            Every calibration rule gives one value from the levels of risk factors up to the calibration date. The set \
            in force with the new values is proposed, and what each value follows from is kept beside it; somebody \
            else approves: margin parameters approve. One rule that is refused refuses them all, and nothing is \
            written.
            """)

    @OptionGroup var options: CalibrationOptions
}
