import ClearingModel
import Pricing
import Quantities

/// What is wrong with the quotes on purpose: old quotes that the data gates find, and one put that breaks parity.
struct QuotationFaults {
    /// Series whose last quote is ten days old, ascending.
    let stale: [Int]
    /// A natural-gas put settled 12 cents too high on the current date.
    let slippedPut: Int

    /// Chooses the series and slips the put's price on the board.
    init(listing: GeneratedListing, board: inout SettlementBoard) {
        let crude = listing.products[0].chains[2]
        let gas = listing.products[1].chains[3]
        stale = [
            crude.number(strike: 2, .put), crude.number(strike: crude.strikes.count - 3, .call),
            gas.number(strike: 1, .put), gas.number(strike: gas.strikes.count - 2, .call),
        ]
        let parity = listing.products[1].chains[listing.products[1].monthlyCount - 1]
        slippedPut = parity.number(strike: parity.strikes.count / 2, .put)
        board.slip(slippedPut, to: board.prices[1][slippedPut] + 120)
    }

    /// The day of the last quote: nil where a series was never quoted, as most that settle at two ticks or less are
    /// not; else the date itself or the business day before it.
    func lastQuote(of number: Int, price: Int64, tick: Int64, date: BusinessDate, draws: inout SeededGenerator)
        -> BusinessDate?
    {
        if stale.contains(number) { return date.adding(days: -10) }
        let chance = draws.unit()
        if price.magnitude <= 2 * tick.magnitude { return chance < 0.6 ? nil : previousBusinessDay(date) }
        return chance < 0.03 ? previousBusinessDay(date) : date
    }

    private func previousBusinessDay(_ date: BusinessDate) -> BusinessDate {
        GeneratedCalendar.onOrBefore(date.adding(days: -1))
    }
}
