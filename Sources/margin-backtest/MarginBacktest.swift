import ArgumentParser
import ClearingModel
import Commands

/// Holds published nights, hypothetical portfolios and walk-forwards against what came after them.
@main
struct MarginBacktest: BacktestCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin-backtest",
        abstract: "Holds the margin of published nights against what came after them.",
        discussion: """
            Frozen positions, products and hypothetical portfolios of the nights of a backtest are closed out at the \
            prices of the horizon; walk-forwards calibrate a rule day by day over its factor's history. Results are \
            kept, and with --out written as CSV and JSON, two files a report.
            """)

    @OptionGroup var options: BacktestOptions
}
