import ClearingModel
import Quantities

/// What scanning one loss array gives, all figures exact (docs/methodology.md §5).
package struct ScanningRisk: Hashable, Sendable {
    /// The largest loss, at least 0.
    package let scan: ExactDecimal
    /// The lowest number attaining the largest value; nil where the figures are sums over scan tiers.
    package let activeScenario: Int?
    /// Nil, as are volatility and price, where the scenario set has no ± volatility pair at zero price move.
    package let time: ExactDecimal?
    package let volatility: ExactDecimal?
    /// Never negative.
    package let price: ExactDecimal?
}

/// Scanning figures of one tier of a combined commodity, from the tier's own array and net delta.
package struct TierRisk: Hashable, Sendable {
    /// Index into the combined commodity's tiers.
    package let tier: Int
    package let scanning: ScanningRisk
    package let netDelta: Delta
    package let weightedPriceRisk: ExactDecimal?
}
