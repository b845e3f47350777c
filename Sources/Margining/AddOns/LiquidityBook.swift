import ClearingModel
import Parameters
import Quantities

/// How a combined commodity trades on a date: volumes in contracts, prices in price units.
package struct LiquidityRow: Hashable, Sendable {
    package let averageDailyVolume: ExactDecimal
    package let openInterest: ExactDecimal?
    /// One day's standard deviation of the price.
    package let dailyVolatility: ExactDecimal?
    package let halfSpread: ExactDecimal?

    package init(
        averageDailyVolume: ExactDecimal, openInterest: ExactDecimal?, dailyVolatility: ExactDecimal?,
        halfSpread: ExactDecimal?
    ) {
        self.averageDailyVolume = averageDailyVolume
        self.openInterest = openInterest
        self.dailyVolatility = dailyVolatility
        self.halfSpread = halfSpread
    }
}

/// The date's liquidity rows, asked for by what needs them.
struct LiquidityBook {
    private let rows: [CombinedCommodityCode: LiquidityRow]

    init(_ rows: [CombinedCommodityCode: LiquidityRow]) { self.rows = rows }

    /// Throws `missingLiquidity`, which names the row that is missing and what needs it, as all below do.
    func row(_ code: CombinedCommodityCode, neededBy need: String) throws(AddOnError) -> LiquidityRow {
        guard let row = rows[code] else { throw Self.missing("row", code, need) }
        return row
    }

    func halfSpread(_ code: CombinedCommodityCode) throws(AddOnError) -> ExactDecimal {
        guard let value = rows[code]?.halfSpread else {
            throw Self.missing("half_spread", code, "its half-spread charge")
        }
        return value
    }

    func dailyVolatility(_ code: CombinedCommodityCode) throws(AddOnError) -> ExactDecimal {
        guard let value = rows[code]?.dailyVolatility else {
            throw Self.missing("daily_volatility", code, "its impact charge")
        }
        return value
    }

    /// The concentration charges of tier rows, which are in the order of class, combined commodity and limit.
    func charges(
        _ tiers: [ConcentrationTierRow]
    ) throws(AddOnError) -> [(accountClass: AccountClassCode?, ConcentrationCharge)] {
        var charges: [(accountClass: AccountClassCode?, ConcentrationCharge)] = []
        var rest = tiers[...]
        while let first = rest.first {
            let mine = rest.prefix {
                $0.accountClass == first.accountClass && $0.combinedCommodity == first.combinedCommodity
            }
            rest = rest.dropFirst(mine.count)
            let charge = try ConcentrationCharge(
                combinedCommodity: first.combinedCommodity, measure: try measure(first), tiers: mine.map(\.tier))
            charges.append((first.accountClass, charge))
        }
        return charges
    }

    private func measure(_ row: ConcentrationTierRow) throws(AddOnError) -> ConcentrationMeasure {
        let liquidity = rows[row.combinedCommodity]
        let found: ConcentrationMeasure? =
            row.tiersOf == "adv"
            ? liquidity.map { .averageDailyVolume($0.averageDailyVolume) }
            : liquidity?.openInterest.map { .openInterest($0) }
        guard let found else {
            throw Self.missing(row.tiersOf, row.combinedCommodity, "its concentration tiers")
        }
        return found
    }

    private static func missing(_ what: String, _ code: CombinedCommodityCode, _ need: String) -> AddOnError {
        .missingLiquidity(what, of: code, neededBy: need)
    }
}
