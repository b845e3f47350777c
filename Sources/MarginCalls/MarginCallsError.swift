import ClearingModel
import Quantities

/// Why variation margin, collateral or a call cannot be computed; each names the row that is missing or out of range.
package enum MarginCallsError: Error, Hashable {
    /// Two settlement rows for one series.
    case repeatedSeries(SeriesCode)
    /// A position or trade in a series that needs a settlement price today and has none.
    case noSettlementPrice(SeriesCode)
    /// A position carried over in a series that has no settlement price of the previous business date.
    case noPreviousSettlementPrice(SeriesCode)
    /// A line of this series leaves 64 bits of minor units.
    case lineOutOfRange(SeriesCode)
    /// No rate into the call currency.
    case noRate(from: CurrencyCode, to: CurrencyCode)
    /// A converted amount leaves 64 bits of minor units.
    case conversionOutOfRange(from: CurrencyCode)
    /// Two collateral items with one code in one account.
    case repeatedItem(CollateralItemCode)
    /// A collateral line leaves 64 bits of minor units, or its factors have more than 38 decimals together.
    case collateralOutOfRange(CollateralItemCode)
    /// A threshold, minimum transfer amount or lot that is negative or not in whole minor units, or a lot of zero.
    case unusableCallRule(ExactDecimal)
}

extension MarginCallsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .repeatedSeries(let series): "series \(series) has two settlement rows"
        case .noSettlementPrice(let series): "series \(series) has a position or trade and no settlement price"
        case .noPreviousSettlementPrice(let series):
            "series \(series) has a previous position and no previous settlement price"
        case .lineOutOfRange(let series): "series \(series): a variation margin line exceeds 64 bits of minor units"
        case .noRate(let from, let to): "no rate from \(from) to \(to)"
        case .conversionOutOfRange(let from): "an amount in \(from) exceeds 64 bits of minor units once converted"
        case .repeatedItem(let item): "collateral item \(item) appears twice in one account"
        case .collateralOutOfRange(let item): "collateral item \(item): its value exceeds 64 bits of minor units"
        case .unusableCallRule(let amount):
            "call rule amount \(amount) is negative, zero as a lot, or not in minor units"
        }
    }
}
