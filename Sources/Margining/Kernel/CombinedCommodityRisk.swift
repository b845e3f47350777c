import ClearingModel
import Quantities

/// All figures of one owner in one combined commodity (docs/methodology.md §5, §6).
///
/// For a gross omnibus account the array, tiers and spreads are empty, the scan figures but `scan` are nil, and the
/// deltas are net.
package struct CombinedCommodityRisk: Hashable, Sendable {
    /// Index into the book's combined commodities.
    package let combinedCommodity: Int
    /// Portfolio array in units of 10^-arrayDecimals, loss positive.
    package let array: [Int64]
    package let arrayDecimals: Int
    package let scanning: ScanningRisk
    /// The months in which the owner holds a position, by maturity.
    package let months: [ContractMonth]
    /// Net delta a month of `months`, before any spread.
    package let monthDeltas: [Delta]
    /// What all spreads have left of it.
    package let remainingDeltas: [Delta]
    package let netDelta: Delta
    /// Price risk a unit of net delta, truncated; nil (unbounded) at net delta 0 and where price risk is not defined.
    package let weightedPriceRiskNormal: ExactDecimal?
    /// The one the combined commodity's method chooses; nil where price risk is not defined.
    package let weightedPriceRisk: ExactDecimal?
    /// Tiers in which the owner holds a position.
    package let tiers: [TierRisk]
    package let intraSpreads: [IntraSpreadFormed]
    package let deliveryMonths: [DeliveryMonthRisk]
    package let scan: Money
    package let intraCharge: Money
    package let deliveryCharge: Money
    /// Super- and inter-commodity credits, before they are limited to the price risk.
    package let interCredit: Money
    /// The credits that count: at most the price risk.
    package let appliedCredit: Money
    package let shortOptionMinimum: Money
    /// Signed; positive for value the owner holds.
    package let netOptionValue: Money
    /// The combined commodity on its own; where `scanSpread` is set, the scan group's risk replaces it.
    package let risk: Money
    package let initialRisk: Money
    /// Its initial risk had there been no super- or inter-commodity step (docs/methodology.md §6.7).
    package let standaloneInitialRisk: Money
    /// The scan-based spread that took this combined commodity in: an index into the book's inter-commodity spreads.
    package let scanSpread: Int?
}
