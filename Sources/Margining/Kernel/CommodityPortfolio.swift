import ClearingModel
import Quantities

/// One owner's portfolio in one combined commodity on its way through the steps of docs/methodology.md §6.
struct CommodityPortfolio {
    let combinedCommodity: Int
    let array: [Int64]
    let scanning: ScanningRisk
    /// Held months by maturity, as indices of listed months, with their deltas in units of a `Delta`.
    let heldMonths: [Int]
    let deltas: [Int64]
    let netDelta: Delta
    let weightedPriceRisk: WeightedPriceRisk
    let tiers: [TierRisk]
    let shortOptionMinimum: Int64
    let netOptionValue: Int64
    let isLongPremiumOptionsOnly: Bool
    /// What spreads have left of `deltas`.
    var remaining: [Int64]
    var isConsumedBySuper = false
    var isConsumedByInter = false
    var intra = IntraSpreadsFormed()
    var delivery = DeliveryCharged()
    /// Sum of the legs' credits, exact.
    var credit = ExactDecimal.zero
    var scanSpread: Int?
}

/// All calendar spreads formed in one combined commodity, and the sum of their charges, exact.
struct IntraSpreadsFormed {
    var spreads: [IntraSpreadFormed] = []
    var charge = ExactDecimal.zero
}

/// The delivery months charged, and the sum of their charges, exact.
struct DeliveryCharged {
    var months: [DeliveryMonthRisk] = []
    var charge = ExactDecimal.zero
}

/// Takes `amount` out of the months of one sign in maturity order, never more than a month holds: no delta changes
/// sign. Answers what was taken from which held month.
func consume(
    _ amount: Int64, from remaining: inout [Int64], of months: [Int], in holds: [Bool], isLong: Bool,
    listed: [ContractMonth]
) -> (total: Int64, months: [MonthConsumption]) {
    var left = amount
    var taken: [MonthConsumption] = []
    for index in months.indices where left > 0 && holds[months[index]] {
        let available = isLong ? remaining[index] : -remaining[index]
        guard available > 0 else { continue }
        let part = min(available, left)
        remaining[index] -= isLong ? part : -part
        left -= part
        taken.append(
            MonthConsumption(month: listed[months[index]], consumed: Delta(units: part)))
    }
    return (amount - left, taken)
}

extension ExactDecimal {
    /// `available / self` in units of a `Delta`, cut off: how many spreads of this ratio the available delta allows.
    func spreads(from available: Int64) -> Int64 {
        if scale == 0, mantissa == 1 { return available }
        return Int64(Int128(available) * PowersOfTen.int128(scale) / mantissa)
    }

    /// `self · count` in units of a `Delta`, ties away from zero: what `count` spreads of this ratio consume.
    func consumption(of count: Int64) -> Int64 {
        if scale == 0 { return Int64(mantissa * Int128(count)) }
        return Int64(divideRoundingHalfAwayFromZero(mantissa * Int128(count), by: PowersOfTen.int128(scale)))
    }
}
