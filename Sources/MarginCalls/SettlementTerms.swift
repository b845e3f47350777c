import ClearingModel
import Quantities

/// What decides how a series settles each day (methodology §11).
package enum SettledInstrument: Hashable, Sendable {
    /// What the option gives the right to: buy or sell.
    package enum Right: Hashable, Sendable { case call, put }

    /// Paid daily from settlement price to settlement price.
    case future
    /// Paid daily in the base coin: notional · (1 / from − 1 / to), the notional being the contract value factor.
    case inverseFuture
    /// The premium is paid on the trade and the intrinsic value at expiry; nothing in between.
    case premiumStyleOption(right: Right, strike: ExactDecimal)
    /// Paid daily like a future, up to its intrinsic value at expiry.
    case futuresStyleOption(right: Right, strike: ExactDecimal)

    /// Whether the series is paid daily from price to price.
    package var isSettledDaily: Bool {
        if case .premiumStyleOption = self { return false }
        return true
    }

    /// The value of one unit of price at expiry: the final price of a future, the intrinsic value of an option.
    /// `finalPrice` is, for an option, the final settlement price of its **underlying**.
    package func value(atFinalPrice finalPrice: ExactDecimal) -> ExactDecimal {
        switch self {
        case .future, .inverseFuture: finalPrice
        case .premiumStyleOption(.call, let strike), .futuresStyleOption(.call, let strike):
            max(.zero, finalPrice - strike)
        case .premiumStyleOption(.put, let strike), .futuresStyleOption(.put, let strike):
            max(.zero, strike - finalPrice)
        }
    }
}

/// One series on one business date, as far as variation margin needs it.
package struct SettlementTerms: Sendable {
    package let series: SeriesCode
    package let currency: Currency
    /// Currency units for one unit of price and one contract; above 0.
    package let contractValueFactor: ExactDecimal
    package let instrument: SettledInstrument
    /// Settlement price of the business date; may be missing where nothing settles against it.
    package let settlementPrice: ExactDecimal?
    /// Settlement price of the previous business date; nil for a series that lists on the business date.
    package let previousSettlementPrice: ExactDecimal?
    /// Present exactly when the series settles finally on the business date. For an option this is the final
    /// settlement price of its **underlying**, not of the option, and not the underlying price the option is valued
    /// at.
    package let finalSettlementPrice: ExactDecimal?

    package init(
        series: SeriesCode, currency: Currency, contractValueFactor: ExactDecimal, instrument: SettledInstrument,
        settlementPrice: ExactDecimal?, previousSettlementPrice: ExactDecimal?, finalSettlementPrice: ExactDecimal?
    ) {
        self.series = series
        self.currency = currency
        self.contractValueFactor = contractValueFactor
        self.instrument = instrument
        self.settlementPrice = settlementPrice
        self.previousSettlementPrice = previousSettlementPrice
        self.finalSettlementPrice = finalSettlementPrice
    }

    package var expires: Bool { finalSettlementPrice != nil }

    /// What positions and trades of the business date are settled to: the value at expiry, else the settlement price.
    package var closingPrice: ExactDecimal? {
        finalSettlementPrice.map(instrument.value(atFinalPrice:)) ?? settlementPrice
    }
}
