import ClearingModel
import Margining
import Quantities
import Testing

/// An exact decimal of a test's own text.
func exact(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

func dollar() throws -> Currency { Currency(code: try #require(CurrencyCode("USD")), decimals: 2) }

/// Dollars; the text must not have more than two decimals.
func dollars(_ text: String) throws -> Money {
    let amount = try exact(text)
    let money = Money(rounding: amount, currency: try dollar())
    try #require(money.amount == amount)
    return money
}

/// The size of a net delta in contracts.
func size(_ contracts: String) throws -> PositionSize {
    PositionSize(netDelta: try exact(contracts).minorUnits(decimals: 4))
}
