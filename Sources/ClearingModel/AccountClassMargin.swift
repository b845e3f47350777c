import Quantities

/// The margin terms that all accounts of one class share (docs/methodology.md §6.6–6.8).
package struct AccountClassMargin: Hashable, Sendable {
    package let accountClass: AccountClassCode
    /// Multiplies the risk, never the net option value; above 0, 1 by default.
    package let initialRatio: ExactDecimal
    /// Whether net option value is used up within each combined commodity and never beyond it.
    package let netOptionValueIsCapped: Bool
    /// The largest share of the offset between combined commodities that is granted, 0 … 1; nil where no cap applies.
    package let offsetCap: ExactDecimal?

    package init(
        accountClass: AccountClassCode, initialRatio: ExactDecimal = .one, netOptionValueIsCapped: Bool = false,
        offsetCap: ExactDecimal? = nil
    ) {
        self.accountClass = accountClass
        self.initialRatio = initialRatio
        self.netOptionValueIsCapped = netOptionValueIsCapped
        self.offsetCap = offsetCap
    }
}
