import ClearingModel
import Quantities

/// What closing one position would release, and what it has of the scanning risk (docs/methodology.md §6.11).
package struct ReleasedMargin: Hashable, Sendable {
    /// Index into the account's owners.
    package let owner: Int
    /// Index into the book's series.
    package let series: Int
    /// Contracts, long above 0, short below: net, of a gross omnibus account one side.
    package let quantity: Int64
    /// What the requirement falls by where all of it is closed, in the call currency; below 0 where it rises, as it
    /// does for a position that offsets others.
    package let byClosing: Money
    /// The same for one contract of it.
    package let byOneContract: Money
    /// Its part of its combined commodity's scanning risk, exact, in that one's currency: its own loss in the active
    /// scenario, of a combined commodity scanned by tiers in its tier's. The parts add up to the scanning risk where
    /// that is above 0. Nil of a position that no scan tier holds.
    package let scanShare: ExactDecimal?
}

extension TradedAccount {
    /// One row a position, by owner and series; of a gross omnibus account one a side, long before short. A position
    /// that is long as much as short in a net account has none.
    ///
    /// Cost: twice `requirement(after:)` a position.
    /// - Throws: what keeps the changed account from being margined.
    package func releasedMargins(scratch: inout KernelScratch) throws(MarginingError) -> [ReleasedMargin] {
        var rows: [ReleasedMargin] = []
        for held in owners {
            for position in held.positions {
                let sides =
                    terms.marginingType == .grossOmnibus
                    ? [position.long, -position.short] : [position.long - position.short]
                for quantity in sides where quantity != 0 {
                    rows.append(try released(quantity, of: position, held, &scratch))
                }
            }
        }
        return rows
    }

    private func released(
        _ quantity: Int64, of position: Position, _ held: HeldByOwner, _ scratch: inout KernelScratch
    ) throws(MarginingError) -> ReleasedMargin {
        let (owner, series) = (held.owner, Int(position.series))
        let whole = try lowered(by: PositionTrade(owner: owner, series: series, quantity: -quantity), &scratch)
        let one = try lowered(by: PositionTrade(owner: owner, series: series, quantity: -quantity.signum()), &scratch)
        return ReleasedMargin(
            owner: owner, series: series, quantity: quantity, byClosing: whole, byOneContract: one,
            scanShare: scanShare(quantity, series, held))
    }

    /// What the requirement falls by after one trade.
    func lowered(by trade: PositionTrade, _ scratch: inout KernelScratch) throws(MarginingError) -> Money {
        requirement.requirement - (try requirement(after: [trade], scratch: &scratch)).requirement
    }

    private func scanShare(_ quantity: Int64, _ series: Int, _ held: HeldByOwner) -> ExactDecimal? {
        let commodity = kernel.book.series[series].combinedCommodity
        let terms = kernel.book.combinedCommodities[commodity]
        func units(_ units: Int128) -> ExactDecimal { ExactDecimal(mantissa: units, scale: terms.arrayDecimals) }
        let line = kernel.arrays.lines[series]
        guard let portfolio = held.portfolios.first(where: { $0.combinedCommodity == commodity }) else {
            // Gross omnibus: each side for itself, never below 0.
            return units(Int128(quantity) * Int128(quantity > 0 ? max(0, line.largest) : min(0, line.smallest)))
        }
        let tier = portfolio.tiers.first {
            terms.scanTiers.contains($0.tier) && terms.tiers[$0.tier].holds[Int(line.month)]
        }
        // Where tiers are scanned the whole has no active scenario.
        guard let active = portfolio.scanning.activeScenario ?? tier?.scanning.activeScenario else { return nil }
        return units(Int128(quantity) * Int128(kernel.arrays.values[line.offset + active - 1]))
    }
}
