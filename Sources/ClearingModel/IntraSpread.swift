import Quantities

/// How a formed calendar spread is charged (docs/methodology.md §6.2).
package enum IntraSpreadCharge: Hashable, Sendable {
    /// Money a spread, in the combined commodity's currency.
    case flat(ExactDecimal)
    /// A fraction of the combined commodity's weighted price risk a spread.
    case weightedPriceRisk(ExactDecimal)
}

/// What the legs of a calendar spread draw on; series-to-series spreads are formed before tier-to-tier ones.
package enum IntraSpreadLegKind: String, Sendable {
    case series, tier
}

/// A calendar spread of one combined commodity.
package struct IntraSpread: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let spread: SpreadCode
    package let legKind: IntraSpreadLegKind
    /// Above 0; lower first, equal ones by code.
    package let priority: Int
    package let charge: IntraSpreadCharge

    package init(
        combinedCommodity: CombinedCommodityCode, spread: SpreadCode, legKind: IntraSpreadLegKind, priority: Int,
        charge: IntraSpreadCharge
    ) {
        self.combinedCommodity = combinedCommodity
        self.spread = spread
        self.legKind = legKind
        self.priority = priority
        self.charge = charge
    }
}

/// Where a calendar leg takes its delta from.
package enum IntraSpreadPool: Hashable, Sendable {
    case tier(TierCode)
    case month(ContractMonth)
}

/// One leg of a calendar spread.
package struct IntraSpreadLeg: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let spread: SpreadCode
    /// 1, 2, … within the spread.
    package let leg: Int
    package let side: SpreadSide
    package let pool: IntraSpreadPool
    /// Delta a spread, above 0.
    package let ratio: ExactDecimal

    package init(
        combinedCommodity: CombinedCommodityCode, spread: SpreadCode, leg: Int, side: SpreadSide,
        pool: IntraSpreadPool,
        ratio: ExactDecimal
    ) {
        self.combinedCommodity = combinedCommodity
        self.spread = spread
        self.leg = leg
        self.side = side
        self.pool = pool
        self.ratio = ratio
    }
}
