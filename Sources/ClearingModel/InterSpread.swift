import Quantities

/// How an inter-commodity spread gives credit (docs/methodology.md §6.4).
package enum InterSpreadKind: String, Sendable {
    /// A share of each leg's weighted price risk.
    case delta
    /// An amount a leg and spread, in the leg's currency.
    case flat
    /// The legs are scanned as one, their gains multiplied by the rate.
    case scan
}

/// An inter-commodity spread.
package struct InterSpread: Hashable, Sendable {
    package let spread: SpreadCode
    /// Above 0; lower first, equal ones by code.
    package let priority: Int
    package let kind: InterSpreadKind
    /// Formed before the calendar spreads.
    package let isSuper: Bool
    /// The rate of every leg that has none of its own: a fraction, or money where the kind is flat.
    package let creditRate: ExactDecimal?

    package init(
        spread: SpreadCode, priority: Int, kind: InterSpreadKind, isSuper: Bool = false,
        creditRate: ExactDecimal? = nil
    ) {
        self.spread = spread
        self.priority = priority
        self.kind = kind
        self.isSuper = isSuper
        self.creditRate = creditRate
    }
}

/// One leg of an inter-commodity spread: a combined commodity, or one tier of it.
package struct InterSpreadLeg: Hashable, Sendable {
    package let spread: SpreadCode
    /// 1, 2, … within the spread.
    package let leg: Int
    package let combinedCommodity: CombinedCommodityCode
    package let tier: TierCode?
    package let side: SpreadSide
    /// Delta a spread, above 0. Has no effect in a scan-based spread.
    package let ratio: ExactDecimal
    /// This leg's own rate, in place of the spread's.
    package let creditRate: ExactDecimal?

    package init(
        spread: SpreadCode, leg: Int, combinedCommodity: CombinedCommodityCode, tier: TierCode? = nil,
        side: SpreadSide,
        ratio: ExactDecimal, creditRate: ExactDecimal? = nil
    ) {
        self.spread = spread
        self.leg = leg
        self.combinedCommodity = combinedCommodity
        self.tier = tier
        self.side = side
        self.ratio = ratio
        self.creditRate = creditRate
    }
}
