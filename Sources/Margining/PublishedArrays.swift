import ClearingModel
import Quantities

/// The published risk arrays and deltas of a run, flat and indexed by the book's series.
///
/// Portfolios are computed from these rounded figures and from nothing else, so a member's replication is exact
/// (docs/methodology.md §1.4).
package struct PublishedArrays: Sendable {
    /// All arrays one behind the other, loss positive, in units of 10^-arrayDecimals.
    let values: [Int64]
    /// Where a series' array begins in `values`; −1 where the series has none.
    let offsets: [Int]
    /// Composite delta · delta scaling factor in units of 10^-(4 + scaling decimals of the combined commodity).
    let scaledDeltas: [Int64]
    /// Largest absolute array value a combined commodity: with the quantities it bounds every sum.
    let largestValues: [Int64]
    /// Largest and smallest array value a series, for gross omnibus accounts.
    let extremes: [Extremes]
    /// The scan range in money of the nearest listed month, a combined commodity and a tier (docs/methodology.md §5).
    let scanRangeRisks: [ScanRangeRisk]

    struct Extremes: Sendable {
        let largest: Int64
        let smallest: Int64
    }

    /// Truncated to 2 decimals; nil where no series is listed.
    struct ScanRangeRisk: Sendable {
        let whole: ExactDecimal?
        let tiers: [ExactDecimal?]
    }
}
