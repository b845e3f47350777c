import ClearingModel
import MarketModel
import Parameters
import Quantities

/// What an account has to cover beside variation margin: numbers in its call currency, 0 or more.
package struct AccountTotals: Sendable {
    package let requirement: ExactDecimal
    package let addOns: ExactDecimal

    package init(requirement: ExactDecimal, addOns: ExactDecimal) {
        self.requirement = requirement
        self.addOns = addOns
    }
}

/// What the intraday runs before called of an account, in the call currency of then.
package struct IntradayCollected: Sendable {
    package let currency: CurrencyCode
    package let amount: ExactDecimal

    package init(currency: CurrencyCode, amount: ExactDecimal) {
        self.currency = currency
        self.amount = amount
    }
}

/// Everything the calls of a date and cycle are computed from (docs/methodology.md §11).
package struct CallInputs: Sendable {
    package let house: ClearingHouse
    package let book: SettlementBook
    /// Of the previous business date, by the house's accounts and the settlement book's series.
    package let previousPositions: PositionBook
    package let trades: TradeBook
    package let totals: [AccountCode: AccountTotals]
    package let collateral: [AccountCode: [CollateralHolding]]
    package let parameters: ParameterSet
    package let collectedIntraday: [AccountCode: [IntradayCollected]]
    /// Variation margin still owed from earlier days, 0 or more.
    package let owed: [AccountCode: [Money]]
    package let rates: ExchangeRates
    package let isIntraday: Bool
    /// End-of-day calls are due on the next business day, or on the date itself where the calendar ends; intraday calls
    /// on the date itself.
    package let dueDate: BusinessDate
    let memberGroups: [MemberCode: CompanyGroupCode]

    package init(
        house: ClearingHouse, book: SettlementBook, businessDate: BusinessDate, cycle: Cycle,
        calendar: BusinessCalendar, previousPositions: PositionBook, trades: TradeBook,
        totals: [AccountCode: AccountTotals], collateral: [AccountCode: [CollateralHolding]],
        parameters: ParameterSet,
        collectedIntraday: [AccountCode: [IntradayCollected]], owed: [AccountCode: [Money]], rates: ExchangeRates
    ) {
        self.house = house
        self.book = book
        self.previousPositions = previousPositions
        self.trades = trades
        self.totals = totals
        self.collateral = collateral
        self.parameters = parameters
        self.collectedIntraday = collectedIntraday
        self.owed = owed
        self.rates = rates
        isIntraday = cycle == .intraday
        dueDate = isIntraday ? businessDate : calendar.next(after: businessDate) ?? businessDate
        memberGroups = Dictionary(
            house.members.map { ($0.code, $0.group) }, uniquingKeysWith: { first, _ in first })
    }
}
