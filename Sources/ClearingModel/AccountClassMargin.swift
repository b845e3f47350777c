import Quantities

/// The margin terms that all accounts of one class share (docs/methodology.md §6.6–6.8, §7, §9).
package struct AccountClassMargin: Hashable, Sendable {
    package let accountClass: AccountClassCode
    /// Multiplies the risk, never the net option value; above 0, 1 by default.
    package let initialRatio: ExactDecimal
    /// Whether net option value is used up within each combined commodity and never beyond it.
    package let netOptionValueIsCapped: Bool
    /// The largest share of the offset between combined commodities that is granted, 0 … 1; nil where no cap applies.
    package let offsetCap: ExactDecimal?
    /// What the credit add-on brings the requirement to, above 0; nil for the clearing member's own (§9).
    package let creditMultiplier: ExactDecimal?
    /// Least share of a liquidity charge that a diversified account pays, 0 … 1; nil for all of it (§9).
    package let diversificationFloor: ExactDecimal?
    /// Share of what weaker correlation would add that is charged, 0 or more; nil for none (§7).
    package let correlationUnderestimationKappa: ExactDecimal?

    package init(
        accountClass: AccountClassCode, initialRatio: ExactDecimal = .one, netOptionValueIsCapped: Bool = false,
        offsetCap: ExactDecimal? = nil, creditMultiplier: ExactDecimal? = nil,
        diversificationFloor: ExactDecimal? = nil, correlationUnderestimationKappa: ExactDecimal? = nil
    ) {
        self.accountClass = accountClass
        self.initialRatio = initialRatio
        self.netOptionValueIsCapped = netOptionValueIsCapped
        self.offsetCap = offsetCap
        self.creditMultiplier = creditMultiplier
        self.diversificationFloor = diversificationFloor
        self.correlationUnderestimationKappa = correlationUnderestimationKappa
    }
}
