import ClearingModel

/// A backtest by its code.
package struct BacktestCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A walk-forward of a backtest by its code.
package struct WalkForwardCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}
