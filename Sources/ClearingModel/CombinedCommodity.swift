import Quantities

/// The futures and options on one underlying, scanned together in one margin currency.
package struct CombinedCommodity: Hashable, Sendable {
    package let code: CombinedCommodityCode
    package let name: String
    /// The margin currency of all its contracts.
    package let currency: CurrencyCode
    /// Prices may be zero or negative: options use Bachelier, price gates let negative prices pass.
    package let canTradeAtOrBelowZero: Bool
    /// Made up for a demonstration or a test; reports say so.
    package let isSynthetic: Bool

    package init(
        code: CombinedCommodityCode, name: String, currency: CurrencyCode, canTradeAtOrBelowZero: Bool = false,
        isSynthetic: Bool = false
    ) {
        self.code = code
        self.name = name
        self.currency = currency
        self.canTradeAtOrBelowZero = canTradeAtOrBelowZero
        self.isSynthetic = isSynthetic
    }
}
