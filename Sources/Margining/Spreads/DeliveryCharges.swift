import ClearingModel
import Quantities

extension MarginBook.CombinedCommodityTerms {
    /// Charges the months in their delivery period for what super and calendar spreads have left and for what they
    /// have consumed; a month whose original net delta is 0 or on the side not charged has no entry
    /// (docs/methodology.md §6.3).
    func chargeDelivery(heldMonths: [Int], deltas: [Int64], remaining: [Int64]) -> DeliveryCharged {
        var charged = DeliveryCharged()
        for terms in deliveryCharges {
            guard let index = heldMonths.firstIndex(of: terms.month),
                terms.appliesTo.charges(isLong: deltas[index] > 0), deltas[index] != 0
            else { continue }
            let left = abs(remaining[index])
            let entry = terms.entry(
                month: months[terms.month], remaining: left, consumed: abs(deltas[index]) - left)
            charged.charge += entry.charge
            charged.months.append(entry)
        }
        return charged
    }
}

extension MarginBook.DeliveryTerms {
    /// remaining · outright rate + consumed · spread rate, exact; both in units of a `Delta`, never negative.
    func entry(month: ContractMonth, remaining: Int64, consumed: Int64) -> DeliveryMonthRisk {
        let remaining = Delta(units: remaining)
        let consumed = Delta(units: consumed)
        return DeliveryMonthRisk(
            month: month, remaining: remaining, consumed: consumed,
            charge: remaining.amount * outrightRate + consumed.amount * spreadRate)
    }
}

extension DeliverySide {
    func charges(isLong: Bool) -> Bool {
        switch self {
        case .both: true
        case .long: isLong
        case .short: !isLong
        }
    }
}
