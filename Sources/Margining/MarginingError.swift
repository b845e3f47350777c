import ClearingModel
import Quantities

/// What stops a requirement: an input that the account's positions need and the run does not have, or too large a
/// figure.
package enum MarginingError: Error, Hashable, Sendable {
    case noRiskArray(SeriesCode)
    /// A premium-style option is held but has no settlement price.
    case noSettlementPrice(SeriesCode)
    case noConversion(from: CurrencyCode, to: CurrencyCode)
    /// Quantities times array values, deltas or option values of this combined commodity leave 64 bits.
    case figuresTooLarge(CombinedCommodityCode)
}
