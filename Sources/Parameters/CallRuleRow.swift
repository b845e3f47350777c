import Quantities

/// One row of `call_rule`: amounts in the call currency of the account they are applied to.
package struct CallRuleRow: Sendable {
    package let threshold: ExactDecimal
    package let minimumTransferAmount: ExactDecimal
    package let lot: ExactDecimal
    /// Nil where the class is not called intraday.
    package let intradayTrigger: ExactDecimal?

    package init(
        threshold: ExactDecimal, minimumTransferAmount: ExactDecimal, lot: ExactDecimal, intradayTrigger: ExactDecimal?
    ) {
        self.threshold = threshold
        self.minimumTransferAmount = minimumTransferAmount
        self.lot = lot
        self.intradayTrigger = intradayTrigger
    }
}
