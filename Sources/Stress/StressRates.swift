import ClearingModel
import Parameters
import Quantities

extension StressInputs {
    /// Every rate that the night needs is there as it stands, none inverted or crossed: into the base currency of each
    /// call currency and each currency of a position or a row; back into each call currency where add-ons may be
    /// charged, charged or not (docs/methodology.md §8.1). The last of the rules of the night.
    /// - Throws: `StressRefusal` `fx_rate_missing`, in each direction for the first currency by code.
    func requireRates() throws(StressRefusal) {
        let calls = Set(book.house.accounts.map(\.callCurrency))
        var rows = Array(resources.contributions.values)
        if let fund = resources.fund { rows.append(fund) }
        if set.secondRound != nil { rows.append(contentsOf: resources.liquidity.values) }
        for currency in calls.union(book.positionCurrencies).union(rows.map(\.currency)).sorted() {
            _ = try rates.stressConversion(from: currency, to: book.base)
        }
        guard set.addOnShare != nil else { return }
        for currency in calls.sorted() {
            guard (try? rates.into(currency).rate(from: book.base.code)) != nil else {
                throw .rateMissing(from: book.base.code, to: currency)
            }
        }
    }
}
