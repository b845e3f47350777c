import ClearingModel
import Margining
import Parameters
import Quantities
import Scenarios

extension StateMargins {
    /// By account: whether what its requirement is computed from differs in another state.
    ///
    /// Compared are its terms and positions, the arrays and values of the series it holds, the terms of their combined
    /// commodities and what these convert at. An account in a simulated group is computed again whatever is switched.
    /// Cost: linear in positions and series.
    func changedAccounts(
        to kernel: MarginKernel, _ positions: PositionBook, _ terms: [AccountTerms?], _ parameters: ParameterSet
    ) -> [Bool] {
        let changes = kernel.changes(from: self.kernel)
        var isMoved = changes.series
        let simulated = Set(parameters.simulation.riskGroups.flatMap(\.combinedCommodities))
        for (place, series) in kernel.book.series.enumerated() {
            let commodity = kernel.book.combinedCommodities[series.combinedCommodity]
            if changes.combinedCommodities[series.combinedCommodity] || simulated.contains(commodity.code) {
                isMoved[place] = true
            }
        }
        return terms.indices.map { index in
            let held = positions.positions(ofAccount: index)
            let before = self.positions.positions(ofAccount: index)
            guard terms[index] == self.terms[index], held.count == before.count else { return true }
            guard let call = terms[index]?.callCurrency.code else { return false }
            for (now, then) in zip(held, before) {
                guard now.owner == then.owner, now.long == then.long, now.short == then.short,
                    !isMoved[Int(now.series)], changes.places[Int(now.series)] == Int(then.series)
                else { return true }
                let currency = kernel.book.combinedCommodities[kernel.book.series[Int(now.series)].combinedCommodity]
                    .currency.code
                if kernel.book.conversion(from: currency, to: call)
                    != self.kernel.book.conversion(from: currency, to: call)
                {
                    return true
                }
            }
            return false
        }
    }
}
