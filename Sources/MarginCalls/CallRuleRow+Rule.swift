import Parameters
import Quantities

extension CallRuleRow {
    /// The row as the rule of an account that is called in `currency`; throws `unusableCallRule`.
    func rule(in currency: Currency) throws(MarginCallsError) -> CallRule {
        try CallRule(
            threshold: threshold, minimumTransferAmount: minimumTransferAmount, lot: lot,
            intradayTrigger: intradayTrigger, currency: currency)
    }
}
