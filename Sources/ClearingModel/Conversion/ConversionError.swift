import Quantities

/// Why an amount cannot be told in a call currency.
package enum ConversionError: Error, Hashable, CustomStringConvertible {
    /// No rate into the call currency.
    case noRate(from: CurrencyCode, to: CurrencyCode)
    /// A converted amount leaves 64 bits of minor units.
    case outOfRange(from: CurrencyCode)
    /// A call currency that the house does not have.
    case unknownCurrency(CurrencyCode)

    package var description: String {
        switch self {
        case .noRate(let from, let to): "no rate from \(from) to \(to)"
        case .outOfRange(let from): "an amount in \(from) exceeds 64 bits of minor units once converted"
        case .unknownCurrency(let currency): "unknown currency \(currency)"
        }
    }
}
