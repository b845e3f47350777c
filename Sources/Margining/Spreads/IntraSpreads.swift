import ClearingModel
import Quantities

extension MarginBook.CombinedCommodityTerms {
    /// Forms calendar spreads in order, each first with the A legs long, then with the A legs short, and takes their
    /// deltas out of `remaining` (docs/methodology.md §6.2). Cost: spreads · held months.
    func formIntraSpreads(
        heldMonths: [Int], remaining: inout [Int64], weightedPriceRisk: ExactDecimal?
    ) -> IntraSpreadsFormed {
        var formed = IntraSpreadsFormed()
        guard heldMonths.count > 1 else { return formed }
        for index in intraSpreads.indices {
            for aSide in [PositionSide.long, .short] {
                guard let count = intraSpreadCount(index, aSide: aSide, heldMonths: heldMonths, remaining: remaining)
                else {
                    continue
                }
                let legs = intraSpreads[index].legs.map { leg in
                    let pool = intraSpreads[index].pools[leg.poolIndex]
                    let taken = consume(
                        leg.ratio.consumption(of: count), from: &remaining, of: heldMonths, in: pool.holds,
                        isLong: (leg.side == .a) == (aSide == .long), listed: months)
                    return IntraSpreadLegFormed(consumed: Delta(units: taken.total), months: taken.months)
                }
                let spreads = Delta(units: count)
                let charge = intraSpreads[index].charge.amount(of: spreads, weightedPriceRisk: weightedPriceRisk)
                formed.charge += charge
                formed.spreads.append(
                    IntraSpreadFormed(spread: index, aSide: aSide, count: spreads, charge: charge, legs: legs))
            }
        }
        return formed
    }

    /// The number of spreads that every pool allows; nil for none.
    private func intraSpreadCount(
        _ index: Int, aSide: PositionSide, heldMonths: [Int], remaining: [Int64]
    ) -> Int64? {
        var count = Int64.max
        for pool in intraSpreads[index].pools {
            let isLong = (pool.side == .a) == (aSide == .long)
            var available: Int64 = 0
            for month in heldMonths.indices where pool.holds[heldMonths[month]] {
                available += isLong ? max(remaining[month], 0) : max(-remaining[month], 0)
            }
            guard available > 0 else { return nil }
            count = min(count, pool.ratio.spreads(from: available))
        }
        return count > 0 ? count : nil
    }
}

extension IntraSpreadCharge {
    /// count · rate, or count · rate · weighted price risk; exact.
    func amount(of count: Delta, weightedPriceRisk: ExactDecimal?) -> ExactDecimal {
        switch self {
        case .flat(let rate):
            return count.amount * rate
        case .weightedPriceRisk(let rate):
            precondition(weightedPriceRisk != nil, "the book refuses such a charge where price risk is not defined")
            return count.amount * (weightedPriceRisk ?? .zero) * rate
        }
    }
}
