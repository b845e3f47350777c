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
    /// An amount cannot be told in the call currency.
    case conversion(ConversionError)
    /// Two collateral items with one code in one account.
    case repeatedItem(CollateralItemCode)
    /// A collateral line leaves 64 bits of minor units, or its factors have more than 38 decimals together.
    case collateralOutOfRange(CollateralItemCode)
    /// A threshold, minimum transfer amount or lot that is negative or not in whole minor units, or a lot of zero.
    case unusableCallRule(ExactDecimal)
    /// An account was called intraday in another call currency than it has now.
    case callCurrencyChanged(AccountCode, from: CurrencyCode, to: CurrencyCode)
}

extension MarginCallsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .repeatedSeries(let series): "series \(series) has two settlement rows"
        case .noSettlementPrice(let series): "series \(series) has a position or trade and no settlement price"
        case .noPreviousSettlementPrice(let series):
            "series \(series) has a previous position and no previous settlement price"
        case .lineOutOfRange(let series): "series \(series): a variation margin line exceeds 64 bits of minor units"
        case .conversion(let error): "\(error)"
        case .repeatedItem(let item): "collateral item \(item) appears twice in one account"
        case .collateralOutOfRange(let item): "collateral item \(item): its value exceeds 64 bits of minor units"
        case .unusableCallRule(let amount):
            "call rule amount \(amount) is negative, zero as a lot, or not in minor units"
        case .callCurrencyChanged(let account, let before, let now):
            "account \(account) was called intraday in \(before) and has the call currency \(now) now"
        }
    }
}
