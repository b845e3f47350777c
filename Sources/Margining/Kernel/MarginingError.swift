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

extension MarginingError: CustomStringConvertible {
    /// Lower case, no full stop: what is missing or too large, and of which series.
    package var description: String {
        switch self {
        case .noRiskArray(let series): "series \(series) is held and has no risk array"
        case .noSettlementPrice(let series): "series \(series) is held and has no settlement price"
        case .noConversion(let from, let to): "no rate from \(from) to \(to)"
        case .figuresTooLarge(let combinedCommodity):
            "an account's figures in combined commodity \(combinedCommodity) leave 64 bits: look for a quantity, "
                + "contract value factor or scan range that is far too large"
        }
    }
}
