import ClearingModel
import Margining
import Parameters
import Quantities
import Scenarios

extension SimulationParameters {
    /// The combined commodities of every risk group.
    var simulatedCommodities: Set<CombinedCommodityCode> { Set(riskGroups.flatMap(\.combinedCommodities)) }
}

extension StateMargins {
    /// By account: whether what its requirement is computed from differs in another state.
    ///
    /// Compared are its terms and positions, the arrays and values of the series it holds, the terms of their combined
    /// commodities and what these convert at. An account in a simulated group of either state is computed again.
    /// Cost: linear in positions and series.
    func changedAccounts(
        to kernel: MarginKernel, _ positions: PositionBook, _ terms: [AccountTerms?], _ parameters: ParameterSet
    ) -> [Bool] {
        let changes = kernel.changes(from: self.kernel)
        var isMoved = changes.series
        let simulated = parameters.simulation.simulatedCommodities.union(self.simulated)
        for (place, series) in kernel.book.series.enumerated() {
            let commodity = kernel.book.combinedCommodities[series.combinedCommodity]
            if changes.combinedCommodities[series.combinedCommodity] || simulated.contains(commodity.code) {
                isMoved[place] = true
            }
        }
        let converted = conversionChanges(to: kernel, of: terms)
        return terms.indices.map { index in
            let held = positions.positions(ofAccount: index)
            let before = self.positions.positions(ofAccount: index)
            guard terms[index] == self.terms[index], held.count == before.count else { return true }
            guard let call = terms[index]?.callCurrency.code, let isConvertedAnew = converted[call] else {
                return false
            }
            for (now, then) in zip(held, before) {
                let place = Int(now.series)
                guard now.owner == then.owner, now.long == then.long, now.short == then.short, !isMoved[place],
                    changes.places[place] == Int(then.series),
                    !isConvertedAnew[kernel.book.series[place].combinedCommodity]
                else { return true }
            }
            return false
        }
    }

    /// By call currency and combined commodity of the later book: whether its currency converts at another rate.
    private func conversionChanges(to kernel: MarginKernel, of terms: [AccountTerms?]) -> [CurrencyCode: [Bool]] {
        var changes: [CurrencyCode: [Bool]] = [:]
        for call in Set(terms.compactMap { $0?.callCurrency.code }) {
            changes[call] = kernel.book.combinedCommodities.map { commodity in
                let currency = commodity.currency.code
                return kernel.book.conversion(from: currency, to: call)
                    != self.kernel.book.conversion(from: currency, to: call)
            }
        }
        return changes
    }
}
